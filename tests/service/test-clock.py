#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A sleep that nobody tells of, as in a sandbox: the time since boot runs ahead of the time awake."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time
import unittest

from herald_session import SERVICE, HeraldSession, wait_until
from login_manager import SystemBus
from loopback import free_port
from mail_ear import MailEar

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
SLEPT = "This computer was asleep for"
TICK_S = 5


class Scene(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(HeraldSession(display=False, notifications=False, service=None))
        self.slept = 0
        self.file = pathlib.Path(self.session.folder, "slept")
        self.sleep(0)

    def sleep(self, seconds):
        self.slept += seconds
        new = self.file.with_suffix(".new")
        new.write_text(str(self.slept), encoding="ascii")
        new.rename(self.file)

    def start(self):
        self.session.environment.update(LD_PRELOAD=os.environ["SLEEPING_CLOCK_LIBRARY"], SLEEPING_CLOCK=str(self.file))
        self.session.start_service()
        for name in ("LD_PRELOAD", "SLEEPING_CLOCK"):
            del self.session.environment[name]

    def sleeps(self):
        return [int(line.split(SLEPT)[1].split()[0]) for line in self.session.log().splitlines() if SLEPT in line]


class Alone(Scene):
    def test_sleep_is_noticed_within_some_seconds_and_once(self):
        self.start()
        for seconds in (8 * 3600, 11):
            before = len(self.sleeps())
            self.sleep(seconds)
            wait_until(lambda before=before: len(self.sleeps()) > before, TICK_S + 2)
            time.sleep(TICK_S + 1)
            self.assertEqual(self.sleeps()[before:], [seconds])

    def test_a_moment_is_no_sleep(self):
        self.start()
        for _number in range(2):
            self.sleep(6)
            time.sleep(TICK_S + 1)
        self.assertEqual(self.sleeps(), [])

    def test_printer_and_mail_go_on_at_once(self):
        self.start()
        demo = self.session.spawn([DEMO, "--printers", "1", "--idle", "--bare", "--json", "--key", KEY], stdout=-1, text=True)
        self.addCleanup(demo.stdout.close)
        url = None
        while url is None:
            line = json.loads(demo.stdout.readline())
            url = line.get("url") if "printer" in line else None
        self.session.ctl("printer", "add", "--name", "Demo", "--url", url, "--key-file", "-", input=KEY)
        connection = lambda: self.session.ctl_json("status")["printers"][0]["connection"]  # noqa: E731
        wait_until(lambda: connection() == "connected")
        port = free_port()
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={port}", "security=plain",
                         "from=a@example.org", "to=b@example.org")
        self.session.ctl("send", "--text", "Hello", "--channels", "mail")
        state = lambda: self.session.ctl_json("history", "--limit", "1")["messages"][0]["state"]  # noqa: E731
        wait_until(lambda: state() == "deferred")
        seen = subprocess.Popen([os.environ["OCTOHERALDCTL"], "status", "--watch", "--json"], stdout=subprocess.PIPE,
                                env=self.session.environment, text=True)
        self.addCleanup(seen.stdout.close)
        self.addCleanup(seen.wait)
        self.addCleanup(seen.terminate)
        with MailEar(port) as ear:
            self.sleep(600)
            wait_until(lambda: len(ear.mails) == 1, TICK_S + 5)
        while json.loads(seen.stdout.readline())["printers"][0]["connection"] == "connected":
            pass
        wait_until(lambda: connection() == "connected", 10)


class WithLogind(Scene):
    def setUp(self):
        super().setUp()
        self.bus = SystemBus(self.session).start()
        self.bus.start_login()
        self.start()
        wait_until(self.bus.modes)

    def test_logind_first_and_the_clock_has_nothing_to_add(self):
        self.bus.fall_asleep()
        wait_until(lambda: not self.bus.modes())
        self.sleep(3600)
        self.bus.wake()
        wait_until(self.sleeps)
        time.sleep(2 * TICK_S + 1)
        self.assertEqual(self.sleeps(), [3600])

    def test_clock_first_and_logind_has_nothing_to_add(self):
        self.bus.fall_asleep()
        wait_until(lambda: not self.bus.modes())
        self.sleep(3600)
        time.sleep(TICK_S + 1)
        self.assertEqual(self.sleeps(), [], "it may be awake only to hibernate")
        self.bus.wake()
        wait_until(self.bus.modes)
        time.sleep(TICK_S + 1)
        self.assertEqual(self.sleeps(), [3600])


class NoSleep(Scene):
    def test_time_namespace_whose_clocks_differ_from_the_beginning(self):
        """So it is in containers that were moved; days of difference are no sleep."""
        command = ["unshare", "--time", "--fork", "--boottime", str(100 * 86400)]
        if os.geteuid() != 0:
            command[1:1] = ["--user", "--map-root-user"]
        uptime = subprocess.run([*command, "cat", "/proc/uptime"], stdout=subprocess.PIPE, text=True, check=True,
                                timeout=20).stdout
        self.assertGreater(float(uptime.split()[0]), 100 * 86400, "there is such a namespace")
        with open(os.path.join(self.session.folder, "service.txt"), "ab") as log:
            unshared = self.session.spawn([*command, "--kill-child=TERM", SERVICE], stdout=log, stderr=log)
        wait_until(self.session.has_owner)
        time.sleep(2 * TICK_S + 1)
        self.assertEqual(self.sleeps(), [])
        self.session.ctl("quit")
        self.assertEqual(unshared.wait(10), 0)

    def test_program_that_was_stopped(self):
        self.start()
        self.session.service.send_signal(signal.SIGSTOP)
        time.sleep(12)
        self.session.service.send_signal(signal.SIGCONT)
        time.sleep(TICK_S + 1)
        self.assertEqual(self.sleeps(), [])


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
