#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A picture of a page of the window, for people who want to look; run from the build's folder or with --build.

    tests/window/look.py PAGE [--dark] [--contrast] [--width N] [--height N] [--scale 2] [--rtl] [--printers N] [--prints]
                         [--click NAME]… [--keys KEY]… [--language LANGUAGE] [--names] [--wait SECONDS] OUT.png

PAGE is printers, messages, accounts, history, welcome, absent (no service), or a dialog of dialogs.py. --click presses what has this name and
--keys types, in the order given; the picture is of the window that is in front then. --names prints what is read aloud.
"""

import argparse
import os
import pathlib
import sys
import time

HERE = pathlib.Path(__file__).parent
NAMES = ("Prusa MK4", "Ender 3", "Voron 2.4")


class InOrder(argparse.Action):
    def __call__(self, parser, options, value, option=None):
        options.steps.append((self.dest, value))


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("page")
    parser.add_argument("out")
    parser.add_argument("--build", default=str(HERE.parent.parent / "_build"))
    parser.add_argument("--width", type=int, default=860)
    parser.add_argument("--height", type=int, default=640)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--printers", type=int, default=len(NAMES))
    parser.add_argument("--wait", type=float, default=2)
    parser.add_argument("--language", help="of po/, or xx, which marks every text")
    for flag in ("dark", "contrast", "rtl", "prints", "names"):
        parser.add_argument("--" + flag, action="store_true")
    for step in ("click", "keys"):
        parser.add_argument("--" + step, action=InOrder)
    parser.set_defaults(steps=[])
    return parser.parse_args()


def main():
    options = parse()
    build = pathlib.Path(options.build).absolute()
    for name, path in (("SERVICE", "src/service/octoherald-service"), ("CTL", "src/ctl/octoheraldctl"), ("_DEMO", "src/demo/octoherald-demo"),
                       ("_WINDOW", "src/window/octoherald"), ("_DATA", "data"), ("_PICTURE", "src/picture/octoherald-picture")):
        os.environ.setdefault("OCTOHERALD" + ("_" if name == "SERVICE" else "") + name, str(build / path))
    from desk import Desk
    from dialogs import DIALOGS, Dialog
    names = [NAMES[number] if number < len(NAMES) else f"Printer {number + 1}" for number in range(options.printers)]
    has_service = options.page != "absent"
    pages = ("printers", "messages", "accounts", "history")
    with Desk(*names, has_service=has_service, is_known=options.page != "welcome", is_welcomed=options.page != "welcome",
              page=options.page if options.page in pages else "printers", width=options.width, height=options.height,
              is_dark=options.dark, is_high_contrast=options.contrast, scale=options.scale, is_rtl=options.rtl, language=options.language) as desk:
        if options.prints and has_service:
            desk.printers[0].print_something(seconds=5400, file="benchy.gcode")
            desk.printers[0].play("advance", seconds=3350)
        if options.page in DIALOGS:
            Dialog(desk, options.page).__enter__()  # pylint: disable=unnecessary-dunder-call
        time.sleep(options.wait)
        for kind, value in options.steps:
            desk.click(value) if kind == "click" else desk.keys(*value.split())
            time.sleep(0.7)
        front = desk.run(["xdotool", "getactivewindow"]).stdout.strip()
        desk.picture(pathlib.Path(options.out).stem, window=front or None, folder=str(pathlib.Path(options.out).absolute().parent))
        if options.names:
            for thing in desk.look():
                depth = sum(1 for _ancestor in thing.ancestors)
                print("  " * depth + f"{thing.role}: {thing.words!r} {thing.description!r} {thing.actions} {sorted(thing.states)} {thing.box}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
