# SPDX-License-Identifier: GPL-3.0-or-later
"""A panel without a screen: collects icons on the bus of a session, reads their menus and clicks in them.

It stands where panels stand (org.kde.StatusNotifierWatcher, com.canonical.dbusmenu) and keeps nothing: each question goes to
the icon. What real panels do is tried with real panels.
"""

import threading

from gi.repository import Gio, GLib

from herald_session import wait_until

WATCHER = "org.kde.StatusNotifierWatcher"
ITEM = "org.kde.StatusNotifierItem"
MENU = "com.canonical.dbusmenu"
LIMIT_MS = 10000

WATCHER_XML = f"""<node><interface name='{WATCHER}'>
<method name='RegisterStatusNotifierItem'><arg type='s' direction='in'/></method>
<method name='RegisterStatusNotifierHost'><arg type='s' direction='in'/></method>
<property name='RegisteredStatusNotifierItems' type='as' access='read'/>
<property name='IsStatusNotifierHostRegistered' type='b' access='read'/>
<property name='ProtocolVersion' type='i' access='read'/>
<signal name='StatusNotifierHostRegistered'/>
</interface></node>"""

WINDOW_XML = """<node><interface name='org.freedesktop.Application'>
<method name='Activate'><arg type='a{sv}' direction='in'/></method>
<method name='ActivateAction'><arg type='s' direction='in'/><arg type='av' direction='in'/>
<arg type='a{sv}' direction='in'/></method>
</interface></node>"""


class TrayPanel:
    """The watcher and the host of icons; `window` also plays the program with the window."""

    def __init__(self, session):
        self.bus = Gio.DBusConnection.new_for_address_sync(
            session.environment["DBUS_SESSION_BUS_ADDRESS"],
            Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)
        self.item = None
        self.signals = []
        self.window = []
        self.loop = GLib.MainLoop()
        self.thread = threading.Thread(target=self.loop.run, daemon=True)
        self._export("/StatusNotifierWatcher", WATCHER_XML, self._on_watcher_call)
        for interface in (ITEM, MENU):
            self.bus.signal_subscribe(None, interface, None, None, None, Gio.DBusSignalFlags.NONE, self._on_signal)
        self.thread.start()

    def close(self):
        self.loop.quit()
        self.thread.join()
        if not self.bus.is_closed():
            self.bus.close_sync()

    def start(self):
        """Is there, as a panel that has just been started."""
        self.own(WATCHER)
        wait_until(lambda: self.item)

    def stop(self):
        self.item = None
        self.bus_call("ReleaseName", GLib.Variant("(s)", (WATCHER,)))

    def own(self, name):
        self.bus_call("RequestName", GLib.Variant("(su)", (name, 4)))

    def play_window(self, name):
        """Becomes the program with the window; what it is asked to show is in `window`."""
        self._export("/io/github/octoherald/OctoHerald", WINDOW_XML, self._on_window_call)
        self.own(name)

    def bus_call(self, method, arguments):
        return self.bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", method,
                                  arguments, None, 0, LIMIT_MS, None).unpack()

    def call(self, path, interface, method, arguments=None):
        return self.bus.call_sync(self.item[0], path, interface, method, arguments, None, 0, LIMIT_MS, None).unpack()

    def look(self):
        """All properties of the icon."""
        return self.call(self.item[1], "org.freedesktop.DBus.Properties", "GetAll", GLib.Variant("(s)", (ITEM,)))[0]

    def tooltip(self):
        return self.look()["ToolTip"][2]

    def press(self, method):
        self.call(self.item[1], ITEM, method, GLib.Variant("(ii)", (10, 10)))

    def give_token(self, token):
        self.call(self.item[1], ITEM, "ProvideXdgActivationToken", GLib.Variant("(s)", (token,)))

    def layout(self):
        """The menu: a list of (label, id, enabled, toggle-state, list of the same)."""
        return self._items(self.call(self.look()["Menu"], MENU, "GetLayout",
                                     GLib.Variant("(iias)", (0, -1, [])))[1])

    def _items(self, node):
        return [(child[1].get("label", "-").replace("__", "_"), child[0], child[1].get("enabled", True),
                 child[1].get("toggle-state", -1), self._items(child))
                for child in node[2] if child[1].get("type") != "separator"]

    def find(self, *path):
        """The item at the end of a path of labels, of which the beginnings are enough; None if it is not there."""
        items, found = self.layout(), None
        for label in path:
            found = next((item for item in items if item[0] == label),
                         next((item for item in items if item[0].startswith(label)), None))
            if found is None:
                return None
            items = found[4]
        return found

    def labels(self, *path):
        return [item[0] for item in (self.find(*path)[4] if path else self.layout())]

    def click(self, *path):
        """As a panel does it, also where the item is disabled: whoever draws late may click late."""
        item = wait_until(lambda: self.find(*path))
        self.event(item[1])

    def event(self, identity):
        self.call(self.look()["Menu"], MENU, "Event",
                  GLib.Variant("(isvu)", (identity, "clicked", GLib.Variant("i", 0), 0)))

    def count(self):
        """How many signals have come, of icon and menu."""
        return len(self.signals)

    def _export(self, path, xml, on_call):
        info = Gio.DBusNodeInfo.new_for_xml(xml).interfaces[0]
        self.bus.register_object(path, info, on_call, self._on_get, None)

    def _on_signal(self, _bus, sender, _path, interface, signal, _arguments):
        self.signals.append((sender, interface.rsplit(".", 1)[-1], signal))

    def _on_watcher_call(self, _bus, sender, _path, _interface, method, arguments, invocation):
        if method == "RegisterStatusNotifierItem":
            self.item = (sender, arguments.unpack()[0])
        invocation.return_value(None)

    def _on_window_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        self.window.append((method, *arguments.unpack()))
        invocation.return_value(None)

    def _on_get(self, _bus, _sender, _path, _interface, name):
        return {"RegisteredStatusNotifierItems": GLib.Variant("as", []),
                "IsStatusNotifierHostRegistered": GLib.Variant("b", True),
                "ProtocolVersion": GLib.Variant("i", 0)}.get(name)
