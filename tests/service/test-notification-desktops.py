#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real notification servers, dunst and xfce4-notifyd, with a simulated printer: what is shown, and real clicks on it.

    PICTURES=FOLDER test-notification-desktops.py      keeps pictures of it
"""

import os
import pathlib
import shutil
import sys
import time
import unittest

from herald_session import wait_until
from notification_scene import NotificationSession

XFCE_SERVER = "/usr/lib/{}/xfce4/notifyd/xfce4-notifyd"

# Chooses the entry of the menu of buttons that a test has asked for
CHOOSER = """#!/bin/sh
grep -F -m 1 "$(cat {choice})"
"""


class DesktopSession(NotificationSession):
    """A screen and a real server."""

    def __init__(self):
        super().__init__(starts_server=False, keyring=True)
        self.wanted = (True, True, False)
        self.environment["GTK_THEME"] = "Adwaita"

    def start(self, command):
        process = self.spawn(command, stdout=self._quiet("server"), stderr=self._quiet("server"))
        self._wait_for_name("org.freedesktop.Notifications", process)
        return process

    def take_picture(self, name):
        """Kept if somebody wants to see it."""
        folder = os.environ.get("PICTURES")
        if folder is None:
            return
        path = pathlib.Path(folder, name)
        time.sleep(1)
        self.run(["import", "-window", "root", "-crop", "660x220+620+0", "-trim", "+repage", str(path)])


class Desktop(unittest.TestCase):
    """What every server must do; `click` is its own."""

    command = None

    def setUp(self):
        self.session = self.enterContext(DesktopSession())
        self.ctl = self.session.ctl
        self.server = self.start_server()
        self.session.add_printer()
        self.ctl("message", "set", "print-progress", "step=25", "spacing=0", "min-print=0", "minutes=0")
        self.session.play("print", file="benchy.gcode", seconds=300, outcome="done")
        self.wait_for_row("print-started")
        wait_until(lambda: self.session.printer()["state"] == "printing")

    def start_server(self):
        return self.session.start(self.command)

    def wait_for_row(self, kind, number=1):
        return wait_until(lambda: (rows := self.session.history(kind=kind, state="delivered"))[number - 1:] and rows[0])

    def pause_and_resume_by_clicks(self):
        self.session.play("advance", seconds=130)
        progress = self.wait_for_row("print-progress")
        self.assertEqual(progress["remote_id"], self.wait_for_row("print-started")["remote_id"])
        self.assertEqual(progress["picture"], "snapshot", progress["note"])
        self.session.take_picture(f"notification-progress-{self.name}.png")

        self.click("Pause")
        paused = self.wait_for_row("print-paused")
        self.assertNotEqual(paused["remote_id"], progress["remote_id"])
        self.assertEqual(self.count(), 1)
        self.session.take_picture(f"notification-buttons-{self.name}.png")

        wait_until(lambda: self.session.printer()["state"] == "paused")
        self.click("Resume")
        self.wait_for_row("print-resumed")
        wait_until(lambda: self.session.printer()["state"] == "printing")


class Dunst(Desktop):
    name = "dunst"

    def start_server(self):
        folder = pathlib.Path(self.session.folder)
        self.choice = folder / "choice"
        chooser = folder / "chooser"
        chooser.write_text(CHOOSER.format(choice=self.choice), encoding="utf-8")
        chooser.chmod(0o755)
        config = folder / "dunstrc"
        config.write_text(f"[global]\ndmenu = {chooser}\n", encoding="utf-8")
        return self.session.start(["dunst", "-conf", str(config)])

    def click(self, label):
        self.choice.write_text(label, encoding="utf-8")
        self.session.run(["dunstctl", "context"])

    def count(self):
        return int(self.session.run(["dunstctl", "count", "displayed"]).stdout)

    def test_dunst_shows_one_notification_with_a_gauge_and_buttons(self):
        self.pause_and_resume_by_clicks()

    def test_dunst_keeps_quiet_and_the_history_says_so(self):
        self.session.run(["dunstctl", "set-paused", "true"])
        self.ctl("printer", "pause", "bench")
        row = self.wait_for_row("print-paused")
        self.assertIn("Do not disturb", row["reason"])
        self.session.run(["dunstctl", "set-paused", "false"])

    def test_dunst_that_was_killed_is_followed_by_another(self):
        self.server.kill()
        self.server.wait(10)
        self.ctl("send", "--title", "Missed", "--text", "words")
        wait_until(lambda: self.session.history(title="Missed", state="deferred"))
        self.start_server()
        wait_until(lambda: self.session.history(title="Missed", state="delivered"))
        self.assertTrue(self.session.shown("Missed"))


class Xfce(Desktop):
    name = "xfce"

    # In which part of its window a button is: "Open", which is the click beside the buttons, is the first.
    places = {"Open": 0, "Pause": 1, "Resume": 1, "Mute": 2, "Snooze": 2}

    def start_server(self):
        machine = os.uname().machine
        found = shutil.which("xfce4-notifyd") or XFCE_SERVER.format(f"{machine}-linux-gnu")
        return self.session.start([found])

    def windows(self):
        found = self.session.run(["xdotool", "search", "--onlyvisible", "--class", "xfce4-notifyd"]).stdout.split()
        shown = []
        for window in found:
            lines = self.session.run(["xdotool", "getwindowgeometry", "--shell", window]).stdout.splitlines()
            place = dict(line.split("=") for line in lines)
            if int(place.get("WIDTH", 0)) > 100:
                shown.append(place)
        return shown

    def count(self):
        wait_until(lambda: len(self.windows()) == 1)
        return 1

    def click(self, label):
        place = wait_until(self.windows)[0]
        x = int(place["X"]) + int(place["WIDTH"]) * (0.2 + 0.3 * self.places[label])
        y = int(place["Y"]) + int(place["HEIGHT"]) - 31
        time.sleep(1)
        self.session.run(["xdotool", "mousemove", str(int(x)), str(int(y)), "click", "1"])
        self.session.run(["xdotool", "mousemove", "5", "700"])

    def test_xfce_shows_one_notification_with_its_words_and_buttons(self):
        self.pause_and_resume_by_clicks()


if __name__ == "__main__":
    del Desktop
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
