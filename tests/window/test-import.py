#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""From the preferences to the printer and the accounts of another program: chosen, looked at, taken over, refused."""

import pathlib
import sys
import unittest

from desk import Desk
from herald_session import wait_until

DATA = pathlib.Path(__file__).parent.parent / "data" / "import"


class Import(unittest.TestCase):
    keyring = True

    def setUp(self):
        if "first_steps" not in self.id():
            self.desk = self.enterContext(Desk(keyring=self.keyring))

    def choose(self, path):
        self.desk.open_by_keys("ctrl+comma")
        self.desk.click("Choose…")
        self.desk.find("File", "text").set_text(str(path))
        self.desk.click("Open")

    def picture(self, name):
        self.desk.wait_calm()
        self.desk.picture(name, self.desk.window_id("Bring Along"))

    def test_printers_of_octotray(self):
        self.choose(DATA / "OctoTray.conf")
        self.desk.wait_for("Will Be Taken Over")
        self.picture("import-octotray")
        self.assertEqual(self.desk.ctl_json("printer", "list")["printers"], [])
        self.desk.click("Take Over")
        self.desk.wait_for("The settings are taken over.")
        wait_until(lambda: len(self.desk.ctl_json("printer", "list")["printers"]) == 2)
        self.desk.keys("Escape")
        self.desk.show_page("printers")
        self.desk.wait_for("octopi.local")

    def test_from_the_first_steps(self):
        with Desk(keyring=True, is_known=False, is_welcomed=False) as desk:
            self.desk = desk
            desk.click("Bring Along…")
            desk.wait_for("Its settings file")
            desk.wait_calm()
            desk.picture("import-first-steps", desk.window_id("Another Program"))
            self.choose_again(DATA / "OctoTray.conf")
            desk.wait_for("Will Be Taken Over")
            desk.click("Take Over")
            desk.wait_for("The settings are taken over.")
            self.assertEqual(len(desk.ctl_json("printer", "list")["printers"]), 2)
            desk.wait_until(lambda: desk.front() == "Another Program", "another window is in front")
            desk.keys("Escape")
            desk.wait_gone("Its settings file")

    def test_mail_account_by_keyboard(self):
        self.choose(DATA / "config.yaml")
        self.desk.wait_for("Will Be Taken Over")
        self.desk.wait_calm()
        self.picture("import-octoprint")
        # What most people want has the focus.
        self.desk.keys("Return")
        self.desk.wait_for("The settings are taken over.")
        channels = {row["type"]: row for row in self.desk.ctl_json("channel", "list")["channels"]}
        self.assertEqual(channels["email"]["host"], "mail.example.org")
        self.desk.keys("Escape")
        self.desk.show_page("accounts")
        self.desk.wait_for("SMS (OctoText)")

    def test_file_of_something_else_and_escape(self):
        path = pathlib.Path(self.desk.folder, "holiday.txt")
        path.write_text("See you in two weeks", encoding="utf-8")
        self.choose(path)
        self.desk.wait_for("Nothing to Take Over")
        self.picture("import-nothing")
        self.desk.keys("Escape")
        self.choose_again(DATA / "OctoTray.conf")
        self.desk.wait_for("Will Be Taken Over")
        self.desk.keys("Escape")
        self.desk.wait_for("Start at login")
        self.assertEqual(self.desk.ctl_json("printer", "list")["printers"], [])

    def choose_again(self, path):
        self.desk.click("Choose…")
        self.desk.find("File", "text").set_text(str(path))
        self.desk.click("Open")


class WithoutKeyring(Import):
    keyring = False
    test_printers_of_octotray = None
    test_file_of_something_else_and_escape = None
    test_from_the_first_steps = None

    def test_mail_account_by_keyboard(self):
        self.choose(DATA / "config.yaml")
        self.desk.wait_for("Will Be Taken Over")
        self.desk.click("Take Over")
        self.desk.wait_for("keyring")
        self.picture("import-without-keyring")
        self.assertEqual([row["type"] for row in self.desk.ctl_json("channel", "list")["channels"]], ["desktop"])


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
