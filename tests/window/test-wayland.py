#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window on Wayland, in a real sway, by keys alone."""

import sys
import unittest

from wayland_desk import WaylandDesk
from wayland_panel import as_ordinary_user
from window_driver import WINDOW_NAME


class OnWayland(unittest.TestCase):
    """One desk for all; the tests are a story, told in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(WaylandDesk("Workshop 1"))

    def tearDown(self):
        if self.desk.window is not None:
            self.desk.picture("wayland-" + self.id().rpartition(".test_")[2])

    def test_a_belongs_to_its_desktop_file(self):
        window, = self.desk.windows()
        self.assertEqual((window["app_id"], window["name"]), (WINDOW_NAME, "OctoHerald"))

    def test_b_follows_a_print(self):
        self.desk.printers[0].print_something(seconds=400)
        self.desk.find_row("Workshop 1", "Printing", "benchy.gcode", "%")

    def test_c_shows_all_pages_by_keys(self):
        for number, words in (("2", "Print started"), ("3", "Add an Account…"), ("4", "Filter"), ("1", "Workshop 1")):
            self.desk.keys("alt+" + number)
            self.desk.find_shown(words)

    def test_d_is_as_narrow_as_a_phone(self):
        self.desk.resize(360, 640)
        self.desk.wait_until(lambda: self.desk.windows()[0]["rect"]["width"] == 360, "it does not become narrow")
        self.desk.find_row("Workshop 1", "Printing")

    def test_e_takes_what_is_typed(self):
        self.desk.keys("alt+4")
        self.desk.find_shown("Filter")
        self.desk.keys("ctrl+f")
        self.desk.type("nothing has these words")
        self.desk.find_shown("Nothing Found")

    def test_f_ends_with_its_window(self):
        self.desk.keys("ctrl+w")
        self.desk.close_window()


if __name__ == "__main__":
    as_ordinary_user()
    import tap
    sys.exit(tap.main())
