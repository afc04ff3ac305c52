# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who hears the window, or has only keys, would stumble over.

    problems = audit(desk, "history")
"""

import re

# What one operates or reads a value from; the rest of the tree holds it together.
CONTROLS = ("push button", "toggle button", "radio button", "check box", "switch", "page tab", "menu item", "link", "entry", "text",
            "password text", "combo box", "spin button", "slider", "progress bar", "level bar", "list item", "list", "table", "list box",
            "tree table", "image map", "calendar", "dial")
# A class, a mark of a key, an icon, markup: none is for ears.
NOT_FOR_EARS = re.compile(r"^(Gtk|Adw|Herald|Gdk)[A-Z]\w+$|(^|[\s(])_\w|\w_\w+ \w|-symbolic$|</?\w+>|&(amp|lt|gt);")
TOPS = ("frame", "dialog", "window", "alert")
STOPS_MAX = 150
# One behind the other is in a line with it if they share so much of their height.
SAME_LINE = 0.3


def shown_controls(desk, stops):
    """Those of the window in front that are not on a page or behind a dialog that is hidden"""
    front = {thing.path for thing in desk.look() if thing.role in TOPS and "active" in thing.states}
    controls = [thing for thing in desk.look() if thing.role in CONTROLS and thing.box is not None and min(thing.box[2:]) > 1
                and (thing.top.path in front or not front) and not inner_part(thing)]
    desk.reader.mark_shown(controls)
    reached = {stop.path for stop in stops}
    return [thing for thing in controls if thing.path in reached or thing.is_met]


def misnamed(controls, where):
    """Controls whose name says nothing"""
    problems = []
    for thing in controls:
        name = thing.name or (thing.text if thing.role == "link" else "")
        if not name.strip():
            problems.append(f"{where}: a {thing.role} without a name {trail(thing)}")
        elif NOT_FOR_EARS.search(name):
            problems.append(f"{where}: a {thing.role} is called “{name}” {trail(thing)}")
    return problems


def inner_part(thing):
    """What stands for its parent, which has the name: the text in an entry, the button in a menu button"""
    parent = thing.parent
    return parent is not None and (thing.role == "text" and parent.role in ("entry", "spin button", "text", "password text", "combo box")
                                   or thing.role in ("push button", "toggle button") and parent.role in ("push button", "toggle button", "combo box"))


def trail(thing):
    names = [ancestor.name for ancestor in thing.ancestors if ancestor.name][:3]
    return "in " + " < ".join(names)


def tab_stops(desk, key="Tab"):
    """What gets the focus, one after the other, until it is where it began"""
    stops, seen = [], set()
    while len(stops) < STOPS_MAX:
        desk.keys(key)
        thing = desk.focused()
        identity = thing and (thing.bus_name, thing.path)
        if identity in seen:
            break
        seen.add(identity)
        if thing is not None:
            stops.append(thing)
    return stops


def unreachable(controls, where, stops):
    """Controls that Tab does not come to, nor to anything beside them, from where arrows lead on"""
    reached = {thing.path for thing in stops}
    problems = []
    for thing in controls:
        # Escape and Alt+F4 close a window.
        if "focusable" not in thing.states or thing.name == "Close":
            continue
        if thing.role in ("list", "table", "list box", "tree table") or not {"sensitive", "enabled"} & thing.states:
            continue
        family = {thing.path, *(other.path for other in thing.descendants()), *(other.path for other in thing.ancestors)}
        if thing.parent is not None:
            family |= {other.path for sibling in thing.parent.children for other in (sibling, *sibling.descendants())}
        if not family & reached:
            problems.append(f"{where}: no key leads to the {thing.role} “{thing.words}” {trail(thing)}")
    return problems


def disorder(where, stops, is_rtl=False):
    """Steps of the focus against the direction in which one reads"""
    problems, jumps = [], 0
    for before, after in zip(stops, stops[1:]):
        if before.box is None or after.box is None:
            continue
        (x, y, width, height), (next_x, next_y, next_width, next_height) = before.box, after.box
        shared = min(y + height, next_y + next_height) - max(y, next_y)
        in_line = shared > SAME_LINE * min(height, next_height)
        within = x <= next_x and next_x + next_width <= x + width and y <= next_y and next_y + next_height <= y + height
        # Cards stand side by side: behind the end of one comes the head of the next.
        beside = next_x + next_width <= x if is_rtl else next_x >= x + width
        backwards = (next_x > x if is_rtl else next_x < x) if in_line else next_y + next_height <= y and not beside
        if backwards and not within:
            jumps += 1
            # Once from the end of the window to its beginning
            if jumps > 1:
                problems.append(f"{where}: from “{before.words}” {before.box} back to “{after.words}” {after.box}")
    return problems


def audit(desk, where):
    stops = tab_stops(desk)
    controls = shown_controls(desk, stops)
    return misnamed(controls, where) + unreachable(controls, where, stops) + disorder(where, stops, desk.is_rtl)
