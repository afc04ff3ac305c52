#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window before a real service with two simulated printers, as a screen reader finds it."""

import sys
import time
import unittest

from desk import Desk


class Window(unittest.TestCase):
    """One desk for all; the tests are a story, told in the order of their names."""

    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk("Workshop 1", "Workshop 2", has_service=False, is_welcomed=False, notifications=True))

    def tearDown(self):
        if self.desk.window is not None:
            self.desk.picture(self.id().rpartition(".test_")[2])

    def test_a_says_that_the_service_is_absent(self):
        self.desk.wait_for("OctoHerald Is Not Running", "Start")

    def test_b_says_what_to_do_first(self):
        self.desk.start_service()
        self.desk.click("Skip")
        self.desk.wait_for("No Printers Yet", "Add a Printer")

    def test_c_shows_new_printers(self):
        for printer in self.desk.printers:
            printer.add()
            self.desk.find_row(printer.name, "Ready")

    def test_d_follows_a_print(self):
        self.desk.printers[0].print_something(seconds=40)
        self.desk.find_row("Workshop 1", "Printing", "benchy.gcode", "%")
        self.desk.find_row("Workshop 2", "Ready")
        self.desk.wait_until(lambda: any(thing.value for thing in self.desk.find_all("Progress of the print")), "it does not go on")

    def test_e_shows_what_was_told(self):
        self.desk.click("History")
        self.desk.wait_until(lambda: any("Workshop 1" in thing.name and "Delivered" in thing.name for thing in self.desk.look()))

    def test_f_says_what_is_wrong(self):
        self.desk.click("Printers")
        self.desk.ctl("printer", "set", self.desk.printers[1].id, "url=http://127.0.0.1:9")
        # A key belongs to its address: with another one the service has none.
        self.desk.find_row("Workshop 2", "No password or key")

    def test_g_forgets_a_removed_printer(self):
        self.desk.ctl("printer", "remove", self.desk.printers[1].id)
        self.desk.wait_gone("Workshop 2,")

    def test_h_comes_back_with_the_service(self):
        self.desk.stop_service()
        self.desk.wait_gone("Workshop 1,")
        self.desk.start_service()
        self.desk.find_row("Workshop 1")

    def test_i_ends_with_its_window(self):
        self.desk.keys("ctrl+w")
        deadline = time.monotonic() + 20
        while self.desk.window.poll() is None:
            self.assertLess(time.monotonic(), deadline, "the program goes on without a window")
            time.sleep(0.1)
        self.desk.close_window()


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
