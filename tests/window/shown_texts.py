# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of the texts of the window: those that were never translated, and those that have no room.

    unmarked(desk)                  in the pseudo-language, texts for people that no translator was given
    crowded(desk)                   texts that are shortened, or reach beyond their place
"""

import os
import pathlib
import re
import signal

# A name, also of the samples of other programs, a unit, and what stays as it is in every language
NAMES = ("OctoHerald", "OctoPrint", "Prusa MK4", "Ender 3", "Garage Ünder", "benchy", "gcode")
LETTERS = re.compile(r"[^\W\d_]{2,}")
# GTK's and libadwaita's own words, which come with their own translations: no programmer of ours has written them
OF_GTK = {"Close", "Close the window", "(None)", "Show Text", "About", "About OctoHerald", "System", "Return",
          "This program comes with absolutely no warranty.\nSee the GNU General Public License, version 3 or later for details."}
# Nor keys; a class, which stands for a name where there is none, nor the program's name on the bus
NOT_READ = re.compile(r"^(Gtk|Adw|Herald)[A-Z]\w+$|^octoherald$|^(Ctrl|Alt)\+\w*\W?$")


def outside(text):
    """What is not within ⟦ ⟧; of a text that was shortened the end may be missing"""
    kept, depth = [], 0
    for letter in text:
        if letter == "⟦":
            depth += 1
        elif letter == "⟧":
            depth = max(0, depth - 1)
            kept.append(" ")
        elif depth == 0:
            kept.append(letter)
    return "".join(kept)


def words_outside(text, harmless=()):
    rest = outside(text)
    for name in sorted((*NAMES, *harmless), key=len, reverse=True):
        rest = rest.replace(name, " ")
    return LETTERS.findall(rest)


def unmarked(desk):
    """In the pseudo-language: what is told to people and is not marked, nor a name of this desk"""
    variables = desk.ctl_json("message", "show", "print-done")["variables"]
    harmless = (*desk.language.calendar(), desk.folder, "config/octoherald/octoherald.conf")
    found = set()
    for thing in desk.look():
        for text in (thing.name, thing.text, thing.description):
            if text and text not in OF_GTK and text not in variables and not NOT_READ.match(text) and words_outside(text, harmless):
                found.add(f"{thing.role}: {text}")
    return sorted(found)


def inside_environment(folder):
    """For the window alone: look-inside.c is loaded before it."""
    return {"LD_PRELOAD": os.environ["OCTOHERALD_LOOK_LIBRARY"], "OCTOHERALD_LOOK_INSIDE": os.path.join(folder, "inside.txt")}


def crowded(desk):
    """Of a Desk with `looks_inside`: what has no room in the window in front, and how many texts there are"""
    report = pathlib.Path(desk.folder, "inside.txt")
    report.unlink(missing_ok=True)
    desk.window.send_signal(signal.SIGUSR1)
    desk.wait_until(report.exists, "the window does not answer")
    *lines, last = report.read_text(encoding="utf-8").splitlines()
    return [line.replace("\t", " | ") for line in lines], int(last.split("\t")[1])
