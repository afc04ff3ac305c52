#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window in another language: nothing on it is untranslated, and every text has room at the default size.

    test-languages.py LANGUAGE…          of po/LINGUAS, or xx for the pseudo-language (language.py)
"""

import sys
import unittest

from desk import Desk
from dialogs import DIALOGS, Dialog
from language import PSEUDO
from shown_texts import crowded, unmarked

PAGES = ("printers", "messages", "accounts", "history")
PRINTERS = ("Prusa MK4", "Ender 3")
# A page of the window has more; what sees less has looked at nothing.
TEXTS_MIN = 5


class Tour:
    """All of the window in a language, looked at with `check(place)`"""

    def __init__(self, language, **more):
        self.options = {"language": language, "looks_inside": True, **more}

    def walk(self, check):
        with Desk(*PRINTERS, notifications=True, **self.options) as desk:
            self._let_happen(desk)
            for page in PAGES:
                desk.show_page(page)
                desk.wait_calm()
                check(desk, page)
            for name in DIALOGS:
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
    def tour(self, language, **more):
        problems = []

        def check(desk, place):
            lines, n_texts = crowded(desk)
            if n_texts < TEXTS_MIN:
                problems.append(f"{place}: only {n_texts} texts were looked at")
            problems.extend(f"{place}: {line}" for line in lines)
            if language == PSEUDO:
                problems.extend(f"{place}: {line}" for line in unmarked(desk))
            desk.picture(f"{language}-{place}")
        Tour(language, **more).walk(check)
        return problems


if __name__ == "__main__":
    import tap
    for name in sys.argv[1:]:
        def test(self, name=name):
            problems = self.tour(name)
            self.assertFalse(problems, "\n" + "\n".join(problems))
        setattr(Languages, f"test_{name}", test)
    del sys.argv[1:]
    sys.exit(tap.main())
