#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told to whom while somebody is at this computer, and while nobody is.

The service, a real notification service and a real mail server; who is at the desk logind says, as python-dbusmock plays
it.
"""

import os
import pathlib
import signal
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from desk_scene import MINUTE, SEEN, WAITING, AtTheDesk  # noqa: E402
from herald_session import OBJECT_PATH, HeraldSession, wait_until  # noqa: E402


class LogindDesk(AtTheDesk):
    def test_whoever_is_away_for_long_hears_at_once(self):
        self.desk.go_idle(10 * MINUTE)
        self.await_presence("idle")
        self.send()
        self.await_state("delivered", 5)
        self.assertEqual(self.row()["reason"] or "", "")
        self.assertEqual([mail["subject"] for mail in self.sink.mails()], ["News"])
        wait_until(lambda: self.state("desktop") == "delivered")

    def test_whoever_is_away_for_less_is_waited_for(self):
        self.desk.go_idle(MINUTE - 8)
        self.await_presence("idle")
        began = self.send()
        row = self.row()
        self.assertEqual(row["state"], "pending")
        self.assertTrue(row["reason"].startswith(WAITING), row)
        self.await_state("delivered", 20)
        self.assertGreater(time.monotonic() - began, 5)

    def test_whoever_comes_back_is_told_at_the_desk_only(self):
        self.desk.go_idle(MINUTE - 15)
        self.await_presence("idle")
        self.send()
        wait_until(lambda: self.state("desktop") == "delivered")
        time.sleep(7)
        self.desk.come_back()
        self.await_state("superseded")
        self.assertEqual(self.row()["reason"], SEEN)
        self.await_presence("present")
        self.assertEqual(self.sink.mails(), [])
        self.ledger()

    def test_whoever_unlocks_is_told_at_the_desk_only(self):
        self.desk.lock()
        self.await_presence("locked")
        self.send()
        wait_until(lambda: self.state("desktop") == "delivered")
        time.sleep(7)
        self.assertEqual(self.state(), "pending")
        self.desk.lock(False)
        self.await_state("superseded")
        self.assertEqual(self.sink.mails(), [])

    def test_at_the_desk_nothing_goes_elsewhere(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        wait_until(lambda: self.state("desktop") == "delivered")
        time.sleep(15)
        self.assertEqual(self.state(), "pending")
        self.assertEqual(self.sink.mails(), [])
        self.ctl("history", "discard", str(self.row()["id"]))
        self.assertEqual(self.state(), "cancelled")
        self.ledger()

    def test_a_person_can_have_it_sent_all_the_same(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        self.ctl("history", "retry", str(self.row()["id"]))
        self.await_state("delivered")

    def test_what_comes_later_does_not_wait_behind_it(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send("First")
        self.ctl("message", "set", "custom", "away-minutes=0")
        self.send("Second")
        wait_until(lambda: [mail["subject"] for mail in self.sink.mails()] == ["Second"])
        self.assertEqual(sorted(row["state"] for row in self.json("history")["messages"] if row["channel"] == "mail"),
                         ["delivered", "pending"])

    def test_killed_in_between_it_goes_out(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        for number in range(5):
            self.send(f"News {number}")
        self.assertEqual(self.state(), "pending")
        self.session.service.send_signal(signal.SIGKILL)
        self.session.service.wait()
        self.session.start_service()
        wait_until(lambda: len(self.sink.mails()) == 5)
        self.assertEqual({row["state"] for row in self.ledger()}, {"delivered"})

    def test_stopped_in_between_it_goes_out(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        self.session.stop_service()
        self.session.start_service()
        self.await_state("delivered")

    def test_a_logind_that_ends_says_nothing_more(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        self.assertEqual(self.state(), "pending")
        self.desk.stop_logind()
        self.await_state("delivered")
        self.assertEqual(self.presence(), "unknown")
        self.desk.start_logind()
        self.desk.go_idle(MINUTE)
        self.await_presence("idle")

    def test_a_channel_that_is_removed_takes_it_along(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.send()
        self.ctl("channel", "remove", "mail")
        wait_until(lambda: self.state() == "cancelled")
        self.ledger()

    def test_without_a_channel_on_the_desktop_all_hear_at_once(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.ctl("channel", "disable", "desktop")
        self.send()
        self.await_state("delivered", 5)

    def test_a_test_is_for_whoever_looks_on(self):
        self.desk.come_back(2 * MINUTE)
        self.await_presence("present")
        self.ctl("channel", "test", "mail")
        self.ctl("message", "set", "test", "away-minutes=1", expect=1)


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
