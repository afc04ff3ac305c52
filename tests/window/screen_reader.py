# SPDX-License-Identifier: GPL-3.0-or-later
"""What a screen reader finds in a program, asked over the accessibility bus in the test's own process.

    reader = ScreenReader(session, "octoherald")
    for thing in reader.look():
        print(thing.role, thing.name)

Who is whose child is asked thing by thing, which also makes the program's cache know them, and the rest is that cache's one
answer: so a look at hundreds of things takes a moment.
"""

import functools
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, Gio, GLib  # noqa: E402  pylint: disable=wrong-import-position

ROOT = "/org/a11y/atspi/accessible/root"
CACHE = "/org/a11y/atspi/cache"
SPI = "org.a11y.atspi."
LIMIT_MS = 20000
DEPTH_MAX = 60
IN_WINDOW = 1
# Of AtspiStateType, those that tests ask for
STATES = {1: "active", 4: "checked", 7: "editable", 8: "enabled", 9: "expandable", 10: "expanded", 11: "focusable", 12: "focused",
          20: "pressed", 23: "selected", 24: "sensitive", 25: "showing", 30: "visible", 41: "checkable"}
# AtspiRole, where GTK 4.8 and 4.18 say the same by two names
ROLES = {"button": "push button", "tab": "page tab"}


def role_name(number):
    # GTK's own GetRoleName speaks another language than its numbers.
    name = Atspi.role_get_name(Atspi.Role(number))
    return ROLES.get(name, name)


def state_names(bits):
    return {name for bit, name in STATES.items() if bits >> bit & 1}


def cached_items(answer, program):
    """What GetItems tells of each thing: taken out one by one, for to unpack all of it takes four times as long."""
    items = answer.get_child_value(0)
    for number in range(items.n_children()):
        part = items.get_child_value(number).get_child_value
        words = part(9)
        bits = sum(words.get_child_value(word).get_uint32() << 32 * word for word in range(words.n_children()))
        yield ((program.bus_name, part(0).get_child_value(1).get_string()),
               (part(5).get_strv(), part(6).get_string(), part(7).get_uint32(), part(8).get_string(), bits))


def asked_once(default):
    """A property whose function asks the thing itself, the first time that it is wanted; @default if the thing has gone since"""
    def make(function):
        def ask(thing):
            try:
                return function(thing)
            except GLib.Error:
                # Things come and go while we look.
                return default
        ask.__doc__ = function.__doc__
        return functools.cached_property(ask)
    return make


class Thing:
    """One accessible thing as it was at the time of the look; what takes a question of its own is as of the first time it is read."""

    def __init__(self, reader, bus_name, path, parent):
        self.reader, self.bus_name, self.path, self.parent = reader, bus_name, path, parent
        self.role = self.name = self.description = ""
        self.children = []
        self.hit = None
        self.states, self.interfaces = set(), ()

    def is_a(self, interface):
        return SPI + interface in self.interfaces

    @asked_once("")
    def text(self):
        return self.call("Text", "GetText", GLib.Variant("(ii)", (0, -1)))[0] if self.is_a("Text") else ""

    @asked_once(None)
    def value(self):
        return self.reader.get(self.bus_name, self.path, "Value", "CurrentValue") if self.is_a("Value") else None

    @asked_once(None)
    def box(self):
        """Its place in the window: left, top, width, height"""
        return self.ask_box()

    def ask_box(self):
        """Where it is now"""
        return self.call("Component", "GetExtents", GLib.Variant("(u)", (IN_WINDOW,)))[0] if self.is_a("Component") else None

    @asked_once(())
    def actions(self):
        return [entry[0] or entry[1] for entry in self.call("Action", "GetActions")[0]] if self.is_a("Action") else ()

    def __repr__(self):
        return f"<{self.role} “{self.name or self.text}”>"

    @property
    def words(self):
        """Its name, else its text."""
        return self.name or self.text

    @property
    def ancestors(self):
        thing = self.parent
        while thing is not None:
            yield thing
            thing = thing.parent

    @property
    def top(self):
        """The window it is in"""
        thing = self
        while thing.parent is not None and thing.parent.path != ROOT:
            thing = thing.parent
        return thing

    @property
    def is_met(self):
        """Whether a mouse would meet it, or what it is in or what is in it; after ScreenReader.mark_shown ()"""
        return self.hit == self.path or any(self.hit == other.path for other in (*self.ancestors, *self.descendants()))

    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants()

    def call(self, interface, method, arguments=None):
        return self.reader.call(self.bus_name, self.path, interface, method, arguments)

    def act(self, number=0):
        answer = self.call("Action", "DoAction", GLib.Variant("(i)", (number,)))
        assert answer and answer[0], f"{self} does nothing"

    def act_if_there(self):
        """Whether it still was: it may have been made anew since the look."""
        try:
            self.act()
        except GLib.GError as error:
            if not error.matches(Gio.dbus_error_quark(), Gio.DBusError.UNKNOWN_METHOD):
                raise
            return False
        return True

    def grab_focus(self):
        self.call("Component", "GrabFocus")

    def set_text(self, text):
        self.call("EditableText", "SetTextContents", GLib.Variant("(s)", (text,)))

    def set_value(self, value):
        self.reader.call(self.bus_name, self.path, "org.freedesktop.DBus.Properties", "Set",
                         GLib.Variant("(ssv)", (SPI + "Value", "CurrentValue", GLib.Variant("d", value))))


class ScreenReader:
    """`program` is the name it has on the accessibility bus."""

    def __init__(self, session, program):
        self.program = program
        self.pending = 0
        bus = self._connect(session.environment["DBUS_SESSION_BUS_ADDRESS"])
        address = bus.call_sync("org.a11y.Bus", "/org/a11y/bus", "org.a11y.Bus", "GetAddress", None, None, 0, LIMIT_MS, None)
        self.bus = self._connect(address.unpack()[0])
        bus.close_sync(None)
        self.focus = None
        self.bus.signal_subscribe(None, SPI + "Event.Object", "StateChanged", None, "focused", 0, self._on_focused)
        self.call(SPI + "Registry", "/org/a11y/atspi/registry", "Registry", "RegisterEvent",
                  GLib.Variant("(sass)", ("object:state-changed:focused", [], "")))

    def _on_focused(self, _connection, sender, path, _interface, _signal, parameters):
        if parameters.unpack()[1]:
            self.focus = (sender, path)

    @staticmethod
    def _connect(address):
        connection = Gio.DBusConnection.new_for_address_sync(
            address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        connection.set_exit_on_close(False)
        return connection

    def close(self):
        self.bus.close_sync(None)

    def call(self, bus_name, path, interface, method, arguments=None):
        """The answer as a tuple; fails if there is none."""
        interface = interface if "." in interface else SPI + interface
        return self.bus.call_sync(bus_name, path, interface, method, arguments, None, 0, LIMIT_MS, None).unpack()

    def get(self, bus_name, path, interface, name):
        return self.call(bus_name, path, "org.freedesktop.DBus.Properties", "Get", GLib.Variant("(ss)", (SPI + interface, name)))[0]

    def look(self):
        """All things, in the order of the tree; none while the program is not there."""
        tops = self._tops()
        level = tops
        for _depth in range(DEPTH_MAX):
            if not level:
                break
            for thing in level:
                self._ask(thing, "Accessible", "GetChildren", None, self._on_children)
            self._wait()
            level = [child for thing in level for child in thing.children]
        found = [thing for top in tops for thing in (top, *top.descendants())]
        self._describe(found)
        return found

    def _tops(self):
        """The programs of our name"""
        applications = [Thing(self, name, path, None) for name, path in
                        self.call(SPI + "Registry", ROOT, "Accessible", "GetChildren")[0]]
        for thing in applications:
            self._ask(thing, "org.freedesktop.DBus.Properties", "Get", ("ss", SPI + "Accessible", "Name"),
                      lambda thing, answer: setattr(thing, "name", answer.unpack()[0]))
        self._wait()
        return [thing for thing in applications if thing.name == self.program]

    def _describe(self, things):
        known = {}
        for thing in things:
            if thing.parent is None:
                self._ask(thing, "Cache", "GetItems", None, lambda thing, answer: known.update(cached_items(answer, thing)), at=CACHE)
        self._wait()
        for thing in things:
            # What came after the look, or has gone since, stays nameless.
            if (thing.bus_name, thing.path) in known:
                thing.interfaces, thing.name, role, thing.description, states = known[thing.bus_name, thing.path]
                thing.role, thing.states = role_name(role), state_names(states)

    def next_focus(self, act, limit):
        """What @act () gives the focus to, nothing known of it but where it is, or None if nothing gets it within so many seconds"""
        while GLib.MainContext.default().iteration(False):
            pass
        self.focus = None
        act()
        deadline = time.monotonic() + limit
        while self.focus is None and time.monotonic() < deadline:
            if not GLib.MainContext.default().iteration(False):
                time.sleep(0.005)
        if self.focus is None:
            return None
        return Thing(self, *self.focus, None)

    def focused(self, window=None):
        """What has the focus, in the window of this name or in any, or None"""
        # The innermost counts: rows with a button have two.
        inside = (thing for thing in self.look() if "focused" in thing.states and window in (None, thing.top.name))
        return max(inside, key=lambda thing: len(list(thing.ancestors)), default=None)

    def mark_places(self, things):
        """Gives each of @things its `box`, faster than one by one"""
        for thing in things:
            if thing.is_a("Component"):
                self._ask(thing, "Component", "GetExtents", ("u", IN_WINDOW), lambda thing, answer: setattr(thing, "box", answer.unpack()[0]))
        self._wait()

    def mark_shown(self, things):
        """Gives each of @things its `hit`: what a mouse would meet in its middle. GTK 4.8 does not tell what is shown."""
        for thing in things:
            if thing.box is not None:
                x, y, width, height = thing.box
                self._ask(thing, "Component", "GetAccessibleAtPoint", ("iiu", x + width // 2, y + height // 2, IN_WINDOW),
                          lambda thing, answer: setattr(thing, "hit", answer.unpack()[0][1]), at=thing.top.path)
        self._wait()

    def _on_children(self, thing, answer):
        thing.children = [Thing(self, name, path, thing) for name, path in answer.unpack()[0] if not path.endswith("/null")]

    def _ask(self, thing, interface, method, arguments, take, at=None):
        def on_ready(connection, result):
            self.pending -= 1
            try:
                take(thing, connection.call_finish(result))
            except GLib.Error:
                # Things come and go while we look.
                pass

        self.pending += 1
        signature, *values = arguments or ("",)
        self.bus.call(thing.bus_name, at or thing.path, interface if "." in interface else SPI + interface, method,
                      GLib.Variant(f"({signature})", tuple(values)), None, 0, LIMIT_MS, None, on_ready)

    def _wait(self):
        while self.pending > 0:
            GLib.MainContext.default().iteration(True)
