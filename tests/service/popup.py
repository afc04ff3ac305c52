# SPDX-License-Identifier: GPL-3.0-or-later
"""A menu that is open on the screen: its lines are found in the picture, and clicked with the mouse.

What the lines say is known from what was exported; that there are as many of them, each with something to read, at which
height, and which of them are grey, is what the picture shows.
"""

import collections
import time

from screen import LIMIT_S, WHOLE, Box

# Rows without ink between two lines of text; an accent is closer to its letter, a mnemonic to its line.
GAP_ROWS = 4
# A line across the menu parts groups.
SEPARATOR_ROWS_MAX = 3
# Colours that are as good as the same
NEAR = 8
# Of a row or column in a menu so much is ground at least; of border and shadow hardly anything is.
INSIDE = 0.4


class Mismatch(AssertionError):
    """The picture shows another menu than the one that was exported, or none."""


def differs(one, other, by):
    return any(abs(a - b) > by for a, b in zip(one, other))


def within(picture, box, margin):
    """@box without border and shadow, and without @margin left and right of what is written."""
    # A submenu that is unfolded has a ground of its own.
    first, *others = picture.colours(box)[:2]
    grounds = [first[0]] + [colour for colour, count in others if count > first[1] / 8]
    points = picture.points(picture.cut(box))
    near = {point for point in set(points) if any(not differs(point, ground, NEAR) for ground in grounds)}
    is_ground = [point in near for point in points]
    rows = [y for y in range(box.height)
            if sum(is_ground[y * box.width:(y + 1) * box.width]) > INSIDE * box.width]
    columns = [x for x in range(box.width) if sum(is_ground[x::box.width]) > INSIDE * box.height]
    if not rows or len(columns) <= 2 * margin:
        raise Mismatch("there is nothing like a menu in the picture")
    return Box(box.x + columns[0] + margin, box.y + rows[0],
               columns[-1] - columns[0] + 1 - 2 * margin, rows[-1] - rows[0] + 1)


def has_ink(points):
    """A row of them; of one colour are ground, border and shadow."""
    ground = collections.Counter(points).most_common(1)[0][0]
    return any(differs(point, ground, NEAR) for point in set(points))


def bands(picture, box, margin):
    """The boxes of what is written in @box, from above."""
    inner = within(picture, box, margin)
    found, start, last = [], None, None
    for y in range(inner.y, inner.y + inner.height):
        if not has_ink(picture.points(picture.row(y, inner))):
            continue
        if start is not None and y - last > GAP_ROWS:
            found.append((start, last))
            start = None
        start = y if start is None else start
        last = y
    if start is not None:
        found.append((start, last))
    return [Box(inner.x, first, inner.width, end - first + 1) for first, end in found]


def darkest(picture, box):
    """How far what is written in @box is from its ground, 0 to 765: less for a line that cannot be clicked."""
    colours = picture.colours(box)
    ground = colours[0][0]
    return max(sum(abs(a - b) for a, b in zip(colour, ground)) for colour, _count in colours)


def persist(make, nudge=lambda: None, limit=LIMIT_S):
    """What @make gives as soon as it finds what it looks for. Before a menu something else may appear, and Xfce draws a new
    tooltip over it: @nudge takes the mouse off the icon, as a person does who goes to a line."""
    deadline = time.monotonic() + limit
    while True:
        try:
            return make()
        except Mismatch:
            if time.monotonic() > deadline:
                raise
            nudge()


class Popup:
    """A menu in @box of the @screen that shows @entries (TrayEntry), those of one level."""

    margin = 4

    def __init__(self, screen, box, entries):
        self.screen, self.box = screen, box
        self.picture = screen.calm(box)
        self.entries = [entry for entry in entries if entry.visible]
        lines = [band for band in bands(self.picture, box, self.margin) if band.height > SEPARATOR_ROWS_MAX]
        labelled = [entry for entry in self.entries if not entry.is_separator]
        if len(lines) != len(labelled):
            raise Mismatch(f"{len(lines)} lines in the picture, {[entry.label for entry in labelled]} in the menu")
        self.lines = list(zip(labelled, lines))

    def line(self, beginning):
        """The entry of these words, else the first that begins with them, and its place."""
        found = [line for line in self.lines if line[0].label.startswith(beginning)]
        assert found, f"no “{beginning}” in {[entry.label for entry, _box in self.lines]}"
        return next((line for line in found if line[0].label == beginning), found[0])

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
        return persist(lambda: Popup(self.screen, self.screen.wait_for_change(before, beside), entry.children))


class FoldedPopup(Popup):
    """One whose submenus unfold between its lines. @ground: the screen before it opened"""

    # Its corners are round.
    margin = 20

    def __init__(self, screen, box, entries, ground, area):
        self.ground, self.area = ground, area
        super().__init__(screen, box, entries)

    def open(self, beginning):
        entry, box = self.line(beginning)
        assert entry.children, f"there is nothing behind “{entry.label}”"
        before = self.screen.look()
        self.screen.click(box)
        self.screen.wait_for_change(before, self.area)
        place = self.entries.index(entry) + 1
        return persist(lambda: FoldedPopup(
            self.screen, self.ground.change(self.screen.calm(self.area), self.area),
            self.entries[:place] + entry.children + self.entries[place:], self.ground, self.area))
