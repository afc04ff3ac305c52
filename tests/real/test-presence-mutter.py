#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Mutter, without a screen, says for how long nobody has touched keyboard or mouse."""

import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from desk_scene import SEEN, AtTheDesk  # noqa: E402
from herald_session import wait_until  # noqa: E402


class Mutter(AtTheDesk):
    """It counts how long nobody has touched anything."""

    desk = {"logind": False}

    def setUp(self):
        super().setUp()
        self.session.environment.update({"MUTTER_DEBUG_RESET_IDLETIME": "1", "GSETTINGS_BACKEND": "memory"})
        with open(os.path.join(self.session.folder, "mutter.txt"), "wb") as log:
            self.mutter = self.session.spawn(["mutter", "--headless", "--virtual-monitor", "640x480", "--no-x11",
                                              "--wayland"], stdout=log, stderr=log)
        wait_until(lambda: self.call("GetIdletime").returncode == 0)

    def call(self, method):
        return self.session.run(["gdbus", "call", "--session", "-d", "org.gnome.Mutter.IdleMonitor", "-o",
                                 "/org/gnome/Mutter/IdleMonitor/Core", "-m", f"org.gnome.Mutter.IdleMonitor.{method}"])

    def touch(self):
        done = self.call("ResetIdletime")
        self.assertEqual(done.returncode, 0, done.stderr)


class Touched(Mutter):
    def test_whoever_touches_the_computer_has_seen_it(self):
        self.touch()
        self.send()
        wait_until(lambda: self.state("desktop") == "delivered")
        time.sleep(6)
        self.touch()
        self.await_state("superseded", 20)
        self.assertEqual(self.row()["reason"], SEEN)
        self.assertEqual(self.sink.mails(), [])

    def test_a_mutter_that_ends_knows_nothing_more(self):
        self.touch()
        self.send()
        self.assertEqual(self.state(), "pending")
        self.mutter.kill()
        self.mutter.wait()
        self.await_state("delivered", 10)


class Minutes(Mutter):
    def test_whoever_has_gone_hears_when_the_minute_is_full(self):
        self.touch()
        touched = time.monotonic()
        self.send()
        self.assertEqual(self.state(), "pending")
        self.await_state("delivered", 90)
        self.assertGreater(time.monotonic() - touched, 59)
        self.send("Again")
        self.await_state("delivered", 5)

    def test_it_is_shown_who_is_there(self):
        self.touch()
        self.await_presence("present")
        wait_until(lambda: self.presence() == "idle", 90)
        self.touch()
        self.await_presence("present")
        self.ctl("message", "set", "custom", "away-minutes=0")
        self.mutter.kill()
        self.mutter.wait()
        self.await_presence("unknown")


if __name__ == "__main__":
    import tap
    tap.main()
