#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Makes the pictures of the window anew, from the real service and simulated printers: window-PAGE-VARIANT.png.

    draw-window.py FOLDER [VARIANT…]        light, dark, narrow, rtl, large; without any all of them

The programs come from the environment, as in a test. `ninja update-window-pictures` does it.
"""

import pathlib
import sys

from desk import Desk

NAMES = ("Prusa MK4", "Ender 3", "Voron 2.4")
PAGES = ("printers", "messages", "accounts", "history")
VARIANTS = {
    "light": {"width": 960, "height": 720},
    "dark": {"width": 960, "height": 720, "is_dark": True},
    "narrow": {"width": 360, "height": 720},
    "rtl": {"width": 960, "height": 720, "is_rtl": True},
    "large": {"width": 960, "height": 720, "scale": 2},
}
PRINT_S = 5400
# 62 % of it
PRINTED_S = 3350
WARM_S = 1900


def let_print(desk):
    """A print at 62 %, one that was finished, one that is paused: something to tell on every page"""
    first, second, third = desk.printers
    second.add().wait_for("operational")
    second.print_something(seconds=1200, file="phone stand.gcode")
    second.play("advance", seconds=1300)
    second.wait_for("operational")
    for printer, seconds, file in ((third, 7200, "lid.gcode"), (first, PRINT_S, "benchy.gcode")):
        printer.play("print", file=file, seconds=seconds, outcome="done")
        printer.play("advance", seconds=WARM_S)
        # OctoPrint tells of the last half hour when one connects.
        printer.play("fault", fault="long-history")
        printer.add().wait_for("printing")
    desk.ctl("printer", "pause", third.id)
    first.play("advance", seconds=PRINTED_S - WARM_S)
    third.wait_for("paused")


def draw(folder, variant):
    with Desk(*NAMES, notifications=True, is_open=False, is_known=False, **VARIANTS[variant]) as desk:
        desk.start_mail()
        let_print(desk)
        desk.open_window()
        for page in PAGES:
            desk.show_page(page)
            desk.wait_calm()
            desk.picture(f"window-{page}-{variant}", folder=folder)
    with Desk(*NAMES, is_known=False, is_welcomed=False, **VARIANTS[variant]) as desk:
        desk.wait_calm()
        desk.picture(f"window-welcome-{variant}", folder=folder)


if __name__ == "__main__":
    target = str(pathlib.Path(sys.argv[1]).absolute())
    for chosen in sys.argv[2:] or VARIANTS:
        draw(target, chosen)
