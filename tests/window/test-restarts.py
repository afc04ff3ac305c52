#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that is missing, comes, goes and comes back under the open window."""

import sys
import unittest

from desk import Desk

PAGES = ("printers", "messages", "accounts", "history")
ABSENT = "OctoHerald Is Not Running"


class Missing(unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk("Prusa MK4", has_service=False))

    def test_window_says_so_and_shows_what_comes(self):
        # There is nothing on the bus that could be started.
        self.desk.find_shown(ABSENT)
        self.desk.wait_for("could not be started")
        self.desk.click("Start")
        self.desk.wait_for("could not be started")
        self.desk.start_service()
        self.desk.printers[0].add()
        self.desk.find_row("Prusa MK4")


class Startable(unittest.TestCase):
    def test_start_button_starts_it(self):
        desk = self.enterContext(Desk("Prusa MK4", has_service=False, can_start=True))
        desk.wait_until(desk.has_owner, "the window has not started the service")
        desk.wait_gone_from_screen(ABSENT)
        desk.printers[0].add()
        desk.find_row("Prusa MK4")
        desk.ctl("quit")
        desk.find_shown(ABSENT)
        desk.click("Start")
        desk.find_row("Prusa MK4")
        # It is nobody's child here: the desk would not end it.
        desk.ctl("quit")
        desk.wait_until(lambda: not desk.has_owner())


class Restarted(unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk("Prusa MK4", "Ender 3"))
        self.desk.printers[0].print_something()

    def restart(self, kill=False):
        if kill:
            self.desk.service.kill()
            self.desk.service.wait(20)
            self.desk.service = None
        else:
            self.desk.stop_service()
        self.desk.find_shown(ABSENT)
        self.desk.start_service()

    def test_on_every_page(self):
        for number, page in enumerate(PAGES):
            with self.subTest(page):
                self.desk.show_page(page)
                self.desk.wait_calm()
                self.restart(kill=number % 2 == 1)
                self.desk.find_row("Prusa MK4", "benchy.gcode")
                self.desk.find_row("Ender 3")

    def test_nothing_old_is_left(self):
        """What was removed while the window was blind is not there again."""
        self.desk.find_row("Ender 3")
        self.desk.ctl("printer", "remove", self.desk.printers[1].id)
        self.restart()
        self.desk.find_row("Prusa MK4")
        self.assertEqual([thing for thing in self.desk.look() if "Ender 3" in thing.words], [])

    def test_many_times(self):
        for _time in range(5):
            self.desk.stop_service()
            self.desk.start_service()
        self.desk.find_row("Prusa MK4", "benchy.gcode")


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
