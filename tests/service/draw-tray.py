#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of docs/tray.md anew, from a real panel and simulated printers.

    draw-tray.py FOLDER            tray-menu.png and tray-tooltip.png
    draw-tray.py FOLDER ICONS      tray-panels.png, of the icons that test-tray-looks.py has left in OCTOHERALD_PICTURES=ICONS

The programs come from the environment, as in a test.
"""

import pathlib
import subprocess
import sys

from herald_session import wait_until
from panels import Xfce
from screen import Box
from tray_scene import TrayScene

CONDITIONS = ("idle", "printing", "paused", "failed", "unreachable", "offline", "muted")
PANELS = ("xfce-light", "xfce-dark", "lxqt-light", "lxqt-dark")


def draw_menu(folder):
    with TrayScene(Xfce, ("Prusa MK4", "Ender 3", "Voron")) as scene:
        scene.session.run(["xsetroot", "-solid", "#47637d"])
        first, second, _third = scene.printers
        first.print_something(seconds=8000, file="benchy.gcode")
        first.play("/demo/advance", seconds=3400)
        second.print_something(seconds=4000, file="lid.gcode")
        second.play("/demo/advance", seconds=1000)
        scene.session.ctl("printer", "pause", second.id)
        second.wait_for("paused")
        wait_until(lambda: "1 paused" in scene.reader.item("ToolTip")[2])
        scene.wait_for_line("Ender 3: paused")
        menu = scene.open_menu().open("Prusa MK4")
        scene.screen.save(folder / "tray-menu.png", Box(0, 0, menu.box.x + menu.box.width + 12, menu.box.y + menu.box.height + 60))
        scene.panel.close_menu()
        scene.screen.away()
        before = scene.screen.calm()
        scene.screen.point(scene.icon)
        box = scene.screen.wait_for_change(before, scene.panel.below)
        scene.screen.save(folder / "tray-tooltip.png", Box(0, 0, box.x + box.width + 12, box.y + box.height + 12))


def draw_panels(folder, icons):
    rows = [folder / f"{panel}.png" for panel in PANELS]
    for panel, row in zip(PANELS, rows):
        ground = {"xfce-light": "#f6f5f4", "xfce-dark": "#353535", "lxqt-light": "#eff0f1", "lxqt-dark": "#31363b"}[panel]
        subprocess.run(["montage", *(icons / f"icon-{panel}-{condition}.png" for condition in CONDITIONS), "-filter", "point",
                        "-background", ground, "-tile", f"{len(CONDITIONS)}x1", "-geometry", "78x78+8+8", row], check=True)
    subprocess.run(["montage", *rows, "-tile", "1x", "-geometry", "+0+0", folder / "tray-panels.png"], check=True)
    for row in rows:
        row.unlink()


if __name__ == "__main__":
    target = pathlib.Path(sys.argv[1]).absolute()
    if len(sys.argv) > 2:
        draw_panels(target, pathlib.Path(sys.argv[2]).absolute())
    else:
        draw_menu(target)
