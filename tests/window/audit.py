# SPDX-License-Identifier: GPL-3.0-or-later
"""What somebody who hears the window, or has only keys, would stumble over.

    problems = audit(desk, "history")
"""

import re

# What one operates or reads a value from; the rest of the tree holds it together.
CONTROLS = ("push button", "toggle button", "radio button", "check box", "switch", "page tab", "menu item", "link", "entry", "text",
            "password text", "combo box", "spin button", "slider", "progress bar", "level bar", "list item", "list", "table", "list box",
            "tree table", "image map", "calendar", "dial")
# A class, a mark of a key, an icon, markup, everything twice: none is for ears.
NOT_FOR_EARS = re.compile(r"^(Gtk|Adw|Herald|Gdk)[A-Z]\w+$|(^|[\s(])_\w|\w_\w+ \w|-symbolic$|</?\w+>|&(amp|lt|gt);|^(.{4,}) \4$")
LISTS = ("list", "table", "list box", "tree table")
# Where Up and Down, or Left and Right, lead from one to the next
ARROWS_LEAD_ON = ("list item", "page tab", "radio button", "menu item", "toggle button", "table row", "table cell")
STOPS_MAX = 150
# A window has that much at least; what sees less has looked at nothing.
STOPS_MIN, CONTROLS_MIN = 2, 2
# An entry in a row gets the focus without a word about it; so many one after the other are in no dialog.
MISSES_MAX = 6
# A row is not higher than so many of what is in it.
ROW_HEIGHTS = 3
# One behind the other is in a line with it if they share so much of their height.
SAME_LINE = 0.5


def shown_controls(desk, things, stops, window):
    """Those of this window that are not on a page that is hidden"""
    reached = {stop.path for stop in stops}
    controls = [thing for thing in things if thing.role in CONTROLS and thing.box is not None and min(thing.box[2:]) > 1
                and thing.top.name == window and not inner_part(thing)]
    desk.reader.mark_shown(controls)
    return [thing for thing in controls if thing.path in reached or is_seen(thing)]


def is_seen(thing):
    """Whether a mouse would meet it, or its row; a whole page may be met where another one lies below"""
    rows = [other for other in thing.ancestors if other.box and other.box[3] <= ROW_HEIGHTS * thing.box[3]]
    return thing.hit in {thing.path, *(other.path for other in (*rows, *thing.descendants()))}


def misnamed(controls, where):
    """Controls whose name says nothing"""
    problems = []
    for thing in controls:
        name = thing.name or (thing.text if thing.role == "link" else "")
        if not name.strip():
            # A list, a row that only holds what is operated, and the choices of a row, are read by what is in them.
            if thing.role in LISTS or thing.role == "list item" and (
                    "focusable" not in thing.states or any(outer.role in ("list item", "combo box") for outer in thing.ancestors)):
                continue
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


def tab_stops(desk, window, key="Tab"):
    """What gets the focus, one after the other, until it is at one of them again; and whether that came to pass"""
    stops, seen, misses = [], set(), 0
    while len(stops) < STOPS_MAX and misses < MISSES_MAX:
        thing = desk.next_focus(key) or desk.focused(window)
        if thing is None or stops and thing.path == stops[-1].path:
            misses += 1
        elif thing.path in seen:
            return stops, True
        else:
            misses = 0
            seen.add(thing.path)
            stops.append(thing)
    return stops, False


def unreachable(controls, where, stops):
    """Controls that Tab does not come to, nor to anything beside them, from where arrows lead on"""
    reached = {thing.path for thing in stops}
    problems = []
    for thing in controls:
        # Escape and Alt+F4 close a window.
        if "focusable" not in thing.states or thing.name == "Close":
            continue
        if thing.role in LISTS or not {"sensitive", "enabled"} & thing.states:
            continue
        family = {thing.path, *(other.path for other in thing.descendants()), *(other.path for other in thing.ancestors)}
        if thing.parent is not None and thing.role in ARROWS_LEAD_ON:
            family |= {other.path for sibling in thing.parent.children for other in (sibling, *sibling.descendants())}
        if not family & reached:
            problems.append(f"{where}: no key leads to the {thing.role} “{thing.words}” {trail(thing)}")
    return problems


def encloses(outer, inner):
    return outer != inner and outer[0] <= inner[0] and outer[1] <= inner[1] and (
        inner[0] + inner[2] <= outer[0] + outer[2] and inner[1] + inner[3] <= outer[1] + outer[3])


def disorder(where, stops, is_rtl=False):
    """Steps of the focus against the direction in which one reads"""
    problems, jumps = [], 0
    top = min((stop for stop in stops if stop.box), key=lambda stop: (stop.box[1], -stop.box[0] if is_rtl else stop.box[0]), default=None)
    for before, after in zip(stops, stops[1:]):
        if before.box is None or after.box is None:
            continue
        (x, y, width, height), (next_x, next_y, next_width, next_height) = before.box, after.box
        shared = min(y + height, next_y + next_height) - max(y, next_y)
        in_line = shared > SAME_LINE * max(height, next_height)
        within = x <= next_x and next_x + next_width <= x + width and y <= next_y and next_y + next_height <= y + height
        # Cards stand side by side: behind the end of one comes the head of the next.
        beside = next_x + next_width <= x if is_rtl else next_x >= x + width
        backwards = (next_x > x if is_rtl else next_x < x) if in_line else next_y + next_height <= y and not beside
        in_a_row = any(encloses(stop.box, before.box) and encloses(stop.box, after.box) for stop in stops if stop.box)
        if backwards and not within and not in_a_row and after is not top:
            jumps += 1
            # Once from where it began, beside the way from the end of the window to its beginning
            if jumps > 1:
                problems.append(f"{where}: from “{before.words}” {before.box} back to “{after.words}” {after.box}")
    return problems


def trapped(where, stops, is_round):
    """A place that the focus does not leave, or a beginning that it does not come back to"""
    return [] if is_round else [f"{where}: the focus stays at “{stops[-1].words if stops else ''}” and does not come round"]


def audit(desk, where):
    window = desk.front()
    stops, is_round = tab_stops(desk, window)
    things = desk.look()
    desk.reader.mark_places(things)
    # What they are, and where they are now: on the way pages have been scrolled.
    known = {thing.path: thing for thing in things}
    stops = [known.get(stop.path, stop) for stop in stops]
    controls = shown_controls(desk, things, stops, window)
    if len(stops) < STOPS_MIN or len(controls) < CONTROLS_MIN:
        return [f"{where}: only {len(stops)} stops and {len(controls)} controls were seen"]
    return (misnamed(controls, where) + unreachable(controls, where, stops) + disorder(where, stops, desk.is_rtl)
            + trapped(where, stops, is_round))
