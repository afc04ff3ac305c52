#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon and its menu in real panels, with a real mouse; what a click does is asked of the simulated printer.

    test-panels.py OnXfce      or OnLxqt, OnPlasma, OnGnomeShell
"""

import os
import pathlib
import sys
import time
import unittest

from desktops import GnomeShell, Plasma
from herald_session import wait_until
from panels import DARK, Lxqt, Xfce
from tray_scene import TrayTest


class Journeys:
    """What people do with the icon, with one printer."""

    # What of the tooltip a panel shows is the panel's business, and one shows nothing.
    has_tooltip = True

    def setUp(self):
        self.session, self.panel, self.screen = self.scene.session, self.scene.panel, self.scene.screen
        self.reader, self.printer = self.scene.reader, self.scene.printers[0]
        self.addCleanup(self.screen.away)
        self.addCleanup(self.panel.close_menu)

    def print_something(self):
        self.printer.print_something()
        self.addCleanup(self.printer.cancel)
        # The last line that a print brings
        self.scene.wait_for_line("Done at")
        wait_until(lambda: self.reader.find("Pause").is_enabled)

    def muted_until(self):
        return self.session.ctl_json("status")["muted_until"]

    def keep_picture(self, name):
        """For the eyes of who has made the icon; into the folder OCTOHERALD_PICTURES."""
        folder = os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            self.screen.save(pathlib.Path(folder, f"{self.kind.name}-{self.shade}-{name}.png".replace(" ", "-").lower()))

    def test_icon_is_shown_and_said_to_be(self):
        wait_until(lambda: self.reader.state()[0] == "shown")
        self.assertIn("panel", self.reader.state()[1])
        self.assertGreaterEqual(min(self.scene.icon.width, self.scene.icon.height), 12)

    def test_tooltip_is_shown(self):
        if not self.has_tooltip:
            self.assertTrue(self.reader.item("ToolTip")[2])
            return
        self.screen.away()
        before = self.screen.calm()
        self.screen.point(self.scene.icon)
        box = self.screen.wait_for_change(before, self.panel.below)
        self.keep_picture("tooltip")
        self.assertGreater(box.width, 40)
        self.assertIn("Workshop", self.reader.item("ToolTip")[2])
        self.assertTrue(self.reader.menu().children[0].label.startswith(self.reader.item("ToolTip")[2]))

    def test_menu_begins_with_how_the_printer_is(self):
        self.print_something()
        menu = self.scene.open_menu_with("Pause")
        self.keep_picture("menu")
        headline = menu.lines[0][0]
        self.assertTrue(headline.label.startswith("Workshop: "), headline)
        self.assertIn("rinting", headline.label)
        self.assertTrue(menu.is_grey("Workshop: "))

    def test_print_is_paused_and_resumed_by_clicks(self):
        self.print_something()
        self.scene.open_menu_with("Pause").click("Pause")
        self.printer.wait_for("paused")
        wait_until(lambda: self.reader.find("Resume").is_enabled)
        menu = self.scene.open_menu_with("Resume")
        self.keep_picture("paused")
        menu.click("Resume")
        self.printer.wait_for("printing")

    def test_print_is_cancelled_after_a_question(self):
        self.print_something()
        question = self.scene.open_menu().open("Cancel this print")
        self.keep_picture("cancel")
        self.assertTrue(question.is_grey("“benchy.gcode”"))
        self.assertEqual(self.printer.show()["state"], "printing")
        question.click("Yes")
        self.printer.wait_for("operational")
        # What cannot be done now is grey.
        wait_until(lambda: not self.reader.find("Cancel this print").is_enabled)
        self.assertTrue(self.scene.open_menu().is_grey("Cancel this print"))

    def test_muting_lasts_an_hour(self):
        self.assertFalse(self.muted_until())
        self.scene.open_menu().open("Mute everything").click("For 1 hour")
        wait_until(self.muted_until)
        self.scene.wait_for_line("Muted until")
        muted = self.scene.open_menu()
        self.keep_picture("muted")
        muted.open("Muted until").click("Unmute")
        wait_until(lambda: not self.muted_until())
        # The icon has its bar until the panel is told, and the next test remembers what it looks like.
        self.scene.wait_for_line("Mute everything")

    def test_menu_that_is_open_while_the_print_goes_on_still_obeys(self):
        self.print_something()
        menu = self.scene.open_menu_with("Pause")
        before = self.reader.menu().children[0].label
        self.printer.play("/demo/advance", seconds=60)
        wait_until(lambda: self.reader.menu().children[0].label != before)
        # Updates come once a second; one more.
        time.sleep(1.5)
        menu.click("Pause")
        self.printer.wait_for("paused")

    def test_panel_that_is_killed_and_comes_back_has_the_icon_again(self):
        before = self.screen.calm(self.panel.area)
        self.panel.kill()
        if self.panel.tells_when_gone:
            wait_until(lambda: self.reader.state()[0] != "shown")
            self.assertIn(self.reader.state()[0], ("absent", "hidden"))
        self.panel.start()
        wait_until(lambda: self.reader.state()[0] == "shown")
        self.screen.away()
        self.screen.wait_for_return(before, self.scene.icon)
        self.print_something()
        self.scene.open_menu_with("Pause").click("Pause")
        self.printer.wait_for("paused")


class OnXfce(Journeys, TrayTest):
    kind = Xfce


class OnLxqt(Journeys, TrayTest):
    kind = Lxqt


class OnPlasma(Journeys, TrayTest):
    kind = Plasma


class OnGnomeShell(Journeys, TrayTest):
    kind = GnomeShell
    shade = DARK
    has_tooltip = False


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
