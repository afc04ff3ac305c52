#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Names from outside: markup, a novel, emoji alone, right to left, marks without letters. Shown as they are, and the window stays as it is."""

import sys
import unittest

from desk import KEY, Desk
from herald_session import CTL

NAMES = (
    "<b>Bold</b> & <span size='9999'>big</span> &amp; _under_",
    "🦑🖨️🔥👩‍👩‍👧‍👦",
    "מדפסת תלת־ממד של דנה",
    "\u202eesrever si siht",
    "e" + "\u0301" * 300 + "lan",
    "word " * 2000,
    "W" * 10000,
    "'\"; -- %s %n ${name} {file}",
)
PAGES = ("printers", "messages", "accounts", "history")
FILES = ("<i>part & 'lid'.gcode", "חלק_קטן.gcode", "L" * 200 + ".gcode")
WIDTH, HEIGHT = 420, 620
# It turns the rest of a line round, so that it reads as what it is not.
OVERRIDE = "\u202e"


class HostileNames(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.desk = cls.enterClassContext(Desk(*NAMES, is_known=False, is_open=False, width=WIDTH, height=HEIGHT))
        for printer in cls.desk.printers:
            # Some names are refused, and that is as well.
            cls.desk.run([CTL, "printer", "add", "--name", printer.name, "--url", printer.url, "--key-file", "-"], input=KEY)
        cls.desk.open_window()

    def known_names(self):
        return [entry["name"] for entry in self.desk.ctl_json("printer", "list")["printers"]]

    def size(self):
        shell = self.desk.run(["xdotool", "getwindowgeometry", "--shell", self.desk.window_id()]).stdout
        values = dict(line.split("=") for line in shell.split())
        return int(values["WIDTH"]), int(values["HEIGHT"])

    def test_names_are_shown_as_they_are_and_turn_nothing_round(self):
        self.desk.wait_calm()
        said = "\n".join(thing.words for thing in self.desk.look())
        self.assertGreaterEqual(len(self.known_names()), 4)
        self.assertTrue(any(OVERRIDE in name for name in self.known_names()))
        self.assertNotIn(OVERRIDE, said)
        for name in self.known_names():
            self.assertIn(name.replace(OVERRIDE, "")[:20], said)
        self.assertIn("<b>Bold</b>", said)

    def test_no_page_makes_the_window_wider(self):
        for page in PAGES:
            self.desk.show_page(page)
            self.desk.wait_calm()
            self.desk.picture("hostile-" + page)
            self.assertEqual(self.size(), (WIDTH, HEIGHT), page)

    def test_names_of_files_are_shown_as_they_are(self):
        self.desk.show_page("printers")
        self.desk.wait_until(lambda: all(entry["connection"] == "connected" for entry in self.desk.ctl_json("printer", "list")["printers"]))
        for printer, file in zip(self.desk.printers, FILES):
            printer.play("print", file=file, seconds=600, outcome="done")
        for file in FILES[:2]:
            self.desk.wait_for(file)
        self.desk.wait_calm()
        self.assertEqual(self.size(), (WIDTH, HEIGHT))


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
