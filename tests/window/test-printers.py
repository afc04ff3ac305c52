#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cards of the printers before the real service and the simulator: looked at, told, removed, put back."""

import os
import pathlib
import time
import unittest

from desk import Desk
from herald_session import LIMIT_S

CARD = "list item"
QUESTION = "Really cancel? What has been printed so far is lost."


class Cards(unittest.TestCase):
    NAMES = ()

    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk(*cls.NAMES, height=800))

    def cards(self):
        """Names of the printers, in the order of the keyboard"""
        said = [thing.name.partition(",")[0] for thing in self.desk.find_all(role=CARD)]
        return [name for name in said if name in self.desk.names]

    def wait_for_cards(self, *names, limit=LIMIT_S):
        self.desk.wait_until(lambda: self.cards() == list(names), f"the order is not {names}", limit)

    def known(self):
        return {printer["id"] for printer in self.desk.ctl_json("printer", "list")["printers"]}

    def menu(self, *items):
        """The menu of the first card"""
        self.desk.click("More Actions")
        for item in items:
            self.desk.click(item)


class One(Cards):
    """One printer, told by mouse and by keyboard; the tests are a story, told in the order of their names."""

    NAMES = ("Ada",)

    def begin_print(self):
        if self.desk.printers[0].show()["state"] == "operational":
            self.desk.printers[0].print_something()
        self.desk.find_row("Ada", "Printing", "benchy.gcode", "%", "left")

    def test_a_print_is_paused_and_resumed(self):
        self.begin_print()
        self.desk.click("Pause")
        self.desk.printers[0].wait_for("paused")
        self.desk.find_row("Ada", "Paused")
        self.desk.click("Resume")
        self.desk.printers[0].wait_for("printing")
        self.desk.find_row("Ada", "Printing")

    def test_b_cancelling_is_asked_for_and_can_be_thought_over(self):
        self.begin_print()
        self.desk.click("Cancel")
        self.desk.find(QUESTION)
        self.desk.click("Keep Printing")
        self.desk.find_shown("Pause")
        self.assertEqual(self.desk.printers[0].show()["state"], "printing")
        self.desk.click("Cancel")
        self.desk.click("Cancel the Print")
        self.desk.printers[0].wait_for("operational", "cancelling")
        self.desk.find_row("Ada", "Ready")

    def test_a_slicers_picture_can_be_had(self):
        self.begin_print()
        picture = self.desk.run([os.environ["OCTOHERALDCTL"], "printer", "thumbnail", self.desk.printers[0].id, "--output", "thumbnail.png"])
        self.assertEqual(picture.returncode, 0, picture.stderr)
        head = pathlib.Path(self.desk.folder, "thumbnail.png").read_bytes()[:4]
        self.assertIn(head, (b"\x89PNG", b"\xff\xd8\xff\xe0"))

    def wait_for_focus(self, name):
        self.desk.wait_until(lambda: (focus := self.desk.focused()) and focus.name == name, f"“{name}” has no focus")

    def tab_to(self, name):
        for _press in range(20):
            focus = self.desk.focused()
            if focus is not None and focus.name == name:
                return
            self.desk.keys("Tab")
            time.sleep(0.1)
        self.fail(f"Tab does not lead to “{name}”")

    def test_c_keyboard_alone_pauses_and_cancels(self):
        self.begin_print()
        printer = self.desk.printers[0]
        self.desk.activate("show-printer", f"<'{printer.id}'>")
        self.desk.wait_until(lambda: (focus := self.desk.focused()) and focus.name.startswith("Ada,"), "the card has no focus")
        self.tab_to("Pause")
        self.desk.keys("space")
        printer.wait_for("paused")
        self.tab_to("Cancel")
        self.desk.keys("Return")
        # Whoever presses it twice has kept it.
        self.wait_for_focus("Keep Printing")
        self.desk.keys("Escape")
        self.wait_for_focus("Cancel")
        self.assertEqual(printer.show()["state"], "paused")
        self.desk.keys("Return")
        self.wait_for_focus("Keep Printing")
        self.tab_to("Cancel the Print")
        self.desk.keys("Return")
        printer.wait_for("operational", "cancelling")
        self.desk.find_row("Ada", "Ready")

    def test_d_picture_is_shown_large(self):
        self.desk.click("Picture of the camera, show it larger")
        self.desk.find("Picture of the printer")
        self.desk.keys("Escape")
        self.desk.wait_gone("Picture of the printer")

    def test_e_switched_off_printer_is_watched_again(self):
        self.menu("Watch This Printer")
        self.desk.find_row("Ada", "Switched off")
        self.desk.click("Watch Again")
        self.desk.find_row("Ada", "Ready")

    def test_f_printer_that_is_added_again_has_a_card_again(self):
        [before] = self.known()
        self.menu("Remove")
        # The offer stays while the keyboard is at it.
        self.desk.find("“Ada” removed")
        self.desk.keys("F10", "Escape")
        self.desk.wait_until(lambda: not self.known(), "the offer to put it back does not end", LIMIT_S)
        self.desk.printers[0].add()
        self.assertEqual(self.known(), {before})
        self.wait_for_cards("Ada")


class Some(Cards):
    """Three of them, in order, until two of them are gone"""

    NAMES = ("Ada", "Bert", "Cleo")

    def test_a_worst_comes_first_and_waits_for_the_pointer(self):
        self.wait_for_cards("Ada", "Bert", "Cleo")
        self.desk.printers[1].print_something()
        self.wait_for_cards("Bert", "Ada", "Cleo")
        self.desk.point_and_click(self.desk.find("Bert", "label"))
        self.desk.printers[2].play("fault", fault="refuse", seconds=900)
        self.desk.find_row("Cleo", "Not reachable")
        time.sleep(2.5)
        self.assertEqual(self.cards(), ["Bert", "Ada", "Cleo"], "they jumped below the pointer")
        self.desk.point_and_click(self.desk.find("3 printers · 1 printing · 1 needs you", "label"))
        self.wait_for_cards("Cleo", "Bert", "Ada")
        self.desk.find("Check Now", "push button")
        self.desk.find("Change Address", "push button")

    def test_b_removed_printer_can_be_put_back(self):
        # The offer is there for twelve seconds, in which a busy computer does not much.
        self.menu("Remove")
        self.desk.click("Undo")
        self.wait_for_cards("Cleo", "Bert", "Ada")
        self.assertEqual(len(self.known()), 3)

    def test_c_removed_printers_are_gone_when_the_window_closes(self):
        self.menu("Remove")
        self.wait_for_cards("Bert", "Ada")
        self.menu("Remove")
        self.desk.close_window()
        self.desk.wait_until(lambda: self.known() == {self.desk.printers[0].id}, "they are still there")


class Many(Cards):
    NAMES = tuple(f"Printer {number}" for number in range(1, 11))

    def test_cards_are_folded_and_unfold(self):
        self.wait_for_cards(*self.NAMES)
        self.assertFalse(self.desk.find_all("Chart of the temperatures"))
        self.desk.click("Show More")
        self.desk.find("Show Less")
        self.desk.find("Chart of the temperatures")


if __name__ == "__main__":
    import tap
    tap.main()
