#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every control of every page has a name for ears, and keys lead to it in the order of reading."""

import sys
import unittest

from audit import CONTROLS, NOT_FOR_EARS, audit, disorder, unreachable
from screen_reader import Thing
from desk import Desk

PAGES = ("printers", "messages", "accounts", "history")


class Rules(unittest.TestCase):
    """What finds nothing must be able to."""

    def test_mistakes_in_names_are_found(self):
        for name in ("GtkSwitch", "HeraldFit", "_Start Start", "Add a _Printer", "P_references and more", "list-add-symbolic", "<b>Ada</b>",
                     "Ada &amp; Bert", "Address Address"):
            self.assertRegex(name, NOT_FOR_EARS)
        for name in ("Start", "Add a Printer", "Ada & Bert: benchy_2.gcode", "Gtk is a toolkit", "5 < 7"):
            self.assertNotRegex(name, NOT_FOR_EARS)

    def test_focus_that_runs_backwards_is_found(self):
        class Stop:
            def __init__(self, words, *box):
                self.words, self.box = words, box
        lines = [Stop("a", 0, 0, 50, 20), Stop("b", 60, 0, 50, 20), Stop("c", 0, 30, 50, 20), Stop("d", 0, 60, 50, 20),
                 Stop("e", 0, 90, 50, 20)]
        self.assertEqual(disorder("", lines), [])
        self.assertEqual(len(disorder("", [*reversed(lines)])), 1, "once it may return to the beginning")
        self.assertEqual(disorder("", [lines[0], lines[2], lines[1], lines[3]]), [], "cards side by side")
        self.assertEqual(disorder("", [lines[1], lines[0], lines[2]], is_rtl=True), [])

    def test_control_that_no_key_leads_to_is_found(self):
        box = Thing(None, "", "/box", None)
        for number, role in enumerate(("push button", "push button", "radio button", "radio button")):
            thing = Thing(None, "", f"/{number}", box)
            thing.role, thing.name, thing.states = role, f"{role} {number}", {"focusable", "sensitive", "enabled"}
            box.children.append(thing)
        first, second, chosen, _other = box.children
        self.assertEqual(unreachable(box.children, "", [first, second, chosen]), [], "arrows lead to the other")
        self.assertEqual(len(unreachable(box.children, "", [first, chosen])), 1, "but not from button to button")
        self.assertEqual(len(unreachable(box.children, "", [])), 4)

    def test_roles_are_those_of_the_interface(self):
        import gi
        gi.require_version("Atspi", "2.0")
        from gi.repository import Atspi
        known = {Atspi.role_get_name(Atspi.Role(number)) for number in range(1, 128)} | {"push button", "page tab", "switch"}
        self.assertEqual([role for role in CONTROLS if role not in known], [])


class Audit(unittest.TestCase):
    options = {}

    def setUp(self):
        self.desk = self.enterContext(Desk("Prusa MK4", "Ender 3", "Voron 2.4", **self.options))
        self.desk.printers[0].print_something()
        self.desk.printers[1].play("fault", fault="revoked")

    def audit_page(self, page):
        self.desk.show_page(page)
        self.desk.wait_calm()
        self.assertEqual(audit(self.desk, page), [])

    def test_pages(self):
        for page in PAGES:
            with self.subTest(page):
                self.audit_page(page)


class NarrowAudit(Audit):
    options = {"width": 360}


class LargeAudit(Audit):
    options = {"scale": 2}


class MirroredAudit(Audit):
    options = {"is_rtl": True}


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
