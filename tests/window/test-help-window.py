#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Help is found: pages by their words, words in a page, and the way back."""

import sys
import unittest

from desk import Desk

# In the pages of help/help-topics.c only two tell of it.
RARE = "greylist"


class Help(unittest.TestCase):
    options = {}

    def setUp(self):
        self.desk = self.enterContext(Desk(**self.options))
        self.desk.open_by_keys("F1")
        self.desk.find("Messages", "list item")

    def topics(self):
        return [row.name for row in self.desk.find_all(role="list item") if row.top.name in self.desk.say("Help")]

    def is_in_search(self):
        thing = self.desk.focused()
        names = (thing.name, *(around.name for around in thing.ancestors)) if thing is not None else ()
        return any(name in self.desk.say("Words to look for") for name in names)

    def seek(self, words):
        self.desk.keys("ctrl+f")
        self.desk.wait_until(self.is_in_search)
        self.desk.keys("ctrl+a")
        self.desk.type(words)

    def test_pages_are_found_by_their_words(self):
        every = len(self.topics())
        self.assertGreater(every, 10)
        self.seek(RARE)
        self.desk.wait_until(lambda: 0 < len(self.topics()) < every / 2)
        self.seek(RARE.upper())
        self.desk.wait_until(lambda: 0 < len(self.topics()) < every / 2)
        self.seek("there is no such word")
        self.desk.wait_for("Nothing Found")
        # The words first, then the window
        self.desk.keys("Escape")
        self.desk.wait_until(lambda: len(self.topics()) == every)
        self.desk.keys("Escape")
        self.desk.wait_until(lambda: self.desk.front() == "OctoHerald")

    def test_way_back_leads_to_what_was_found(self):
        self.seek(RARE)
        self.desk.wait_until(lambda: 0 < len(self.topics()) < 5)
        found = self.topics()
        self.desk.point_and_click(self.desk.find(found[0], "list item"))
        self.desk.click("Back")
        self.desk.wait_until(lambda: self.topics() == found)


class GermanHelp(Help):
    """What is looked for is a word of the language."""

    options = {"language": "de"}

    def test_page_is_in_the_language_of_the_window(self):
        self.seek("Zugriff")
        self.desk.wait_until(lambda: 0 < len(self.topics()) < 20)
        self.seek("")
        self.desk.point_and_click(self.desk.find("Start in five minutes", "list item"))
        said = " ".join(self.desk.wait_for("OctoPrint um Zugriff bitten"))
        self.assertNotIn("Ask OctoPrint for Access", said)


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
