# SPDX-License-Identifier: GPL-3.0-or-later
"""What is on a test's screen, its mouse and its keys.

    with PrivateSession() as session:
        screen = Screen(session)
        before = screen.look()
        ...
        box = screen.wait_for_change(before, PANEL)
        screen.click(box, RIGHT)
"""

import collections
import struct
import time

LEFT, MIDDLE, RIGHT, UP, DOWN = 1, 2, 3, 4, 5
WIDTH, HEIGHT = 1280, 800
LIMIT_S = 10
# A picture that stays as it is for so long is what a person sees.
CALM_S = 0.3


class Box(collections.namedtuple("Box", "x y width height")):
    """A part of the screen."""

    @property
    def centre(self):
        return self.x + self.width // 2, self.y + self.height // 2

    def grown(self, by):
        left, top = max(self.x - by, 0), max(self.y - by, 0)
        return Box(left, top, min(self.x + self.width + by, WIDTH) - left,
                   min(self.y + self.height + by, HEIGHT) - top)


WHOLE = Box(0, 0, WIDTH, HEIGHT)


class Picture:
    """The screen at one moment, three bytes a pixel."""

    def __init__(self, pixels):
        assert len(pixels) == WIDTH * HEIGHT * 3, f"a picture of {len(pixels)} bytes"
        self.pixels = pixels

    def row(self, y, box):
        start = (y * WIDTH + box.x) * 3
        return self.pixels[start:start + box.width * 3]

    def cut(self, box):
        return b"".join(self.row(y, box) for y in range(box.y, box.y + box.height))

    @staticmethod
    def points(row):
        """What row () or cut () gave, as (red, green, blue) each."""
        return list(zip(row[0::3], row[1::3], row[2::3]))

    def colours(self, box):
        """Each colour and how often, the most frequent first."""
        return collections.Counter(self.points(self.cut(box))).most_common()

    def change(self, other, box=WHOLE):
        """The smallest box within @box that holds all that differs, or None."""
        rows = [y for y in range(box.y, box.y + box.height) if self.row(y, box) != other.row(y, box)]
        if not rows:
            return None
        left, right = box.width, -1
        for y in rows:
            mine, theirs = self.row(y, box), other.row(y, box)
            if mine == theirs:
                continue
            columns = [x for x, pair in enumerate(zip(self.points(mine), other.points(theirs))) if pair[0] != pair[1]]
            left, right = min(left, columns[0]), max(right, columns[-1])
        return Box(box.x + left, rows[0], right - left + 1, rows[-1] - rows[0] + 1)


class Screen:
    """`session` has a display of WIDTH × HEIGHT."""

    def __init__(self, session):
        self.session = session

    @staticmethod
    def options(session):
        """So that Xvfb keeps what it shows, without the pointer, in a file: looking there is much faster than asking for it."""
        return "-fbdir", session.folder, "-nocursor"

    def look(self):
        # A window dump: its length stands first, the number of its colours, 12 bytes each, is the 20th word.
        with open(f"{self.session.folder}/Xvfb_screen0", "rb") as file:
            dump = file.read()
        words = struct.unpack(">25I", dump[:100])
        start = words[0] + 12 * words[19]
        pixels = bytearray(WIDTH * HEIGHT * 3)
        for to, offset in ((0, 2), (1, 1), (2, 0)):
            pixels[to::3] = dump[start + offset:start + WIDTH * HEIGHT * 4:4]
        return Picture(bytes(pixels))

    def calm(self, box=WHOLE, limit=LIMIT_S):
        """What @box looks like as soon as it has stopped changing."""
        deadline = time.monotonic() + limit
        seen, since = self.look(), time.monotonic()
        while time.monotonic() - since < CALM_S:
            assert time.monotonic() < deadline, "the screen does not come to rest"
            time.sleep(0.1)
            now = self.look()
            if now.cut(box) != seen.cut(box):
                seen, since = now, time.monotonic()
        return seen

    def wait_for_change(self, before, box=WHOLE, limit=LIMIT_S):
        """The box of what has changed since @before, once it changes no more; fails if nothing does."""
        deadline = time.monotonic() + limit
        while True:
            change = before.change(self.calm(box, limit), box)
            if change is not None:
                return change
            assert time.monotonic() < deadline, "nothing changes on the screen"

    def wait_for_return(self, before, box=WHOLE, limit=LIMIT_S):
        """Until @box looks again as in @before."""
        deadline = time.monotonic() + limit
        while before.change(self.look(), box) is not None:
            assert time.monotonic() < deadline, "the screen does not look as before"
            time.sleep(0.1)

    def save(self, path, box=WHOLE):
        done = self.session.run(["import", "-window", "root", "-crop", "{}x{}+{}+{}".format(box.width, box.height, box.x, box.y),
                                 "+repage", str(path)])
        assert done.returncode == 0, done.stderr

    def point(self, box):
        """Moves there as a hand does: by way of its neighbourhood, so that what lies there notices."""
        x, y = box.centre
        self._xdotool("mousemove", x + 3, y, "mousemove", x, y)

    def click(self, box, button=LEFT):
        self.point(box)
        self._xdotool("click", button)

    def double_click(self, box):
        self.point(box)
        self._xdotool("click", "--repeat", "2", "--delay", "60", LEFT)

    def away(self):
        self._xdotool("mousemove", WIDTH // 2, HEIGHT - 40)

    def keys(self, *names):
        self._xdotool("key", "--delay", "60", *names)

    def _xdotool(self, *words):
        done = self.session.run(["xdotool", *map(str, words)])
        assert done.returncode == 0, done.stderr
