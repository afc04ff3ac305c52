#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What is told to whom while somebody is at this computer, and while nobody is.

The service, a real notification service and a real mail server; who is at the desk logind says, as python-dbusmock plays
it.
"""

import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from desk_scene import MINUTE, SEEN, WAITING, AtTheDesk  # noqa: E402
from herald_session import wait_until  # noqa: E402
from notification_scene import NotificationSession  # noqa: E402


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
        self.desk.go_idle(MINUTE - 20)
        self.await_presence("idle")
        began = self.send()
        row = self.row()
        self.assertEqual(row["state"], "pending")
        self.assertTrue(row["reason"].startswith(WAITING), row)
        self.await_state("delivered", 40)
        self.assertGreater(time.monotonic() - began, 5)

    def test_whoever_comes_back_is_told_at_the_desk_only(self):
        self.desk.go_idle(MINUTE - 40)
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


class DoNotDisturb(AtTheDesk):
    make_session = NotificationSession

    def test_what_the_desktop_keeps_for_later_goes_elsewhere(self):
        self.session.stop_server()
        self.session.set_server(capabilities=["actions", "body", "persistence", "inhibitions"], inhibited=True)
        self.session.start_server()
        self.desk.go_idle(MINUTE - 40)
        self.await_presence("idle")
        self.send()
        self.await_state("delivered", 10)
        self.assertIn("Do not disturb", self.row("desktop")["reason"])
        self.assertEqual(self.row()["reason"] or "", "")


if __name__ == "__main__":
    import tap
    tap.main()
