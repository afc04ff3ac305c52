#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the history: a message is found, looked into, sent again, discarded and saved; test-history-many.py does it with a hundred thousand."""

import csv
import pathlib
import unittest

from desk import Desk, wait_until

NARROW = 360


def open_details(desk, start):
    desk.point_and_click(desk.find_row(start))
    desk.wait_for("Account", "Printer")


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

    def test_print_is_told_filtered_and_counted(self):
        desk = self.desk("Ada", "Bert", page="history")
        for printer in desk.printers:
            printer.print_something(seconds=12)
        desk.find_row("", "Ada", "Delivered")
        desk.find_row("", "Bert", "Delivered")
        desk.wait_for("2 prints finished")
        desk.click("Filter")
        desk.wait_for("All Printers")
        desk.keys("Tab", "Down")
        desk.keys("Escape")
        before = len(desk.ctl_json("history")["messages"])
        desk.ctl("send", "--text", "=cmd|' /C calc'!A1", "--title", "=1+1", "--channels", "desktop")
        desk.find_row("=1+1")
        desk.activate("show-page", "<'history'>")
        desk.click("Save")
        desk.click("Save as a Table (CSV)")
        desk.wait_for("Saved as")
        saved = next(pathlib.Path(desk.environment["HOME"]).glob("**/*.csv"))
        with saved.open(encoding="utf-8", newline="") as file:
            table = list(csv.DictReader(file))
        self.assertEqual(len(table), before + 1)
        self.assertEqual((table[0]["title"], table[0]["text"]), ("'=1+1", "'=cmd|' /C calc'!A1"))
        self.assertEqual(saved.stat().st_mode & 0o077, 0, "nobody else reads it")

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
