# SPDX-License-Identifier: GPL-3.0-or-later
"""What is seen of the texts of the window: those that were never translated, and those that have no room.

    unmarked(desk)                  in the pseudo-language, texts for people that no translator was given
    crowded(desk)                   texts that are shortened, or reach beyond their place
"""

import os
import pathlib
import re
import signal

# A name, a figure, a unit, a time, and what stays as it is in every language
NAMES = ("OctoHerald", "OctoPrint", "Prusa MK4", "Ender 3", "benchy", "gcode", "GNOME", "SMTP", "STARTTLS", "TLS", "JSON", "CSV", "HTTP", "SHA256")
LETTERS = re.compile(r"[^\W\d_]{2,}")


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


def unmarked(desk, harmless=()):
    """`harmless` are names and values of this scene."""
    found = set()
    for thing in desk.look():
        for text in (thing.name, thing.text, thing.description):
            if text and words_outside(text, harmless):
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
