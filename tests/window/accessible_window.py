# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints what a screen reader finds in the window, as JSON; runs inside the private session.

    accessible_window.py [click NAME]

Each thing is {"role", "name", "text", "value", "focused"}, in the order of the tree.
"""

import json
import sys

import pyatspi

DEPTH_MAX = 40
BUTTONS = ("push button", "button", "toggle button", "radio button", "tab", "page tab")


def walk(thing, found, depth=0):
    entry = {"role": thing.getRoleName(), "name": thing.name or "", "text": "", "value": None,
             "focused": thing.getState().contains(pyatspi.STATE_FOCUSED)}
    for name, ask in (("text", lambda: thing.queryText().getText(0, -1)),
                      ("value", lambda: thing.queryValue().currentValue)):
        try:
            entry[name] = ask()
        except NotImplementedError:
            pass
    found.append((thing, entry))
    for child in thing if depth < DEPTH_MAX else ():
        if child is not None:
            walk(child, found, depth + 1)


def main():
    found = []
    for application in pyatspi.Registry.getDesktop(0):
        if application is not None and application.name == "octoherald":
            walk(application, found)
    if sys.argv[1:2] == ["click"]:
        for thing, entry in found:
            if entry["name"] == sys.argv[2] and entry["role"] in BUTTONS:
                thing.queryAction().doAction(0)
                return 0
        return 1
    print(json.dumps([entry for _thing, entry in found]))
    return 0


sys.exit(main())
