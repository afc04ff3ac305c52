#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cuts conversations with a real mail server at every byte, and compares what is said with what the server took.

    test-mail-faults.py PROGRAM [all]       (smtp-submit); a sample of the places, or all of them

What must hold: "accepted" is only said of a mail the server has; whatever is said to be still ours the server has not,
so that sending it again makes no second one; everything between is called ambiguous; and a cable that breaks is no reason
to distrust anybody. SEED chooses the sample.
"""

import collections
import os
import random
import re
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor

sys.path[:0] = [os.path.dirname(os.path.abspath(__file__)), os.path.dirname(os.path.dirname(os.path.abspath(__file__)))]
from mail_proxy import Cut, MailProxy
from smtp_server import NodeSmtp

PROGRAM, ALL = sys.argv[1], sys.argv[2:] == ["all"]
SEED = int(os.environ.get("SEED", str(time.time_ns() % 1000000)))
N_SAMPLES = 55
N_AT_ONCE = 4
LIMIT_S = 90
USER, PASSWORD = "ada", "secret-77"
FIELDS = ("result", "code", "step", "committed", "sentence", "words")


class MailFaults(unittest.TestCase):
    """Every conversation has a proxy, and a title by which its mail is known."""

    def setUp(self):
        self.n_sent = 0
        self.dice = random.Random(SEED)

    def submit(self, server, proxy, security, title, **more):
        options = {"host": "localhost", "port": proxy.port, "security": security, "authority": server.authority, "user": USER,
                   "password": PASSWORD, "sender": "a@example.org", "recipient": "b@example.org", "title": title, "text": "x", **more}
        done = subprocess.run([PROGRAM, *(f"--{name}={value}" for name, value in options.items())], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LIMIT_S, check=False)
        self.assertEqual(done.returncode, 0, done.stderr[-1000:])
        return dict(zip(FIELDS, done.stdout.split("\n")))

    def measure(self, server, security):
        """Bytes of a whole conversation, in both directions."""
        with MailProxy(server.port) as proxy:
            said = self.submit(server, proxy, security, "whole")
            self.assertEqual(said["result"], "accepted")
            return {"question": len(proxy.asked), "answer": len(proxy.answered)}

    def run_all(self, server, security, cuts):
        """What was said, and whether the mail arrived."""
        def run(entry):
            number, cut = entry
            with MailProxy(server.port) as proxy:
                proxy.plan = cut
                return self.submit(server, proxy, security, f"cut {number}")
        with ThreadPoolExecutor(N_AT_ONCE) as pool:
            said = list(pool.map(run, enumerate(cuts)))
        # The last ones may still be on their way into the list.
        time.sleep(0.5)
        taken = {mail["subject"] for mail in server.mails()}
        return [(cut, outcome, f"cut {number}" in taken) for number, (cut, outcome) in enumerate(zip(cuts, said))]

    @staticmethod
    def judge(outcome, taken):
        """What is wrong with it, if anything is."""
        result, committed = outcome["result"], outcome["committed"] == "1"
        if result == "accepted":
            return None if taken else "called accepted, and the server has it not"
        if result == "ambiguous":
            return None if committed else "called ambiguous, and was never committed"
        if taken:
            return "called " + result + ", and the server has it"
        # The line broke between the commit and the final dot, which was not sent then.
        if result == "busy" and committed:
            return None
        if result != "unreachable":
            return "called " + result
        return "committed, and called " + result if committed else None

    def try_cuts(self, security):
        with NodeSmtp(security, users={USER: PASSWORD}) as server:
            lengths = self.measure(server, security)
            places = [Cut(direction, position, manner) for direction, length in lengths.items()
                      for position in range(length + 1) for manner in ("reset", "close")]
            cuts = places if ALL else self.dice.sample(places, N_SAMPLES)
            # Wherever the sample falls, the moments around the final dot are among it.
            if not ALL:
                cuts += [Cut("question", lengths["question"] - back, "reset") for back in range(12)]
                # A place behind the end: what is never cut off is taken.
                cuts.append(Cut("answer", 2 * lengths["answer"], "close"))
                # And those right after an answer
                cuts += [Cut("answer", lengths["answer"] * part // 16, "reset") for part in range(16)]
                cuts += [Cut("answer", lengths["answer"] - back, "close") for back in range(0, 60, 5)]
            found = self.run_all(server, security, cuts)
        counted = collections.Counter((outcome["result"], "taken" if taken else "not taken") for _cut, outcome, taken in found)
        print(f"# {security}: {len(found)} of {len(places)} places, seed {SEED}: " +
              ", ".join(f"{n} {' '.join(what)}" for what, n in sorted(counted.items())), flush=True)
        wrong = [(cut, self.judge(outcome, taken), outcome) for cut, outcome, taken in found if self.judge(outcome, taken)]
        self.assertEqual(wrong[:5], [], f"{len(wrong)} of {len(found)}")
        self.assertGreaterEqual({what[0] for what in counted}, {"unreachable", "accepted"})

    def test_cut_without_encryption(self):
        self.try_cuts("plain")

    def test_cut_with_starttls(self):
        self.try_cuts("starttls")

    def test_cut_with_tls(self):
        self.try_cuts("tls")

    def test_a_byte_at_a_time(self):
        for security in ("plain", "starttls", "tls"):
            for direction in ("question", "answer"):
                with self.subTest(security=security, direction=direction), \
                     NodeSmtp(security, users={USER: PASSWORD}) as server, MailProxy(server.port, drip_s=0.001) as proxy:
                    proxy.plan = Cut(direction, 0, "drip")
                    self.assertEqual(self.submit(server, proxy, security, "drip")["result"], "accepted")
                    self.assertEqual([mail["subject"] for mail in server.mails()], ["drip"])

    def test_an_answer_that_comes_twice(self):
        for refuse in ({}, {"rcpt": "550 5.1.1 nobody"}, {"data": "554 5.7.1 spam"}):
            for doubled in range(8):
                seen = []

                def double(chunk, doubled=doubled, seen=seen):
                    seen.append(chunk)
                    return chunk * 2 if len(seen) == doubled + 1 else chunk

                with self.subTest(refuse=refuse, doubled=doubled), \
                     NodeSmtp("plain", users={USER: PASSWORD}, refuse=refuse) as server, MailProxy(server.port) as proxy:
                    proxy.plan = double
                    said = self.submit(server, proxy, "plain", "double")
                    time.sleep(0.1)
                    taken = bool(server.mails())
                    self.assertIn(said["result"], ("accepted",) if taken else
                                  ("rejected", "protocol", "unreachable", "busy", "ambiguous", "unauthorized"), said)

    def test_starttls_stripped(self):
        with NodeSmtp("starttls", users={USER: PASSWORD}) as server, MailProxy(server.port) as proxy:
            for result, change in (("untrusted", lambda chunk: chunk.replace(b"STARTTLS", b"XSTARTTL")),
                                   ("untrusted", lambda chunk: re.sub(rb"220 .*TLS.*\r\n", b"502 5.5.1 What?\r\n", chunk)),
                                   ("unreachable", lambda chunk: re.sub(rb"220 .*TLS.*\r\n", b"454 4.7.0 Later\r\n", chunk))):
                proxy.plan = change
                said = self.submit(server, proxy, "starttls", "stripped")
                self.assertEqual((said["result"], said["step"]), (result, "tls"), said)
                for word in (b"AUTH", b"MAIL", b"secret"):
                    self.assertNotIn(word, proxy.asked)
            self.assertEqual(server.records("login"), [])
            self.assertEqual(server.mails(), [])

    def test_answers_put_in_before_the_handshake(self):
        for injected in (b"250-mx\r\n250 AUTH PLAIN\r\n", b"235 welcome\r\n250 ok\r\n", b"2", b"500 " + b"x" * 2000 + b"\r\n"):
            def inject(chunk, injected=injected):
                return re.sub(rb"(?m)^220 .*TLS.*\r\n", lambda match: match[0] + injected, chunk)

            with self.subTest(injected=injected[:12]), NodeSmtp("starttls", users={USER: PASSWORD}) as server, \
                 MailProxy(server.port) as proxy:
                proxy.plan = inject
                said = self.submit(server, proxy, "starttls", "injected")
                self.assertIn(injected, proxy.answered)
                self.assertEqual(said["result"], "untrusted", said)
                self.assertNotIn(b"AUTH", proxy.asked)
                self.assertEqual(server.records("login"), [])

    if ALL:
        def test_silence(self):
            """Each takes as long as the client waits for an answer; for the last one, to the message, that is ten minutes."""
            with NodeSmtp("plain", users={USER: PASSWORD}) as server:
                length = self.measure(server, "plain")
                before_message = {"question": length["question"] // 4, "answer": length["answer"] // 2}
                cuts = [Cut(direction, position, "stall") for direction, last in before_message.items()
                        for position in (0, 1, last // 2, last)]
                found = self.run_all(server, "plain", cuts)
            self.assertEqual([(cut, outcome) for cut, outcome, taken in found if self.judge(outcome, taken)], [])


if __name__ == "__main__":
    sys.argv[1:] = []
    import tap
    tap.main()
