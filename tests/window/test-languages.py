#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in another language: nothing on it is untranslated, and every text has room at the default size.

    test-languages.py rules             whether it can fail
    test-languages.py pages             the pages in the pseudo-language, without the dialogs
    test-languages.py LANGUAGE…         of po/LINGUAS, or xx for the pseudo-language (language.py)
"""

import sys
import unittest

from desk import Desk
from dialogs import DIALOGS, Dialog
from language import PSEUDO, mark
from shown_texts import crowded, unmarked, words_outside

PAGES = ("printers", "messages", "accounts", "history")
PRINTERS = ("Prusa MK4", "Ender 3")
# A page of the window has more; what sees less has looked at nothing.
TEXTS_MIN = 5
# The pages of the help have a catalogue of their own, which is not one of the pseudo-language.
ENGLISH = ("help", "help-page")


class Tour:
    """All of the window in a language, looked at with `check(place)`"""

    def __init__(self, language, **more):
        self.options = {"language": language, "looks_inside": True, **more}

    def walk(self, check, dialogs):
        with Desk(*PRINTERS, notifications=True, **self.options) as desk:
            self._let_happen(desk)
            for page in PAGES:
                desk.show_page(page)
                desk.wait_calm()
                check(desk, page)
            for name in dialogs:
                with Dialog(desk, name):
                    check(desk, name)
        with Desk(is_welcomed=False, **self.options) as desk:
            for step in (1, 2, 3):
                desk.wait_calm()
                check(desk, f"step {step} of the welcome")
                if step < 3:
                    desk.click("Next")

    @staticmethod
    def _let_happen(desk):
        """A print that runs, one that is refused, and something in the history"""
        desk.printers[0].print_something(seconds=5400)
        desk.printers[0].play("advance", seconds=3350)
        desk.printers[1].play("fault", fault="revoked")
        desk.wait_until(lambda: desk.ctl_json("history")["messages"], "nothing was told")


class Languages(unittest.TestCase):
    def tour(self, language, dialogs):
        """What is wrong, each once: the main window is seen behind every dialog, too"""
        problems = {}

        def check(desk, place):
            lines, n_texts = crowded(desk)
            if n_texts < TEXTS_MIN:
                problems.setdefault(f"only {n_texts} texts were looked at", place)
            for line in lines:
                problems.setdefault(line, place)
            for line in unmarked(desk) if language == PSEUDO and place not in ENGLISH else ():
                problems.setdefault(line, place)
            desk.picture(f"{language}-{place}", window=desk.run(["xdotool", "getactivewindow"]).stdout.strip() or None)
        Tour(language).walk(check, dialogs)
        return [f"{place}: {line}" for line, place in problems.items()]


class Rules(unittest.TestCase):
    """What finds nothing must be able to."""

    def test_text_that_was_never_translated_is_found(self):
        self.assertEqual(words_outside("⟦Prííñt⟧ · 62 % · 00:12"), [])
        self.assertEqual(words_outside("⟦Sééñd bý ⟦Déésktóóp⟧⟧, 7"), [])
        self.assertEqual(words_outside("⟦Prííñt⟧ done"), ["done"])
        self.assertEqual(words_outside("Dienstag ⟦óók⟧", ["Dienstag"]), [])

    def test_placeholders_survive_being_marked(self):
        self.assertEqual(mark("%u of {file|a file}:\n"), "⟦%u óóf {file|a file}:⟧\n")
        self.assertEqual(mark("_Save"), "⟦_Sáávé⟧")
        self.assertEqual(mark("OctoHerald"), "OctoHerald")
        self.assertRegex(mark(":tada: <b>%1$s</b> https://example.org is 5 %% done"), r"^⟦:tada: <b>%1\$s</b> https://example.org .*5 %% ")

    def test_text_without_room_is_found(self):
        with Desk(*PRINTERS, language=PSEUDO, looks_inside=True, width=360, height=640, page="messages") as desk:
            desk.wait_calm()
            lines, n_texts = crowded(desk)
            self.assertGreater(n_texts, TEXTS_MIN)
            self.assertIn("shortened", "".join(lines))


def add_language(wanted):
    language, dialogs = (PSEUDO, ()) if wanted == "pages" else (wanted, DIALOGS)

    def test(self):
        problems = self.tour(language, dialogs)
        self.assertFalse(problems, "\n" + "\n".join(problems))
    setattr(Languages, f"test_{wanted}", test)


if __name__ == "__main__":
    import tap
    chosen = sys.argv[1:]
    for wanted in chosen:
        if wanted != "rules":
            add_language(wanted)
    sys.argv[1:] = ["Rules" if wanted == "rules" else f"Languages.test_{wanted}" for wanted in chosen]
    sys.exit(tap.main())
