#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control of every dialog has a name for ears, and keys lead to it in the order of reading, and round."""

import sys
import unittest

from audit import audit
from desk import Desk
from dialogs import DIALOGS, Dialog


class Dialogs(unittest.TestCase):
    """Where one reads and chooses; each class is a program of its own"""

    names = ("preferences", "help", "help-page", "shortcuts", "about", "foreign", "import")

    options = {}

    def test_dialogs(self):
        desk = self.enterContext(Desk("Prusa MK4", **self.options))
        desk.printers[0].print_something()
        for name in self.names:
            with self.subTest(name), Dialog(desk, name):
                self.assertEqual(audit(desk, name), [])


class Accounts(Dialogs):
    names = ("kinds", "notifications", "email", "sms", "x", "account", "test")


class Editors(Dialogs):
    names = ("add-printer", "printer", "message")

    def test_all_of_the_table_are_looked_at(self):
        self.assertEqual(sorted(Dialogs.names + Accounts.names + Editors.names), sorted(DIALOGS))


class Mirrored(Dialogs):
    names = ("preferences", "email", "printer", "message")
    options = {"is_rtl": True}


class Welcome(unittest.TestCase):
    def test_every_step(self):
        desk = self.enterContext(Desk(is_welcomed=False))
        for step in (1, 2, 3):
            desk.wait_for(f"Step {step} of 3")
            desk.wait_calm()
            with self.subTest(step):
                self.assertEqual(audit(desk, f"step {step}"), [])
            if step < 3:
                desk.click("Next")


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
