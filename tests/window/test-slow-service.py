#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A service that takes five seconds for every answer: the window shows that it waits, and answers its person at once."""

import pathlib
import sys
import time
import unittest

from desk import Desk
from slow_bus import SlowBus

CALL_S = 5
# On a computer that others use, too, where a look alone takes two seconds; a window that waits for a call needs CALL_S and more.
ANSWER_S = 4.5
# Longer than anybody waits for an answer
NEVER_S = 60


class SlowService(unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk("Prusa MK4", "Ender 3", is_open=False))
        self.bus = self.enterContext(SlowBus(self.desk, CALL_S))

    def tearDown(self):
        # Before the bus it is on ends
        if self.desk.window is not None:
            self.desk.close_window()

    def assert_prompt(self, action, what):
        begin = time.monotonic()
        answer = action()
        self.assertLess(time.monotonic() - begin, ANSWER_S, f"{what} took too long")
        return answer

    def test_start_shows_that_it_waits_and_then_everything(self):
        begin = time.monotonic()
        self.desk.open_window(bus=self.bus.address)
        self.desk.find("Looking for the service", limit=ANSWER_S)
        while time.monotonic() - begin < CALL_S:
            self.assert_prompt(self.desk.look, "a look")
        for name in ("Prusa MK4", "Ender 3"):
            self.desk.find_row(name)
        self.assertGreater(time.monotonic() - begin, CALL_S, "the service is not slow at all")

    def test_window_answers_while_the_service_comes_back(self):
        self.bus.seconds = 0
        self.desk.open_window(bus=self.bus.address)
        self.desk.find_row("Prusa MK4")
        self.desk.stop_service()
        self.desk.find_shown("OctoHerald Is Not Running")
        self.bus.calls.clear()
        self.bus.seconds = 3 * CALL_S
        self.desk.start_service()
        self.desk.find_shown("Looking for the service", limit=6 * CALL_S)
        self.assertIn("GetManagedObjects", self.bus.calls)
        self.assert_prompt(self.desk.look, "a look while the service is asked what it has")
        self.bus.seconds = 0
        self.desk.find_row("Prusa MK4")

    def test_every_page_opens_at_once(self):
        self.bus.seconds = 0
        self.desk.open_window(bus=self.bus.address)
        self.desk.find_row("Prusa MK4")
        self.bus.seconds = CALL_S
        for page in ("Messages", "Accounts", "History", "Printers"):
            self.assert_prompt(lambda page=page: self.desk.click(page), page)
            self.assert_prompt(self.desk.look, f"a look at {page}")
        self.assertTrue(self.bus.calls)

    def test_window_closes_while_answers_are_awaited(self):
        self.bus.seconds = 0
        self.desk.open_window(bus=self.bus.address)
        self.desk.find_row("Prusa MK4")
        self.bus.seconds = CALL_S
        self.desk.click("History")
        self.desk.click("Messages")
        begin = time.monotonic()
        self.desk.close_window()
        self.assertLess(time.monotonic() - begin, CALL_S)

    def test_window_closes_while_it_looks_for_the_service(self):
        self.desk.open_window(bus=self.bus.address)
        begin = time.monotonic()
        self.desk.close_window()
        self.assertLess(time.monotonic() - begin, CALL_S)


class SlowHistory(unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk(is_open=False))
        self.desk.ctl("channel", "add", "email", "--name", "Post", "host=127.0.0.1", "port=1", "security=plain",
                      "from=a@example.org", "to=b@example.org")
        self.desk.ctl("send", "--title", "Told", "--text", "Text", "--channels", "post")
        self.bus = self.enterContext(SlowBus(self.desk, 0))
        self.desk.open_window(bus=self.bus.address)
        self.desk.find("Add a Printer")

    def tearDown(self):
        if self.desk.window is not None:
            self.desk.close_window()

    def saved(self, pattern):
        return sorted(pathlib.Path(self.desk.environment["HOME"]).glob(f"**/{pattern}"))

    def wait_for_excuse(self):
        self.desk.wait_until(lambda: any("takes very long to answer" in thing.words for thing in self.desk.look()), "nothing is said",
                             NEVER_S)

    def save(self):
        self.desk.click("Save")
        self.desk.click("Save as a Table (CSV)")

    def test_search_in_vain_can_be_tried_again(self):
        self.bus.seconds = NEVER_S
        self.desk.click("History")
        self.desk.find_shown("takes very long to answer", limit=NEVER_S)
        self.desk.picture("history-failed")
        self.bus.seconds = 0
        self.desk.click("Try Again")
        self.desk.find_row("Told")
        # Nor is the disk to blame for it.
        self.desk.wait_gone("takes very long to answer")
        self.bus.seconds = NEVER_S
        self.save()
        self.wait_for_excuse()
        self.desk.wait_until(lambda: not self.saved(".OctoHerald*"), "half a file is left")
        self.assertEqual(self.saved("OctoHerald*"), [])

    def test_history_is_saved_also_when_the_window_is_closed(self):
        self.desk.click("History")
        self.desk.find_row("Told")
        self.bus.seconds = CALL_S
        self.save()
        self.desk.wait_until(lambda: self.saved(".OctoHerald*.part"), "nothing is written")
        self.assertEqual(self.saved("OctoHerald*"), [], "half a file has the name of a whole one")
        self.desk.close_window()
        self.assertIn("Told", self.saved("OctoHerald*.csv")[0].read_text(encoding="utf-8"))
        self.assertEqual(self.saved(".OctoHerald*"), [])


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
