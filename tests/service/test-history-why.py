#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Why something was told, and to whom not: what was written down, and nothing that was not."""

import pathlib
import sys
import unittest

from herald_session import OBJECT_PATH, midday_zone, wait_until
from loopback import free_port
from mail_ear import MailEar
from notification_scene import NotificationSession

INTERFACE = "io.github.octoherald.OctoHerald.Service1"
KEYS = {"event", "kind", "kind_name", "printer", "printer_name", "occurred", "observed", "source", "cause", "messages",
        "others"}
MORE_KEYS = {"channel_name", "repeats", "tries"}
TRY_KEYS = {"number", "started", "ended", "step", "label", "code", "words"}
OTHER_KEYS = {"channel", "channel_name", "channel_type", "rule", "reason"}
REFUSAL = {"Notify": "org.freedesktop.Notifications.Error.ExcessNotificationGeneration"}


class Why(unittest.TestCase):
    def setUp(self):
        self.session = NotificationSession(keyring=True, service=False)
        self.session.environment["TZ"] = midday_zone()
        self.enterContext(self.session)
        self.session.start_service()
        self.ctl = self.session.ctl

    def why(self, *event):
        return self.session.ctl_json("history", "why", *map(str, event))

    def words(self, *event):
        """As a person reads it, without moments"""
        return self.ctl("history", "why", *map(str, event)).stdout

    def rules(self, event):
        return {other["channel"]: other["rule"] for other in self.why(event)["others"]}

    def add_mail(self, name, port):
        return self.ctl("channel", "add", "email", "--name", name, "host=127.0.0.1", f"port={port}", "security=plain",
                        "from=a@example.org", "to=b@example.org").stdout.strip()

    def send(self, *words):
        return int(self.ctl("send", "--title", "By hand", "--text", "now", *words).stdout)

    def print_file(self):
        """The event of its beginning, if it was told"""
        self.ctl("message", "set", "print-started", "--picture", "none")
        self.session.add_printer()
        self.session.play("print", file="benchy.gcode", seconds=300, outcome="done")
        wait_until(lambda: self.session.printer()["state"] == "printing")
        rows = self.session.history(kind="print-started")
        return rows[0]["event"] if rows else None

    def test_each_account_has_its_answer(self):
        with MailEar(free_port()) as ear:
            self.session.set_server(errors=REFUSAL)
            self.add_mail("Heard", ear.port)
            self.add_mail("Nowhere", 1)
            self.add_mail("Not meant", ear.port)
            self.add_mail("Off", ear.port)
            self.ctl("channel", "disable", "off")
            self.ctl("message", "set", "print-started", "--channels", "desktop,heard,nowhere,off")
            event = self.print_file()
            states = {"desktop": "rejected", "heard": "delivered", "nowhere": "deferred"}
            wait_until(lambda: {row["channel"]: row["state"] for row in self.why(event)["messages"]} == states)
        told = self.why(event)
        self.assertEqual(set(told), KEYS)
        self.assertEqual((told["event"], told["kind"], told["printer"], told["printer_name"], told["source"], told["cause"]),
                         (event, "print-started", "bench", "Bench", "live", "settings"))
        self.check_accounts(told, event)
        self.check_words(event)
        self.check_what_is_set_now(event)

    def check_accounts(self, told, event):
        rows = {row["channel"]: row for row in told["messages"]}
        listed = {row["channel"]: row for row in self.session.history(event=event)}
        for channel, row in rows.items():
            self.assertEqual(set(row), set(listed[channel]) | MORE_KEYS)
            self.assertTrue(all(set(attempt) == TRY_KEYS for attempt in row["tries"]))
            self.assertEqual(len(row["tries"]), row["attempts"])
            self.assertIsNone(row["repeats"])
        self.assertIn("refused the message", rows["desktop"]["reason"])
        self.assertEqual(rows["heard"]["channel_name"], "Heard")
        self.assertIsNotNone(rows["nowhere"]["tries"][0]["started"])
        self.assertEqual([set(other) for other in told["others"]], [OTHER_KEYS] * 2)
        self.assertEqual(self.rules(event), {"not-meant": "not-chosen", "off": "channel-off"})

    def check_words(self, event):
        said = self.words(event)
        self.assertRegex(said, rf"^Event {event}, Bench: \S.*\n  It happened at \d{{4}}-\d\d-\d\d 12:\d\d:\d\d\.\n"
                               r"  It was seen as it happened\.\n  A message was made for each account that was switched on")
        self.assertRegex(said, r"\nMessage \d+, by Heard \(heard, email\), to b@example.org:\n  Delivered\.")
        self.assertRegex(said, r"\nMessage \d+, by [^\n]+ \(desktop\):\n  Refused\. [^\n]*refused the message\.\n")
        self.assertRegex(said, r"\nMessage \d+, by Nowhere \(nowhere, email\).*:\n  Will be tried again\. \S")
        self.assertRegex(said, r"and is not over\.\n  Tried at \d{4}-\d\d-\d\d 12:\d\d:\d\d: \S")
        self.assertIn("Why was not written down, so this is how it is now:\n", said)
        self.assertIn("\n  Off (off, email): As things are set now, this account is switched off.\n", said)

    def check_what_is_set_now(self, event):
        """What was set then is not known any more, and not claimed."""
        self.ctl("message", "set", "print-started", "--channels", "all")
        self.add_mail("Later", 1)
        self.ctl("channel", "remove", "heard")
        self.assertEqual(self.rules(event), {"not-meant": "told", "off": "channel-off", "later": "told"})
        self.assertIn("Later (later, email): As things are set now, it would be told there. It was set otherwise then, or",
                      self.words(event))
        self.assertRegex(self.words(event), r"by heard \(heard, email\), to b@example.org:\n  Delivered\.")
        self.ctl("message", "set", "print-started", "--disable")
        self.assertEqual(set(self.rules(event).values()), {"message-off"})

    def test_what_was_muted_says_so(self):
        self.ctl("mute", "5h")
        event = self.print_file()
        self.assertRegex(self.words(event), r"\n  Not sent\. Not told: everything was muted\.\n  It was made at .*, and over at")
        self.assertEqual(self.rules(event), {})
        self.ctl("unmute")
        muted = self.why(event)["messages"][0]
        self.ctl("history", "retry", str(muted["id"]))
        self.session.wait_for("started")
        rows = wait_until(lambda: (rows := self.why(event)["messages"])[1]["state"] == "delivered" and rows)
        self.assertEqual([row["repeats"] for row in rows], [None, muted["id"]])
        self.assertIn(f"It says once more what message {muted['id']} said.", self.words(event))

    def test_what_was_told_to_nobody_is_known_too(self):
        self.ctl("message", "set", "print-started", "--disable")
        before = self.send()
        self.assertIsNone(self.print_file())
        after = self.send()
        events = {self.why(number)["kind"]: number for number in range(before + 1, after)}
        said = self.words(events["print-started"])
        self.assertEqual(self.why(events["print-started"])["messages"], [])
        self.assertIn("  No message was made of it.\n", said)
        self.assertNotIn("A message was made", said)
        self.assertRegex(said, r"\(desktop\): As things are set now, this message is switched off\.\n$")

    def test_what_was_sent_by_hand_is_no_matter_of_settings(self):
        self.add_mail("Mail", 1)
        event = self.send("--channels", "desktop")
        told = self.why(event)
        self.assertEqual((told["source"], told["cause"], told["printer"]), ("local", "sender", None))
        self.assertEqual(self.rules(event), {"mail": "not-addressed"})
        self.assertRegex(self.words(event), rf"^Event {event}: ")
        self.assertIn("\nThese accounts got nothing of it:\n  Mail (mail, email): Whoever sent it did not name", self.words(event))

        self.ctl("channel", "test", "desktop")
        test = self.session.history(kind="test")[0]["event"]
        self.assertEqual(self.why(test)["cause"], "test")
        self.assertIn("A test goes to the account that is tested, and to no other.", self.words(test))

    def test_message_leads_to_its_event(self):
        self.add_mail("Mail", 1)
        events = [self.send(), self.send()]
        for row in self.session.history():
            self.assertEqual(self.why("--message", row["id"])["event"], row["event"])
            self.assertIn(row["id"], [message["id"] for message in self.why(row["event"])["messages"]])
        self.assertEqual({row["event"] for row in self.session.history()}, set(events))
        table = [line.split() for line in self.ctl("history").stdout.splitlines()]
        self.assertEqual(table[0][:2], ["ID", "EVENT"])
        self.assertEqual([(int(line[0]), int(line[1])) for line in table[1:]],
                         [(row["id"], row["event"]) for row in self.session.history()])

    def test_unknown_and_hostile_numbers(self):
        self.send()
        for words in (("999999",), ("9223372036854775807",), ("--message", "999999"), ("--message", "9223372036854775807")):
            done = self.ctl("history", "why", *words, expect=1)
            self.assertEqual((done.stdout, done.stderr.count("\n")), ("", 1))
            self.assertRegex(done.stderr, "^There is no (event of that|message with this) number")
        for words in ((), ("",), ("0",), ("-1",), ("1 OR 1=1",), ("1;",), ("٣",), ("1.0",), ("0x1",), ("9223372036854775808",),
                      ("1", "2"), ("1", "--message", "1"), ("--message", "x"), ("--message", "-1"), ("\033[31m1",)):
            with self.subTest(words):
                self.ctl("history", "why", *words, expect=2)
        for number in ("0", "-1", "-9223372036854775808", "9223372036854775807"):
            done = self.session.call(OBJECT_PATH, f"{INTERFACE}.ExplainEvent", "--", number)
            self.assertIn("There is no event of that number", done.stderr, number)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
