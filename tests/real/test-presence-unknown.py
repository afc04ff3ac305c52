#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told when nobody knows whether somebody is at this computer; and what a print has to tell to whom."""

import json
import os
import pathlib
import signal
import sys
import time
import unittest
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from desk_scene import MINUTE, AtTheDesk  # noqa: E402
from herald_session import OBJECT_PATH, HeraldSession, wait_until  # noqa: E402

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"


class Printing(AtTheDesk):
    """What waits for its picture, too, goes with it or not at all."""

    session = {"keyring": True}

    def setUp(self):
        super().setUp()
        demo = self.session.spawn([DEMO, "--printers", "1", "--idle", "--bare", "--json", "--key", KEY, "--port", "0"],
                                  stdout=-1, text=True)
        self.addCleanup(demo.stdout.close)
        self.url = next(said["url"] for said in map(json.loads, demo.stdout) if "url" in said)
        self.ctl("message", "set", "print-started", "--disable")
        self.ctl("message", "set", "print-progress", "--disable")
        self.ctl("message", "set", "print-done", "--picture", "snapshot", "away-minutes=1")
        self.ctl("printer", "add", "--name", "MK4", "--url", self.url, "--key-file", "-", input=KEY)
        wait_until(lambda: self.json("status")["printers"][0]["connection"] == "connected")

    def finish_a_print(self):
        body = json.dumps({"file": "benchy.gcode", "seconds": 2, "outcome": "done"}).encode()
        urllib.request.urlopen(urllib.request.Request(self.url.rstrip("/") + "/demo/print", body,
                                                      {"Content-Type": "application/json"}), timeout=20).read()
        wait_until(lambda: self.row("desktop") and self.state("desktop") == "delivered")

    def test_whoever_is_away_gets_the_picture(self):
        self.desk.go_idle(10 * MINUTE)
        self.await_presence("idle")
        self.finish_a_print()
        self.await_state("delivered")
        self.assertEqual([part.get_content_type() for mail in self.sink.mails() for part in mail.iter_attachments()],
                         ["image/jpeg"])
        self.ledger()

    def test_whoever_comes_back_gets_none(self):
        self.desk.go_idle(MINUTE - 25)
        self.await_presence("idle")
        self.finish_a_print()
        time.sleep(6)
        self.assertEqual(self.state(), "pending")
        self.desk.come_back()
        self.await_state("superseded")
        self.assertEqual(self.sink.mails(), [])
        self.ledger()


class UnknownDesk(AtTheDesk):
    """Nobody says whether somebody is there, or nobody who can be believed."""

    def assert_told_at_once(self):
        self.send()
        self.await_state("delivered", 5)

    def test_a_session_that_never_called_itself_idle_is_not_believed(self):
        self.assertEqual(self.presence(), "unknown")
        self.assert_told_at_once()

    def test_a_session_in_a_terminal_is_no_desk(self):
        self.desk.set(Type="'tty'", IdleHint="false", IdleSinceHint=self.desk.ago(60))
        time.sleep(0.5)
        self.assertEqual(self.presence(), "unknown")
        self.assert_told_at_once()

    def test_a_session_from_elsewhere_is_no_desk(self):
        self.desk.set(Remote="true", IdleHint="false", IdleSinceHint=self.desk.ago(60))
        time.sleep(0.5)
        self.assert_told_at_once()

    def test_logind_that_does_not_answer_is_none(self):
        self.desk.come_back(60)
        self.await_presence("present")
        os.kill(self.desk.logind.pid, signal.SIGSTOP)
        try:
            self.assertEqual(self.state_after_send(), "pending")
        finally:
            os.kill(self.desk.logind.pid, signal.SIGCONT)

    def state_after_send(self):
        self.send()
        return self.state()


class NoSystemBus(AtTheDesk):
    desk = {"logind": False}

    def test_without_logind_all_hear_at_once(self):
        self.assertEqual(self.presence(), "unknown")
        self.send()
        self.await_state("delivered", 5)


class NoNotifications(AtTheDesk):
    session = {"notifications": False}

    def test_what_is_not_shown_goes_elsewhere(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        self.await_state("delivered", 20)
        self.assertNotEqual(self.state("desktop"), "delivered")


class Shown(unittest.TestCase):
    def test_the_option_is_shown_and_kept(self):
        with HeraldSession(keyring=False, display=False, notifications=False) as session:
            self.assertIn("away-minutes", session.ctl("message", "show", "print-done").stdout)
            self.assertEqual(session.ctl_json("message", "show", "print-done")["away-minutes"], 0)
            session.ctl("message", "set", "print-done", "away-minutes=5")
            self.assertEqual(session.ctl_json("message", "show", "print-done")["away-minutes"], 5)
            for value in ("-1", "241", "1.5", "soon", ""):
                session.ctl("message", "set", "print-done", f"away-minutes={value}", expect=1)
            self.assertIn("<'unknown'>", session.run(
                ["gdbus", "call", "--session", "-d", "io.github.octoherald.OctoHerald.Service", "-o", OBJECT_PATH, "-m",
                 "org.freedesktop.DBus.Properties.Get", "io.github.octoherald.OctoHerald.Service1", "Presence"]).stdout)


if __name__ == "__main__":
    import tap
    tap.main()
