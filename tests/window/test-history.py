#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the history: a message is found, looked into, sent again, discarded and saved; test-history-many.py does it with a hundred thousand."""

import csv
import pathlib
import unittest

from desk import Desk, wait_until

NARROW = 360
CLICKS_MAX = 3


def open_details(desk, start):
    """A list that is just being filled anew may take a click for another row's, or for nobody's."""
    for _click in range(CLICKS_MAX):
        desk.point_and_click(desk.find_row(start))
        if desk.comes_to_front("Message"):
            return
    raise AssertionError(f"no click opens {start}")


class History(unittest.TestCase):
    def desk(self, *names, **more):
        return self.enterContext(Desk(*names, notifications=True, **more))

    def add_mail(self, desk, **more):
        settings = {"host": "127.0.0.1", "port": desk.mail_port, "security": "plain", "from": "a@example.org",
                    "to": "ada@example.org", **more}
        desk.ctl("channel", "add", "email", "--name", "Post", *(f"{key}={value}" for key, value in settings.items()))

    def test_message_is_found_looked_into_and_sent_again(self):
        """A mail server that is away at first"""
        desk = self.desk("Ada", page="history")
        self.add_mail(desk, port=1)
        desk.wait_for("Nothing Was Told Yet")
        desk.ctl("send", "--title", "Nozzle <b>café</b>", "--text", "Text & more", "--channels", "post")
        desk.ctl("send", "--title", "Another", "--text", "Nothing of it", "--channels", "desktop")
        desk.find_row("Nozzle <b>café</b>")
        desk.find_row("Another")
        desk.wait_for("2 messages")
        desk.keys("ctrl+f")
        desk.type("CAF")
        desk.wait_for("1 message found")
        desk.wait_gone("Nothing of it")
        open_details(desk, "Nozzle <b>café</b>")
        desk.wait_for("Will be tried again", "Tried ", "Post, to ada@example.org")
        desk.picture("history-details")
        desk.click("Send Again")
        desk.wait_for("It is sent now")
        desk.ctl("channel", "set", "post", f"port={desk.mail_port}")
        desk.wait_for("Delivered")
        desk.keys("Escape")
        desk.find_row("Nozzle <b>café</b>", "Delivered")

    def test_discarded_message_can_be_put_back(self):
        desk = self.desk("Ada", page="history")
        self.add_mail(desk, port=1)
        desk.ctl("send", "--title", "Unwanted", "--text", "Text", "--channels", "post")
        open_details(desk, "Unwanted")
        desk.wait_for("Will be tried again")
        desk.click("Discard")
        desk.wait_for("Discarded", "The message is not sent")
        self.assertEqual([row["state"] for row in desk.ctl_json("history")["messages"]], ["cancelled"])
        desk.click("Undo")
        desk.wait_for("The message waits again as it did before", "Will be tried again")
        desk.keys("Escape")
        desk.find_row("Unwanted", "Will be tried again")
        self.assertEqual(len(desk.ctl_json("history")["messages"]), 1, "it is the same message, and no copy")

    def save(self, desk, number):
        """What is in the file; the @number-th of this day, as none is overwritten"""
        pattern = "**/OctoHerald*.csv" if number == 1 else f"**/OctoHerald* ({number}).csv"
        desk.click("Save")
        desk.click("Save as a Table (CSV)")
        saved = desk.wait_until(lambda: next(pathlib.Path(desk.environment["HOME"]).glob(pattern), None), "nothing is saved")
        desk.wait_for("Saved as")
        self.assertEqual(saved.stat().st_mode & 0o077, 0, "nobody else reads it")
        with saved.open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def rows(self, desk):
        return [thing.name for thing in desk.look() if thing.role == "list item" and "Delivered" in thing.name]

    def reach_list(self, desk):
        """By the keyboard alone, past all that is above it"""
        desk.keys("ctrl+f")
        desk.wait_until(lambda: desk.next_focus() is not None and self.is_in(desk, "History"), "Tab does not lead to the list")

    def is_in(self, desk, name):
        return any("focused" in thing.states and any(outer.name.startswith(name) for outer in thing.ancestors) for thing in desk.look())

    def choose_printer(self, desk, *keys):
        desk.click("Filter")
        desk.wait_for("All Printers")
        desk.wait_until(lambda: self.is_in(desk, "Printer") or desk.next_focus() and False, "Tab does not lead to the printers")
        desk.keys("space")
        desk.wait_until(lambda: (focused := desk.focused()) is not None and focused.role == "list item", "no list opens")
        desk.keys(*keys, "Return")
        desk.keys("Escape")

    def test_print_is_told_filtered_and_counted(self):
        desk = self.desk("Ada", "Bert", page="history")
        for printer in desk.printers:
            printer.print_something(seconds=12)
        desk.find_row("", "Ada", "Delivered")
        desk.find_row("", "Bert", "Delivered")
        desk.wait_for("2 prints finished")
        of_ada = len(desk.ctl_json("history", "--printer", desk.printers[0].id)["messages"])
        before = len(desk.ctl_json("history")["messages"])
        self.assertLess(of_ada, before)
        self.choose_printer(desk, "Down")
        desk.find("Do not filter: Ada")
        desk.wait_for(f"{of_ada} messages found" if of_ada > 1 else "1 message found")
        desk.wait_until(lambda: (rows := self.rows(desk)) and not any("Bert" in row for row in rows), "Bert's messages stay")
        self.assertEqual(len(self.save(desk, 1)), of_ada, "what is saved is what is shown")
        self.reach_list(desk)
        desk.click("Do not filter: Ada")
        desk.find_row("", "Bert", "Delivered")
        self.reach_list(desk)
        desk.ctl("send", "--text", "=cmd|' /C calc'!A1", "--title", "=1+1", "--channels", "desktop")
        desk.find_row("=1+1")
        table = self.save(desk, 2)
        self.assertEqual(len(table), before + 1)
        self.assertEqual((table[0]["title"], table[0]["text"]), ("'=1+1", "'=cmd|' /C calc'!A1"))

    def test_nothing_found_offers_everything(self):
        desk = self.desk("Ada", page="history", width=NARROW)
        desk.ctl("send", "--title", "Hay", "--text", "Text", "--channels", "desktop")
        desk.find_row("Hay")
        desk.keys("ctrl+f")
        desk.type("needle")
        desk.wait_for("Nothing Found")
        desk.picture("history-nothing-narrow")
        desk.click("Show Everything")
        desk.find_row("Hay")


if __name__ == "__main__":
    import tap
    tap.main()
