#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktops that lie, fall silent or talk too much about who sits before them: played by python-dbusmock."""

import os
import pathlib
import signal
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from desk_scene import PYTHON, SEEN, AtTheDesk  # noqa: E402
from herald_session import wait_until  # noqa: E402

MUTTER = ("org.gnome.Mutter.IdleMonitor", "/org/gnome/Mutter/IdleMonitor/Core", "org.gnome.Mutter.IdleMonitor")
KDE = ("org.kde.screensaver", "/ScreenSaver", "org.freedesktop.ScreenSaver")
XFCE = ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver", "org.xfce.ScreenSaver")


class Faults(AtTheDesk):
    desk = {"logind": False}

    def play(self, who, *methods):
        """Has somebody on the session bus who answers so: (name, in, out, code)."""
        with open(os.path.join(self.session.folder, "mock.txt"), "ab") as log:
            process = self.session.spawn([PYTHON, "-m", "dbusmock", "--session", *who], stdout=log, stderr=log)
        wait_until(lambda: self.say(who, "org.freedesktop.DBus.Peer.Ping").returncode == 0)
        for method in methods:
            done = self.say(who, "org.freedesktop.DBus.Mock.AddMethod", who[2], *method)
            self.assertEqual(done.returncode, 0, done.stderr)
        return process

    def say(self, who, method, *arguments):
        return self.session.run(["gdbus", "call", "--session", "-d", who[0], "-o", who[1], "-m", method, *arguments])

    def set_saver(self, on):
        done = self.say(XFCE, "org.freedesktop.DBus.Mock.EmitSignal", XFCE[2], "ActiveChanged", "b",
                        f"[<{str(on).lower()}>]")
        self.assertEqual(done.returncode, 0, done.stderr)

    def assert_told_within(self, seconds):
        self.send()
        self.await_state("delivered", seconds)

    def test_one_that_always_says_that_somebody_is_there_is_not_believed(self):
        self.play(MUTTER, ("GetIdletime", "", "t", "ret = 0"))
        self.assert_told_within(5)
        self.assertEqual(self.presence(), "unknown")

    def test_one_that_says_what_cannot_be_is_not_believed(self):
        self.play(MUTTER, ("GetIdletime", "", "t", "ret = 2**64 - 1"))
        self.assert_told_within(5)

    def test_one_that_answers_in_another_language_is_not_believed(self):
        self.play(MUTTER, ("GetIdletime", "", "s", "ret = 'soon'"))
        self.assert_told_within(5)

    def test_one_that_does_not_answer_is_not_waited_for(self):
        process = self.play(MUTTER, ("GetIdletime", "", "t", "ret = 1000"))
        self.send("First")
        self.assertEqual(self.state(), "pending")
        os.kill(process.pid, signal.SIGSTOP)
        self.addCleanup(os.kill, process.pid, signal.SIGCONT)
        self.await_state("delivered", 30)
        self.assert_told_within(20)

    def test_kde_counts_milliseconds(self):
        self.play(KDE, ("GetSessionIdleTime", "", "u", "ret = 30000"))
        self.send()
        time.sleep(1)
        self.assertEqual(self.state(), "pending")
        self.say(KDE, "org.freedesktop.DBus.Mock.AddMethod", KDE[2], "GetSessionIdleTime", "", "u", "ret = 61000")
        self.await_state("delivered", 20)

    def test_whoever_ends_the_screen_saver_has_seen_it(self):
        self.play(XFCE)
        self.set_saver(True)
        self.await_presence("idle")
        self.send()
        wait_until(lambda: self.state("desktop") == "delivered")
        time.sleep(6)
        self.assertEqual(self.state(), "pending")
        self.set_saver(False)
        self.await_state("superseded")
        self.assertEqual(self.row()["reason"], SEEN)

    def test_a_screen_saver_that_is_not_on_proves_nothing(self):
        self.play(XFCE, ("GetActive", "", "b", "ret = False"))
        self.assert_told_within(5)

    def test_one_that_flickers_does_no_harm(self):
        self.play(XFCE)
        self.set_saver(True)
        self.await_presence("idle")
        self.send()
        for number in range(60):
            self.set_saver(number % 2)
        wait_until(lambda: self.state() in ("superseded", "delivered"))
        self.ctl("status")
        self.ledger()


if __name__ == "__main__":
    import tap
    tap.main()
