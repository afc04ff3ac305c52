#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing a printer in the window: what is saved, marked, tried, taken back, and kept while the service is away."""

import sys
import unittest

from desk import KEY, Desk
from herald_session import LIMIT_S, wait_until

TABS_MAX = 30
PICTURE = "http://127.0.0.1:9/picture"


class PrinterEditor(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk("Prusa MK4"))
        [cls.printer] = cls.desk.printers

    def setUp(self):
        self.open()
        self.addCleanup(self.desk.keys, "Escape")

    def open(self):
        self.desk.click("More Actions")
        self.desk.click("Change…")
        self.shown("Watch This Printer")

    def shown(self, words, role=None):
        return self.desk.wait_until(lambda: next((thing for thing in self.desk.find_all(words, role) if thing.box and thing.box[3] > 0
                                                  and thing.role != "label"), None), f"“{words}” is not on the screen")

    def fill(self, words, text):
        self.desk.point_and_click(self.shown(words))
        self.desk.keys("ctrl+a")
        self.desk.type(text)

    def wait_closed(self):
        self.desk.wait_until(lambda: not self.desk.find_all("Change the Printer", ("frame", "dialog", "window")), "it stays open")

    def settings(self):
        return self.printer.show()

    def test_name_is_saved_by_the_keys(self):
        self.fill("Name – Empty: as in OctoPrint", "<i>Küche</i> & Bad")
        self.desk.keys("ctrl+s")
        self.wait_closed()
        self.assertEqual(self.settings()["name"], "<i>Küche</i> & Bad")

    def test_nothing_is_saved_by_escape(self):
        before = self.settings()["name"]
        self.fill("Name – Empty: as in OctoPrint", "Nobody wants that")
        self.desk.keys("Escape")
        self.wait_closed()
        self.assertEqual(self.settings()["name"], before)

    def test_wrong_address_is_marked_and_told(self):
        self.fill("Address", "not an address @ all")
        self.desk.keys("ctrl+s")
        self.desk.wait_until(lambda: any("address" in thing.words.lower() and "visible" in thing.states and thing.box and thing.box[3] > 0
                                         for thing in self.desk.find_all(role=("alert", "label"))
                                         if "Address" != thing.words), "nothing is told")
        self.shown("Address")
        self.assertEqual(self.settings()["url"], self.printer.url)

    def test_check_now_answers(self):
        self.desk.click("Check Now")
        self.desk.wait_for("signed in as")

    def turn_the_camera(self):
        self.go_to("Mirror Top and Bottom")
        self.desk.keys("space")
        self.desk.wait_until(lambda: (focused := self.focused()) is not None and focused.role == "list item", "no list opens")
        self.desk.keys("Down", "Return")
        wait_until(lambda: "flip-vertically=true" in self.config())

    def test_turning_the_camera_is_tried_and_taken_back(self):
        self.turn_the_camera()
        self.desk.keys("Escape")
        self.wait_closed()
        wait_until(lambda: "flip-vertically=true" not in self.config())

    def test_it_is_taken_back_too_when_everything_is_left_at_once(self):
        self.turn_the_camera()
        self.desk.activate("quit")
        self.desk.window.wait(LIMIT_S)
        wait_until(lambda: "flip-vertically=true" not in self.config())
        self.desk.open_window()

    def test_what_was_typed_anywhere_is_saved(self):
        self.type_after("Check Now", "NOT-THE-KEY-OF-THIS-PRINTER")
        self.type_after("Which Camera", PICTURE)
        self.desk.keys("ctrl+s")
        self.wait_closed()
        self.assertIn(f"snapshot-url={PICTURE}", self.config())
        wait_until(lambda: self.settings()["connection"] == "unauthorized")
        self.desk.ctl("printer", "set", self.printer.id, "snapshot-url=", "--key-file", "-", input=KEY)
        self.printer.wait_for("operational")

    def focused(self):
        """What has the focus in the editor; the window below remembers one of its own."""
        return next((thing for thing in self.desk.look() if "focused" in thing.states
                     and not any(ancestor.name == "OctoHerald" for ancestor in thing.ancestors)), None)

    def go_to(self, words):
        for _press in range(TABS_MAX):
            focused = self.focused()
            if focused is not None and focused.words == words:
                return
            self.desk.keys("Tab")
        raise AssertionError(f"Tab does not lead to “{words}”")

    def type_after(self, words, text):
        """Into the entry after that control: its focus is not told"""
        self.go_to(words)
        self.desk.keys("Tab")
        self.desk.type(text)

    def config(self):
        return self.desk.ctl("config", "export", "-").stdout

    def test_printer_that_was_removed_meanwhile(self):
        self.desk.ctl("printer", "remove", self.printer.id)
        self.addCleanup(lambda: self.printer.add().wait_for("operational"))
        self.desk.keys("ctrl+s")
        self.desk.wait_for("This printer was removed meanwhile. You can add it again.")

    def test_typing_outlives_the_service(self):
        self.fill("Name – Empty: as in OctoPrint", "Patient")
        self.desk.stop_service()
        self.desk.keys("ctrl+s")
        self.desk.wait_for("OctoHerald is not running at the moment.")
        self.desk.start_service()
        self.printer.wait_for("operational")
        self.desk.wait_for("OctoPrint lets OctoHerald in.")
        self.desk.keys("ctrl+s")
        self.wait_closed()
        self.assertEqual(self.settings()["name"], "Patient")


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
