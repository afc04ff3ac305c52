#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon on Wayland: waybar in sway, without a mouse."""

import os
import pathlib
import sys

from herald_session import wait_until
from panels import DARK
from tray_scene import TrayScene, TrayTest
from wayland_panel import Waybar, WaylandSession, as_ordinary_user


class OnWaybar(TrayTest):
    @classmethod
    def setUpClass(cls):
        cls.scene = TrayScene(Waybar, ("Workshop",), DARK, WaylandSession).__enter__()
        cls.addClassCleanup(cls.scene.close)

    def test_icon_is_drawn_again_as_the_print_goes_on(self):
        screen, printer = self.scene.screen, self.scene.printers[0]
        wait_until(lambda: self.scene.reader.state()[0] == "shown")
        before = screen.calm(self.scene.icon)
        printer.print_something(seconds=1000)
        printer.play("/demo/advance", seconds=500)
        screen.wait_for_change(before, self.scene.icon)
        folder = os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            screen.save(pathlib.Path(folder, "waybar-dark-icon.png"), self.scene.icon.grown(5))
        printer.cancel()

    def test_panel_that_is_killed_and_comes_back_has_the_icon_again(self):
        screen = self.scene.screen
        before = screen.calm(self.scene.icon)
        self.scene.panel.kill()
        wait_until(lambda: self.scene.reader.state()[0] == "absent")
        self.scene.panel.start()
        wait_until(lambda: self.scene.reader.state()[0] == "shown")
        screen.wait_for_return(before, self.scene.icon)


if __name__ == "__main__":
    as_ordinary_user()
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
