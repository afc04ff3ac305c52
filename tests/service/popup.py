# SPDX-License-Identifier: GPL-3.0-or-later
"""A menu that is open on the screen: its lines are found in the picture, and clicked with the mouse.

What the lines say is known from what was exported; that there are as many of them, each with something to read, at which
height, and which of them are grey, is what the picture shows.
"""

import time

from screen import WHOLE, Box

# Rows without ink between two lines of text; an accent is closer to its letter, a mnemonic to its line.
GAP_ROWS = 4
# A line across the menu parts groups.
SEPARATOR_ROWS_MAX = 3
BORDER = 5


def differs(one, other, by):
    return any(abs(a - b) > by for a, b in zip(one, other))


def bands(picture, box, margin=BORDER):
    """The boxes of what is written in @box, from above: lines of text and separators."""
    inner = Box(box.x + margin, box.y + 2, box.width - 2 * margin, box.height - 4)
    ground = picture.colours(inner)[0][0]
    plain = bytes(ground) * inner.width
    inked = []
    for y in range(inner.y, inner.y + inner.height):
        row = picture.row(y, inner)
        inked.append(row != plain and any(differs(row[i:i + 3], ground, 8) for i in range(0, len(row), 3)))
    found, start, last = [], None, None
    for offset, ink in enumerate(inked):
        if not ink:
            continue
        if start is not None and offset - last > GAP_ROWS:
            found.append((start, last))
            start = None
        start = offset if start is None else start
        last = offset
    if start is not None:
        found.append((start, last))
    return [Box(inner.x, inner.y + first, inner.width, end - first + 1) for first, end in found]


def darkest(picture, box):
    """How far what is written in @box is from its ground, 0 to 765: less for a line that cannot be clicked."""
    colours = picture.colours(box)
    ground = colours[0][0]
    return max(sum(abs(a - b) for a, b in zip(colour, ground)) for colour, _count in colours)


class Popup:
    """A menu in @box of the @screen that shows @entries (TrayEntry), those of one level."""

    def __init__(self, screen, box, entries):
        self.screen, self.box = screen, box
        self.picture = screen.calm(box)
        self.entries = [entry for entry in entries if entry.visible]
        lines = [band for band in bands(self.picture, box) if band.height > SEPARATOR_ROWS_MAX]
        labelled = [entry for entry in self.entries if not entry.is_separator]
        assert len(lines) == len(labelled), \
            f"{len(lines)} lines in the picture, {[entry.label for entry in labelled]} in the menu"
        self.lines = list(zip(labelled, lines))

    def line(self, beginning):
        """The entry that begins with these words, and its place."""
        for entry, box in self.lines:
            if entry.label.startswith(beginning):
                return entry, box
        raise AssertionError(f"no “{beginning}” in {[entry.label for entry, _box in self.lines]}")

    def is_grey(self, beginning):
        """Whether it is fainter than the line that is written strongest."""
        strength = [darkest(self.picture, box) for _entry, box in self.lines]
        _entry, mine = self.line(beginning)
        return darkest(self.picture, mine) < 0.8 * max(strength)

    def click(self, beginning):
        """A line that does something: the menu closes."""
        _entry, box = self.line(beginning)
        self.screen.click(box)

    def open(self, beginning):
        """The submenu behind a line."""
        entry, box = self.line(beginning)
        assert entry.children, f"there is nothing behind “{entry.label}”"
        before = self.screen.look()
        self.screen.click(box)
        beside = Box(self.box.x + self.box.width, 0, WHOLE.width - self.box.x - self.box.width, WHOLE.height)
        return Popup(self.screen, self.screen.wait_for_change(before, beside), entry.children)


def settle():
    """Panels take clicks for double ones that come within this time."""
    time.sleep(0.3)
