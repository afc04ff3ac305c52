#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sleeping and waking as logind tells of it, and what is done while logind is away, refuses or is silent."""

import signal
import sys
import time
import pathlib
import unittest

from herald_session import HeraldSession, wait_until
from login_manager import SystemBus
from loopback import free_port
from mail_ear import MailEar

SLEPT = "This computer was asleep"


class Scene(unittest.TestCase):
    """A service that is not started yet, and a system bus with logind."""

    def setUp(self):
        self.session = self.enterContext(HeraldSession(keyring=False, display=False, notifications=False, service=None))
        self.bus = SystemBus(self.session).start()

    def start(self, **login):
        self.bus.start_login(**login)
        self.session.start_service()

    def count_sleeps(self):
        return self.session.log().count(SLEPT)

    def add_mail(self, port):
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={port}", "security=plain",
                         "from=herald@example.org", "to=maker@example.org")

    def say(self, text="Hello"):
        self.session.ctl("send", "--text", text, "--channels", "mail")

    def rows(self):
        return self.session.ctl_json("history")["messages"]

    def outbox(self):
        return self.session.ctl_json("status")["outbox"]


class Delay(Scene):
    def test_lock_is_held_and_let_go_and_taken_again(self):
        self.start()
        wait_until(lambda: self.bus.modes() == ["delay"])
        self.assertTrue(all(why.endswith(".") for _mode, why in self.bus.locks()))
        for number in range(1, 4):
            self.bus.fall_asleep()
            wait_until(lambda: self.bus.modes() == [])
            self.bus.wake()
            wait_until(lambda: self.bus.modes() == ["delay"])
            self.assertEqual(self.count_sleeps(), number)

    def test_woken_without_having_slept_does_nothing(self):
        self.start()
        wait_until(self.bus.modes)
        self.bus.wake()
        self.bus.wake()
        self.bus.fall_asleep()
        self.bus.fall_asleep()
        self.bus.wake()
        self.bus.wake()
        wait_until(self.bus.modes)
        wait_until(self.count_sleeps)
        self.session.ctl("status")
        self.assertEqual(self.count_sleeps(), 1)

    def test_only_logind_is_believed(self):
        self.start()
        wait_until(self.bus.modes)
        self.session.run(["gdbus", "emit", "--system", "-o", "/org/freedesktop/login1", "-s",
                          "org.freedesktop.login1.Manager.PrepareForSleep", "true"])
        self.bus.tell("s", "<'true'>")
        self.bus.tell("", "")
        self.bus.tell("bb", "<true>, <true>")
        time.sleep(0.5)
        self.assertEqual(self.bus.modes(), ["delay"])
        self.bus.fall_asleep()
        wait_until(lambda: self.bus.modes() == [])

    def test_lock_goes_with_the_service(self):
        self.start()
        wait_until(self.bus.modes)
        self.session.stop_service()
        wait_until(lambda: self.bus.modes() == [])


class Unwell(Scene):
    def test_logind_restarts(self):
        self.start()
        wait_until(self.bus.modes)
        self.bus.fall_asleep()
        wait_until(lambda: self.bus.modes() == [])
        self.bus.stop_login()
        wait_until(lambda: self.count_sleeps() == 1)
        self.bus.start_login()
        wait_until(lambda: self.bus.modes() == ["delay"])

    def test_logind_comes_late(self):
        self.session.start_service()
        self.session.ctl("status")
        self.bus.start_login()
        wait_until(lambda: self.bus.modes() == ["delay"])

    def test_logind_refuses(self):
        self.start(refuses=True)
        wait_until(lambda: "logind does not let us delay sleep" in self.session.log())
        self.bus.fall_asleep()
        self.bus.wake()
        wait_until(lambda: self.count_sleeps() == 1)

    def test_logind_never_answers(self):
        self.bus.start_login()
        self.bus.login.send_signal(signal.SIGSTOP)
        try:
            self.session.start_service()
            began = time.monotonic()
            self.session.ctl("status")
            self.session.stop_service()
            self.assertLess(time.monotonic() - began, 5)
        finally:
            self.bus.login.send_signal(signal.SIGCONT)
        # and a lock that comes too late is nobody's
        wait_until(lambda: self.bus.modes() == [])

    def test_lock_that_comes_when_it_is_not_wanted_any_more_is_let_go(self):
        self.bus.start_login()
        self.session.start_service()
        wait_until(self.bus.modes)
        self.bus.fall_asleep()
        wait_until(lambda: self.bus.modes() == [])
        self.bus.login.send_signal(signal.SIGSTOP)
        self.session.ctl("preference", "set", "keep-awake=true")
        self.add_mail(free_port())
        self.say()
        wait_until(lambda: self.outbox()["waiting"] == 1)
        self.session.ctl("history", "discard", str(self.rows()[0]["id"]))
        self.bus.login.send_signal(signal.SIGCONT)
        wait_until(lambda: "block" not in self.bus.modes())

    def test_system_bus_dies_and_comes_back(self):
        self.start()
        wait_until(self.bus.modes)
        self.bus.kill()
        time.sleep(0.5)
        self.assertIsNone(self.session.service.poll(), self.session.log())
        self.session.ctl("status")
        self.bus.start()
        self.bus.start_login()
        wait_until(lambda: self.bus.modes() == ["delay"], 90)

    def test_no_system_bus_at_all(self):
        self.bus.kill()
        self.session.start_service()
        self.session.ctl("status")


class Mail(Scene):
    def test_what_waits_goes_at_once_after_waking(self):
        """Not only when its next try is due: that would be minutes later."""
        self.start()
        port = free_port()
        self.add_mail(port)
        for number in range(3):
            self.say(f"Nr. {number}")
        wait_until(lambda: any(row["state"] == "deferred" for row in self.rows()))
        self.bus.fall_asleep()
        wait_until(lambda: self.bus.modes() == [])
        with MailEar(port) as ear:
            time.sleep(3)
            self.assertEqual(len(ear.mails), 0, "nothing is begun on the brink of sleep")
            self.bus.wake()
            wait_until(lambda: len(ear.mails) == 3, 8)
        self.assertEqual({row["state"] for row in self.rows()}, {"delivered"})

    def test_what_is_being_sent_is_sent_to_its_end(self):
        self.start()
        wait_until(self.bus.modes)
        with MailEar(free_port(), thinks_s=3.5) as ear:
            self.add_mail(ear.port)
            self.say("first")
            wait_until(lambda: ear.is_thinking)
            self.bus.fall_asleep()
            self.say("second")
            wait_until(lambda: self.bus.modes() == [])
            self.assertEqual(len(ear.mails), 1, "the computer has waited for the first")
            self.assertEqual(sorted(row["state"] for row in self.rows()), ["delivered", "pending"])
            self.bus.wake()
            wait_until(lambda: len(ear.mails) == 2)

    def test_computer_does_not_wait_longer_than_logind_lets_it(self):
        self.start()
        wait_until(self.bus.modes)
        with MailEar(free_port(), thinks_s=60) as ear:
            self.add_mail(ear.port)
            self.say()
            wait_until(lambda: ear.is_thinking)
            self.bus.fall_asleep()
            began = time.monotonic()
            wait_until(lambda: self.bus.modes() == [])
            self.assertLess(time.monotonic() - began, 5)


class KeepAwake(Scene):
    def test_only_if_it_is_wanted_and_only_while_a_message_waits(self):
        self.start()
        port = free_port()
        self.add_mail(port)
        self.say()
        wait_until(lambda: self.rows()[0]["state"] == "deferred")
        self.assertEqual(self.bus.modes(), ["delay"])
        self.session.ctl("preference", "set", "keep-awake=true")
        wait_until(lambda: self.bus.modes() == ["block", "delay"])
        self.assertIn("waits", self.bus.locks()[0][1])
        self.session.ctl("preference", "set", "keep-awake=false")
        wait_until(lambda: self.bus.modes() == ["delay"])
        self.session.ctl("preference", "set", "keep-awake=true")
        wait_until(lambda: self.bus.modes() == ["block", "delay"])
        with MailEar(port):
            self.bus.fall_asleep()
            self.bus.wake()
            wait_until(lambda: self.rows()[0]["state"] == "delivered")
            wait_until(lambda: self.bus.modes() == ["delay"])

    def test_what_waits_for_a_person_keeps_nobody_awake(self):
        self.start()
        self.session.ctl("preference", "set", "keep-awake=true")
        with MailEar(free_port(), refuses_login=True) as ear:
            self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={ear.port}",
                             "security=plain", "auth=none", "from=herald@example.org", "to=maker@example.org")
            self.say()
            wait_until(lambda: self.outbox() == {"waiting": 0, "held": 1})
            wait_until(lambda: self.bus.modes() == ["delay"])


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
