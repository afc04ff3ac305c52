#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The test of a channel names the step that failed, in the server's words and in ours, and says what to do (F101-F106, G4).

Each row is a real mail server with one fault, and one press of the button.
"""

import json
import pathlib
import socket
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL, HeraldSession, wait_until  # noqa: E402
from loopback import free_port  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink  # noqa: E402

PASSWORD = "right-password-77"
USERS = {"ada": PASSWORD}


class ChannelTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))

    def add(self, port, *settings, host="127.0.0.1", password=None):
        secret = {"input": password} if password else {}
        words = ["security=plain", "to=maker@example.org", *settings]
        channel = self.session.ctl("channel", "add", "email", "--name", self.id().rpartition("_")[2], f"host={host}",
                                   f"port={port}", "from=herald@example.org", *words,
                                   *(["--secret", "password=-"] if password else []), **secret).stdout.strip()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", channel])
        return channel

    def press(self, channel, *options, expect=1):
        """The report, which also stands on the screen as a list to tick off."""
        done = self.session.ctl("channel", "test", channel, *options, "--json", expect=expect)
        return json.loads(done.stdout)

    def assert_fails_at(self, report, step, *words, state="deferred"):
        told = str(report)
        self.assertEqual((report["state"], report["step"]), (state, step), told)
        self.assertGreater(len(report["reason"]), 20, told)
        self.assertGreater(len(report["advice"]), 20, told)
        results = {entry["name"]: entry["result"] for entry in report["steps"]}
        self.assertEqual(results[step], "failed", told)
        names = [entry["name"] for entry in report["steps"]]
        self.assertEqual({results[name] for name in names[:names.index(step)]}, {"done"}, told)
        self.assertLessEqual({results[name] for name in names[names.index(step) + 1:]}, {"open"}, told)
        for word in words:
            self.assertIn(word, f"{report['reason']} {report['words']}", told)

    def test_f101_all_steps_are_ticked_off(self):
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add(server.port, "user=ada", password=PASSWORD)
            report = self.press(channel, expect=0)
            self.assertEqual((report["state"], report["step"], report["advice"]), ("delivered", None, None))
            self.assertEqual({entry["result"] for entry in report["steps"]}, {"done"})
            self.assertEqual([entry["name"] for entry in report["steps"]],
                             ["start", "connect", "greeting", "login", "sender", "recipient", "data", "committing"])
            screen = self.session.ctl("channel", "test", channel).stdout
            self.assertEqual(screen.count("✓"), 9, screen)
            self.assertNotIn("✗", screen)
            self.assertEqual(len(server.mails()), 2)

    def test_encrypted_steps_are_in_their_order(self):
        for security, order in (("tls", ["connect", "tls", "greeting"]), ("starttls", ["connect", "greeting", "tls"])):
            with self.subTest(security), NodeSmtp(security) as server:
                report = self.press(self.add(server.port, f"security={security}"))
                self.assert_fails_at(report, "tls", "Nothing was sent")
                self.assertEqual([entry["name"] for entry in report["steps"]][1:4], order)
                self.assertEqual(server.mails(), [])

    def test_f105_name_not_found(self):
        report = self.press(self.add(25, host="no-such-server.invalid"))
        self.assert_fails_at(report, "connect", "not found")

    def test_f105_nobody_listens(self):
        report = self.press(self.add(free_port()))
        self.assert_fails_at(report, "connect", "No mail server answers")

    def test_f105_busy_greeting(self):
        with SmtpSink("-r", "CONNECT") as server:
            self.assert_fails_at(self.press(self.add(server.port)), "greeting", "450")

    def test_f105_encryption_not_offered(self):
        with SmtpSink() as server:
            self.assert_fails_at(self.press(self.add(server.port, "security=starttls")), "tls", "no encryption")

    def test_f105_encryption_refused_by_a_plain_server(self):
        with SmtpSink() as server:
            self.assert_fails_at(self.press(self.add(server.port, "security=tls")), "tls", "Set the encryption to “starttls”")

    def test_f105_login_problem(self):
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add(server.port, "user=ada", password="wrong-password-1")
            self.assert_fails_at(self.press(channel), "login", "user name or password", "535", "Wrong user name")
            screen = self.session.ctl("channel", "test", channel, expect=1).stdout
            self.assertIn("✗ Log in", " ".join(screen.split()))
            self.assertIn("app password", screen)
            self.assertIn("What waits is sent when you have changed it.", screen)
            self.assertNotIn("tried again", screen)
            self.assertNotIn("wrong-password-1", screen + self.session.log())

    def test_f105_missing_login_is_told_where_it_is_missing(self):
        with NodeSmtp("plain", users=USERS) as server:
            report = self.press(self.add(server.port))
            self.assert_fails_at(report, "login", "wants a login", "530")
            self.assertIn("user name and password", report["advice"])

    def test_f105_sender_refused(self):
        with NodeSmtp("plain", refuse={"mail": "550 5.7.1 Not your address"}) as server:
            self.assert_fails_at(self.press(self.add(server.port)), "sender", "Not your address")

    def test_f105_each_recipient_has_its_result(self):
        with NodeSmtp("plain", refuse={"stranger@example.org": "550 5.1.1 Nobody of that name"}) as server:
            report = self.press(self.add(server.port, "to=maker@example.org,stranger@example.org",
                                         "cc=ada@example.org"))
            recipients = {entry["destination"]: entry for entry in report["recipients"]}
            self.assertEqual([entry["state"] for entry in report["recipients"]], ["delivered", "rejected", "delivered"])
            stranger = recipients["stranger@example.org"]
            self.assertEqual((stranger["step"], stranger["code"]), ("recipient", 550))
            self.assertIn("Nobody of that name", stranger["words"])
            self.assertEqual((report["step"], report["state"]), ("recipient", "rejected"))
            self.assertEqual({mail["recipients"][0] for mail in server.mails()},
                             {"maker@example.org", "ada@example.org"})
            done = self.session.run([CTL, "channel", "test", "result"])
            self.assertIn("did not reach everybody", done.stderr)

    def test_f105_greylisting(self):
        """It comes right by itself; nobody is sent looking for typing mistakes."""
        with SmtpSink("-r", "RCPT") as server:
            report = self.press(self.add(server.port))
            self.assert_fails_at(report, "recipient", "450")
            self.assertIn("Nothing for now", report["advice"])

    def test_f105_refused_recipient_says_more_than_one_put_off(self):
        refuse = {"stranger@example.org": "550 5.1.1 Nobody of that name", "later@example.org": "450 4.2.0 Come again"}
        with NodeSmtp("plain", refuse=refuse) as server:
            for order in ("stranger@example.org,later@example.org", "later@example.org,stranger@example.org"):
                report = self.press(self.add(server.port, f"to={order}"))
                self.assertEqual((report["state"], report["step"]), ("rejected", "recipient"), report)
                self.assertIn("typing mistakes", report["advice"])

    def test_f105_too_large(self):
        with NodeSmtp("plain", size=100) as server:
            report = self.press(self.add(server.port))
            self.assertIn(report["step"], ("sender", "data", "committing"))
            self.assertIn("large", report["reason"])

    def test_f105_message_refused(self):
        with SmtpSink("-f", ".") as server:
            self.assert_fails_at(self.press(self.add(server.port)), "committing", "refused", state="rejected")

    def test_f105_no_answer_leaves_doubt(self):
        with SmtpSink("-q", ".") as server:
            self.assert_fails_at(self.press(self.add(server.port)), "committing", "may or may not")

    def test_f106_passes_what_waits(self):
        """The queue is full of messages a server does not take; the test is tried at once."""
        with SmtpSink("-r", "RCPT") as server:
            channel = self.add(server.port)
            for number in range(5):
                self.session.ctl("send", "--title", "Hello", "--text", str(number), "--channels", channel)
            begin = time.monotonic()
            self.assert_fails_at(self.press(channel), "recipient")
            self.assertLess(time.monotonic() - begin, 10)

    def test_f106_held_channel_is_tried_and_goes_on(self):
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add(server.port, "user=ada", "to=maker@example.org,ada@example.org", password="wrong-1")
            self.assert_fails_at(self.press(channel), "login")
            self.assertEqual(len(server.records("login")), 1, "the second recipient is not tried")
            self.assertEqual(self.session.ctl_json("channel", "show", channel)["health"], "held")
            server.stop()
            server.configuration["users"] = {"ada": "wrong-1"}
            server.start()
            self.session.ctl("send", "--title", "Hello", "--text", "waits", "--channels", channel)
            self.assertEqual(self.press(channel, expect=0)["state"], "delivered")
            self.assertEqual(self.session.ctl_json("channel", "show", channel)["health"], "ok")
            wait_until(lambda: sum("waits" in mail["text"] for mail in server.mails()) == 2)
            tests = [mail for mail in server.mails() if "waits" not in mail["text"]]
            self.assertEqual(len(tests), 2, "the test that failed is not sent later")

    def test_f104_second_press_is_refused(self):
        with socket.socket() as silent:
            silent.bind(("127.0.0.1", 0))
            silent.listen()
            channel = self.add(silent.getsockname()[1])
            done = []
            first = threading.Thread(target=lambda: done.append(self.press(channel)))
            first.start()
            connection, _address = silent.accept()
            refused = self.session.ctl("channel", "test", channel, expect=1)
            self.assertIn("under way", refused.stderr)
            connection.sendall(b"554 5.3.2 Closed for today\r\n")
            connection.close()
            first.join(60)
            self.assert_fails_at(done[0], "greeting", "Closed for today", state=done[0]["state"])
            connection.close()

    def test_f103_test_has_the_words_that_are_set(self):
        with NodeSmtp("plain") as server:
            channel = self.add(server.port)
            self.session.ctl("message", "set", "test", "--title", "Bench", "--text", "Own words of {channel}")
            self.addCleanup(self.session.ctl, "message", "reset", "test")
            self.press(channel, expect=0)
            self.assertIn("Own words", server.mails()[0]["text"])

    def test_unknown_printer_is_refused(self):
        channel = self.add(free_port())
        self.assertIn("no-such", self.session.ctl("channel", "test", channel, "--printer", "no-such", expect=1).stderr)

    def test_sms_is_never_called_delivered_to_the_phone(self):
        with NodeSmtp("plain") as server:
            channel = self.add(server.port, "to=", "sms=true", "phone=+1 (555) 123-4567", "gateway=google-fi")
            report = self.press(channel, expect=0)
            self.assertIn("cannot be seen", report["reason"])
            mail = server.mails()[0]
            self.assertEqual(mail["recipients"], ["5551234567@msg.fi.google.com"])
            self.assertEqual(mail["subject"], "")
            row = next(row for row in self.session.ctl_json("history")["messages"] if row["channel"] == channel)
            self.assertIn("cannot be seen", row["reason"])

    def test_f91_carriers_are_listed_with_what_is_known(self):
        gateways = {entry["id"]: entry for entry in self.session.ctl_json("channel", "gateways")["gateways"]}
        self.assertGreater(len(gateways), 35)
        self.assertEqual((gateways["att"]["status"], gateways["att"]["ended"]), ("ended", "2025-06-17"))
        screen = self.session.ctl("channel", "gateways", "VERIZON").stdout
        self.assertIn("ends 2027-03-31", screen)
        self.assertIn("no proof", screen)
        self.session.ctl("channel", "gateways", "no-such-carrier", expect=1)

    def test_carrier_that_ends_is_warned_of(self):
        done = self.session.ctl("channel", "add", "email", "--name", "Phone", "host=127.0.0.1", "security=plain",
                                "from=herald@example.org", "sms=true", "phone=555 123 4567", "gateway=verizon")
        self.addCleanup(self.session.run, [CTL, "channel", "remove", done.stdout.strip()])
        self.assertIn("2027-03-31", done.stderr)
        refused = self.session.ctl("channel", "set", done.stdout.strip(), "gateway=att", expect=1)
        self.assertIn("gateway=txt.att.net", refused.stderr)


if __name__ == "__main__":
    import tap
    tap.main()
