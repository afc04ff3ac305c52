#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told in quiet hours and what is not, with a simulated printer; it is always half past twelve here."""

import sys
import pathlib
import unittest

from herald_session import midday_zone, wait_until
from notification_scene import NotificationSession

QUIET = ("quiet-from=11:00", "quiet-until=15:00")


class QuietHours(unittest.TestCase):
    def setUp(self):
        self.session = NotificationSession(keyring=True, service=False)
        self.session.environment["TZ"] = midday_zone()
        self.enterContext(self.session)
        self.session.start_service()
        self.ctl = self.session.ctl
        for kind in ("print-started", "print-progress", "print-done", "print-failed"):
            self.ctl("message", "set", kind, "--picture", "none")
        self.session.add_printer()

    def print_file(self, outcome="done"):
        self.session.play("print", file="benchy.gcode", seconds=300, outcome=outcome)
        wait_until(lambda: self.session.printer()["state"] == "printing")

    def quiet(self):
        return self.session.ctl_json("status")["quiet_until"]

    def told(self, kind):
        rows = wait_until(lambda: self.session.history(kind=kind))
        self.assertEqual(len(rows), 1)
        return rows[0]

    def titles(self):
        return [row["title"] for row in self.session.shown_all()]

    def test_ordinary_ends_with_a_reason_and_urgent_comes(self):
        self.ctl("preference", "set", *QUIET)
        self.assertRegex(self.quiet(), "T15:00:00")
        self.assertRegex(self.ctl("status").stdout, "Quiet hours +ends in 2 h")
        self.print_file("failed")
        row = self.told("print-started")
        self.assertEqual((row["state"], row["attempts"]), ("cancelled", 0))
        self.assertEqual(row["reason"], "Not told: quiet hours until 15:00.")
        self.assertIsNotNone(row["finished"])
        self.session.play("advance", seconds=400)
        self.session.wait_for("failed")
        self.assertEqual(self.told("print-failed")["state"], "delivered")
        self.assertFalse([title for title in self.titles() if "started" in title])

        self.ctl("history", "retry", str(row["id"]))
        self.session.wait_for("started")

    def test_without_exception_nothing_comes_but_what_is_asked_for(self):
        self.ctl("preference", "set", *QUIET, "quiet-urgent=false")
        self.print_file("failed")
        self.session.play("advance", seconds=400)
        self.assertEqual(self.told("print-failed")["state"], "cancelled")
        self.ctl("send", "--title", "By hand", "--text", "now")
        self.session.wait_for("By hand")
        self.ctl("channel", "test", "desktop")
        self.assertEqual(len(self.titles()), 2)

    def test_other_hours_are_not_quiet(self):
        for words in (("quiet-from=22:00", "quiet-until=07:00"), ("quiet-from=11:00", "quiet-until="),
                      ("quiet-from=12:00", "quiet-until=12:00")):
            with self.subTest(words):
                self.ctl("preference", "set", *words)
                self.assertIsNone(self.quiet())
        self.print_file()
        self.session.wait_for("started")

    def test_they_outlive_a_restart_and_end_at_once(self):
        self.ctl("preference", "set", *QUIET)
        self.session.stop_service()
        self.session.start_service()
        self.assertRegex(self.quiet(), "T15:00:00")
        self.ctl("preference", "set", "quiet-from=")
        self.assertIsNone(self.quiet())

    def test_muted_is_told_as_muted(self):
        self.ctl("preference", "set", *QUIET)
        self.ctl("mute", "5h")
        self.print_file()
        self.assertEqual(self.told("print-started")["reason"], "Not told: everything was muted.")
        self.ctl("unmute")
        self.ctl("preference", "set", "quiet-from=")
        self.ctl("printer", "mute", "bench")
        self.session.play("advance", seconds=400)
        self.assertEqual(self.told("print-done")["reason"], "Not told: this print was muted.")


class Preferences(unittest.TestCase):
    def test_what_cannot_be_right_is_refused(self):
        with NotificationSession() as session:
            for word, sentence in (("quiet-from=25:00", "a time such as"), ("quiet-until=7", "a time such as"),
                                   ("history-days=-1", "from 0 to 3650"), ("history-days=many", "from 0 to 3650"),
                                   ("history-days=99999999999999999999", "from 0 to 3650")):
                self.assertIn(sentence, session.ctl("preference", "set", word, expect=1).stderr)
            session.ctl("preference", "set", "history-days=0", "quiet-from=7:00")
            rows = {row["name"]: row for row in session.ctl_json("preference", "list")["preferences"]}
            self.assertEqual((rows["history-days"]["value"], rows["quiet-from"]["value"], rows["quiet-until"]["value"]),
                             (0, "7:00", None))


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
