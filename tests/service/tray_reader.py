# SPDX-License-Identifier: GPL-3.0-or-later
"""The service's icon and its menu as a panel finds them on the bus (StatusNotifierItem, com.canonical.dbusmenu)."""

import dataclasses

from gi.repository import Gio, GLib

from herald_session import BUS_NAME, OBJECT_PATH

ITEM, ITEM_PATH = "org.kde.StatusNotifierItem", "/StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
SERVICE = BUS_NAME.rpartition(".")[0] + ".Service1"
WATCHER, PROPERTIES = "org.kde.StatusNotifierWatcher", "org.freedesktop.DBus.Properties"
LIMIT_MS = 10_000


@dataclasses.dataclass
class TrayEntry:
    """A line of the menu."""

    number: int
    label: str
    is_enabled: bool
    visible: bool
    is_separator: bool
    toggle: int
    children: list

    def walk(self):
        yield self
        for child in self.children:
            yield from child.walk()


def unescaped(label):
    """Without the marks of mnemonics; a doubled one is a plain one."""
    return label.replace("__", "\0").replace("_", "").replace("\0", "_")


class TrayReader:
    """Asks over a connection of its own, as a panel does."""

    def __init__(self, session):
        self.bus = Gio.DBusConnection.new_for_address_sync(
            session.environment["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)

    def close(self):
        if not self.bus.is_closed():
            self.bus.close_sync(None)

    def owner(self):
        """The icon's own connection, as the panel has been told: “:1.9/StatusNotifierItem”, on GNOME with “@” before the path."""
        items, = self.call("/StatusNotifierWatcher", PROPERTIES, "Get",
                           GLib.Variant("(ss)", (WATCHER, "RegisteredStatusNotifierItems")), WATCHER)
        assert len(items) == 1, f"{items} are in the panel"
        return items[0].partition("/")[0].rstrip("@")

    def call(self, path, interface, method, arguments=None, name=None):
        return self.bus.call_sync(name or self.owner(), path, interface, method, arguments, None,
                                  Gio.DBusCallFlags.NO_AUTO_START, LIMIT_MS, None).unpack()

    def _property(self, path, interface, name, owner=None):
        return self.call(path, PROPERTIES, "Get", GLib.Variant("(ss)", (interface, name)), owner)[0]

    def item(self, name):
        """A property of the icon."""
        return self._property(ITEM_PATH, ITEM, name)

    def state(self):
        """Tray and TrayText: what the service says about its icon."""
        return tuple(self._property(OBJECT_PATH, SERVICE, name, BUS_NAME) for name in ("Tray", "TrayText"))

    def menu_path(self):
        return self.item("Menu")

    def menu(self):
        """The root of the menu, a TrayEntry."""
        self.call(self.menu_path(), MENU, "AboutToShow", GLib.Variant("(i)", (0,)))
        _revision, root = self.call(self.menu_path(), MENU, "GetLayout", GLib.Variant("(iias)", (0, -1, [])))
        return self._entry(root)

    def _entry(self, node):
        number, properties, children = node
        return TrayEntry(number, unescaped(properties.get("label", "")), properties.get("enabled", True),
                         properties.get("visible", True), properties.get("type") == "separator",
                         properties.get("toggle-state", -1), [self._entry(child) for child in children])

    def find(self, *beginnings):
        """The entry at the end of a way through submenus, or None."""
        entry = self.menu()
        for beginning in beginnings:
            found = [child for child in entry.children if child.visible and child.label.startswith(beginning)]
            if not found:
                return None
            entry = next((child for child in found if child.label == beginning), found[0])
        return entry

    def click(self, *beginnings):
        """As a panel tells of a click, without a panel."""
        entry = self.find(*beginnings)
        assert entry is not None and entry.is_enabled, f"{beginnings} cannot be clicked"
        self.call(self.menu_path(), MENU, "Event", GLib.Variant("(isvu)", (entry.number, "clicked", GLib.Variant("i", 0), 0)))
