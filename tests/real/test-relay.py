#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole chain: a real OctoPrint prints, a real mail server and a real notification daemon hear of it.

Everything runs for real; what is compared is the complete list of messages, so that one too many is as
wrong as one too few.
"""

import os
import pathlib
import re
import signal
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from octoprint_server import ADMIN_KEY, OctoPrintServer, dwell_gcode  # noqa: E402
from smtp_server import SmtpSink  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
PRINT_S = 8

# Told about a loss after 15 s with a print under way; OctoPrint needs some seconds to stop and start.
OUTAGE_S = 22


class Relay(unittest.TestCase):
    """One OctoPrint, one session and one mail server for all; each test looks at what is new."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(OctoPrintServer(VERSION))
        cls.sink = cls.enterClassContext(SmtpSink())
        cls.session = cls.enterClassContext(HeraldSession())
        session = cls.session
        session.ctl("message", "set", "print-progress", "step=25")
        session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={cls.sink.port}",
                    "security=plain", "from=herald@example.org", "to=maker@example.org")
        cls.printer = session.ctl("printer", "add", "--name", "Bench", "--url", cls.server.url,
                                  "--key-file", "-", input=ADMIN_KEY).stdout.strip()
        cls.server.upload("part.gcode", dwell_gcode(PRINT_S))

    def setUp(self):
        self.wait_connection("connected")
        self.n_before = len(self.sink.mails())

    def status(self):
        return self.session.ctl_json("status")["printers"][0]

    def wait_connection(self, wanted, limit=60):
        wait_until(lambda: self.status()["connection"] == wanted, limit)

    def subjects(self):
        """Of the mails that have come since the test began."""
        return [mail["subject"] for mail in self.sink.mails()[self.n_before:]]

    def assert_told(self, *expected, limit=60):
        """Exactly these mails, in this order, and none after them."""
        expected = [f"Bench: {title}" for title in expected]
        try:
            wait_until(lambda: self.subjects()[-1:] == expected[-1:], limit)
        except AssertionError:
            self.fail(f"told {self.subjects()}, expected {expected}: {self.session.log()[-2000:]}")
        time.sleep(3)
        self.assertEqual(self.subjects(), expected)

    def test_1_status_shows_the_printer(self):
        self.server.wait_state("Operational", 30)
        wait_until(lambda: self.status()["state"] == "operational")
        self.assertEqual(self.status()["version"], VERSION)
        wait_until(lambda: "tool0" in self.status()["temperatures"])
        answer = self.session.ctl("printer", "check", self.printer).stdout
        self.assertIn(VERSION, answer)
        self.assertIn("admin", answer)

    def test_2_print_is_told_once_by_mail_and_on_the_desktop(self):
        self.server.print_file("part.gcode")
        wait_until(lambda: self.status()["state"] == "printing")
        self.assertEqual(self.status()["file"], "part.gcode")
        wait_until(lambda: self.subjects()[-1:] == ["Bench: print finished"])
        told = self.subjects()
        marks = [title for title in told if " % done" in title]
        self.assertEqual(told, ["Bench: print started", *marks, "Bench: print finished"])
        # States come every two seconds, so a mark of this short print can be jumped over, never repeated.
        for mark in marks:
            # OctoPrint does not know the time at first; on a busy computer it thinks of more than a minute.
            self.assertRegex(mark, r"^Bench: \d+ % done, (00:0\d:\d\d|some time) to go$")
        self.assertRegex(marks[-1] if marks else "none", r"00:0\d:\d\d to go$")
        percents = [int(re.search(r"(\d+) %", mark)[1]) for mark in marks]
        self.assertEqual(percents, sorted(set(percents)))
        self.assertTrue(percents and set(percents) <= {25, 50, 75}, marks)
        self.session.shown("Bench: print finished")
        shown = [entry["summary"] for entry in self.session.notifications()]
        # The progress takes the place of the start on the screen.
        self.assertLessEqual(shown.count("Bench: print started"), 1)
        self.assertEqual(shown.count("Bench: print finished"), 1)

    def test_3_mail_is_well_formed(self):
        mail = self.sink.mails()[-1]
        self.assertEqual(mail["to"], "maker@example.org")
        self.assertIn("Bench", mail["from"])
        self.assertEqual(mail["auto-submitted"], "auto-generated")
        self.assertTrue(mail["message-id"].endswith("@example.org>"))
        self.assertTrue(mail.get_content().startswith("✅ part is done after 00:00:"), mail.get_content())

    def test_4_cancel_is_one_message(self):
        self.session.ctl("message", "set", "print-progress", "step=0")
        # What waits for a picture would be overtaken by what is urgent.
        self.session.ctl("message", "set", "print-started", "--picture", "none")
        self.server.print_file("part.gcode")
        wait_until(lambda: self.status()["state"] == "printing")
        self.server.cancel()
        self.assert_told("print started", "print cancelled")

    def test_5_pause_and_resume_are_told(self):
        self.server.print_file("part.gcode")
        wait_until(lambda: self.status()["state"] == "printing")
        self.server.pause()
        wait_until(lambda: self.status()["state"] == "paused", 40)
        self.server.resume()
        self.assert_told("print started", "print paused", "print resumed", "print finished")

    def test_6_service_killed_in_mid_print_tells_the_end_once(self):
        self.server.print_file("part.gcode")
        wait_until(lambda: "Bench: print started" in self.subjects())
        # Before that it could not know whether the mail has arrived, and would send it again.
        wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0)
        self.session.service.kill()
        self.session.service.wait()
        self.session.start_service()
        self.assert_told("print started", "print finished")

    def test_7_server_killed_in_mid_print_is_told_and_survived(self):
        self.server.print_file("part.gcode")
        wait_until(lambda: "Bench: print started" in self.subjects())
        self.server.kill()
        self.wait_connection("unreachable")
        time.sleep(OUTAGE_S)
        self.server.start()
        self.assert_told("print started", "no answer", "back again", "print failed", limit=120)
        self.server.upload("part.gcode", dwell_gcode(PRINT_S))
        self.server.print_file("part.gcode")
        wait_until(lambda: self.subjects()[-1:] == ["Bench: print finished"])

    def test_8_every_message_is_in_the_history(self):
        messages = self.session.ctl_json("history", "--limit", "1000")["messages"]
        mails = [message for message in messages if message["channel_type"] == "email"]
        self.assertEqual({message["state"] for message in mails}, {"delivered"})
        self.assertEqual(len(mails), len(self.sink.mails()))
        self.assertEqual({message["destination"] for message in mails}, {"maker@example.org"})

    def test_9_wrong_key_says_what_to_do(self):
        self.session.ctl("printer", "add", "--name", "Wrong", "--url", self.server.url, "--key-file", "-",
                         input="NOTTHEKEY")
        wait_until(lambda: self.session.ctl_json("status")["printers"][1]["connection"] == "unauthorized")
        refused = self.session.ctl("printer", "check", "wrong", expect=1)
        self.assertIn("key", refused.stderr)
        self.session.ctl("printer", "remove", "wrong")
        self.assertEqual(self.session.service.poll(), None)


if __name__ == "__main__":
    import tap
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    tap.main()
