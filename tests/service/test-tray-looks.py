#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the icon looks like on a light and a dark panel, and what becomes of it at the ends: no panel yet, strange names, Quit.

    test-tray-looks.py OnXfceLight      or OnXfceDark, OnLxqtLight, OnLxqtDark; AtTheEnds
"""

import itertools
import os
import pathlib
import sys
import unittest

from herald_session import CTL, wait_until
from panels import DARK, LIGHT, Lxqt, PanelSession, Xfce
from tray_reader import TrayReader
from tray_scene import TrayScene, TrayTest

# Who sees well enough to read sees this (WCAG 2.1, 1.4.11).
CONTRAST = 3
# Of an icon of 20 pixels and more so many stand out
PIXELS_SEEN = 40
# Two conditions differ in so many pixels, and not by their colour
PIXELS_APART, LIGHTNESS_APART = 8, 0.15


def lightness(colour):
    """Relative luminance, 0 to 1 (WCAG 2.1)."""
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4
                        for part in (value / 255 for value in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    darker, lighter = sorted((lightness(one), lightness(other)))
    return (lighter + 0.05) / (darker + 0.05)


class Looks:
    names = ("Workshop",)

    def setUp(self):
        self.printer = self.scene.printers[0]
        self.printer.wait_for("operational")
        self.seen = {}

    def show(self, name, words):
        """Remembers the icon as soon as it is described with @words."""
        wait_until(lambda: words in self.scene.reader.item("ToolTip")[2])
        box = self.scene.icon.grown(2)
        picture = self.scene.screen.calm(box)
        folder = os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            self.scene.screen.save(pathlib.Path(folder, f"icon-{self.kind.name}-{self.shade}-{name}.png".lower()), box)
        self.seen[name] = picture.points(picture.cut(box))

    def fault(self, name):
        self.printer.play("/demo/fault", fault=name)

    def test_each_condition_has_a_shape_that_can_be_seen(self):
        self.show("idle", "ready")
        self.printer.print_something(seconds=1000)
        self.printer.play("/demo/advance", seconds=500)
        self.show("printing", "printing, 5")
        self.scene.session.ctl("printer", "pause", self.printer.id)
        self.show("paused", "paused")
        self.printer.cancel()
        self.scene.session.ctl("printer", "disconnect", self.printer.id)
        self.show("offline", "off")
        self.scene.session.ctl("printer", "connect", self.printer.id)
        self.printer.wait_for("operational")
        self.scene.session.ctl("mute", "60")
        self.show("muted", "muted until")
        self.scene.session.ctl("unmute")
        self.fault("firmware")
        self.show("failed", "error")
        self.scene.session.ctl("printer", "connect", self.printer.id)
        self.printer.wait_for("operational")
        self.fault("refuse")
        self.fault("drop")
        self.show("unreachable", "not reachable")
        self.check()

    def check(self):
        ground = self.panel_ground()
        for name, points in self.seen.items():
            with self.subTest(name):
                self.assertGreater(sum(contrast(point, ground) >= CONTRAST for point in points), PIXELS_SEEN)
        for one, other in itertools.combinations(self.seen, 2):
            with self.subTest(f"{one}, {other}"):
                apart = sum(abs(lightness(a) - lightness(b)) > LIGHTNESS_APART
                            for a, b in zip(self.seen[one], self.seen[other]))
                self.assertGreater(apart, PIXELS_APART)

    def panel_ground(self):
        return self.scene.panel.before.colours(self.scene.panel.area)[0][0]


class OnXfceLight(Looks, TrayTest):
    kind, shade = Xfce, LIGHT


class OnXfceDark(Looks, TrayTest):
    kind, shade = Xfce, DARK


class OnLxqtLight(Looks, TrayTest):
    kind, shade = Lxqt, LIGHT


class OnLxqtDark(Looks, TrayTest):
    kind, shade = Lxqt, DARK


class AtTheEnds(unittest.TestCase):
    """Each with a session of its own."""

    def test_desktop_without_a_place_for_icons_is_told_and_the_panel_that_comes_later_is_used(self):
        with PanelSession(Xfce, started=False) as session:
            session.start_service()
            reader = TrayReader(session)
            self.addCleanup(reader.close)
            self.assertEqual(reader.state()[0], "absent")
            self.assertIn("AppIndicator", reader.state()[1])
            session.panel.start()
            wait_until(lambda: reader.state()[0] == "shown")

    def test_name_that_looks_like_markup_is_shown_as_it_is(self):
        with TrayScene(Xfce, ("<b>&\"'\n", "Second")) as scene:
            scene.wait_for_line("<b>&\"'")
            scene.open_menu().open("<b>&\"'")
            scene.panel.close_menu()
            scene.screen.away()
            before = scene.screen.calm()
            scene.screen.point(scene.icon)
            scene.screen.wait_for_change(before, scene.panel.below)
            # It stays as it was while the menu may still be open, which Xfce does not say.
            wait_until(lambda: "&lt;b&gt;&amp;" in scene.reader.item("ToolTip")[3])
            self.assertIsNone(scene.panel.process.poll())

    def test_quit_ends_the_service_and_asks_while_something_prints(self):
        with TrayScene(Xfce, ("Workshop",)) as scene:
            scene.printers[0].print_something()
            wait_until(lambda: scene.reader.find("Quit").children)
            question = scene.open_menu().open("Quit")
            self.assertIn("goes on", question.lines[0][0].label)
            question.click("Yes, quit")
            service, scene.session.service = scene.session.service, None
            self.assertEqual(service.wait(20), 0)
            scene.screen.away()
            scene.screen.wait_for_return(scene.panel.before, scene.panel.area)
            self.assertEqual(scene.session.run([CTL, "status"]).returncode, 3)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
