#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for a notification server, for what real ones do not do on demand.

    fake_notifications.py STATE.json CALLS

The state is read anew at each call: {"name": what it calls itself, "capabilities": […], "silent": [methods that are never
answered], "errors": {method: name of an error}, "id": the id it gives to everything, "closes": true to close at once what
is shown, "inhibited": what its property says, "delay_ms": how long it takes to show something}. Each call is a line of JSON in CALLS: [method, [arguments]].
Each line on its standard input is a signal: ["ActionInvoked", "(us)", [1, "pause"]].
"""

import json
import os
import pathlib
import sys

from gi.repository import Gio, GLib

STATE, CALLS = map(pathlib.Path, sys.argv[1:])
NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"

XML = f"""<node><interface name='{NAME}'>
<method name='GetCapabilities'><arg type='as' direction='out'/></method>
<method name='GetServerInformation'><arg type='s' direction='out'/><arg type='s' direction='out'/>
<arg type='s' direction='out'/><arg type='s' direction='out'/></method>
<method name='Notify'><arg type='s' direction='in'/><arg type='u' direction='in'/><arg type='s' direction='in'/>
<arg type='s' direction='in'/><arg type='s' direction='in'/><arg type='as' direction='in'/>
<arg type='a{{sv}}' direction='in'/><arg type='i' direction='in'/><arg type='u' direction='out'/></method>
<method name='CloseNotification'><arg type='u' direction='in'/></method>
<property name='Inhibited' type='b' access='read'/></interface></node>"""


class Server:
    """Counts what it shows, and does as the state says."""

    def __init__(self, bus):
        self.bus = bus
        self.newest = 0
        self.rest = b""
        node = Gio.DBusNodeInfo.new_for_xml(XML)
        bus.register_object(PATH, node.lookup_interface(NAME), self.on_call, self.on_property, None)
        GLib.io_add_watch(GLib.IOChannel.unix_new(0), GLib.PRIORITY_DEFAULT, GLib.IOCondition.IN, self.on_input)

    def on_property(self, _bus, _sender, _path, _interface, _name):
        return GLib.Variant("b", bool(json.loads(STATE.read_text()).get("inhibited")))

    def on_call(self, _bus, _sender, _path, _interface, method, arguments, invocation):
        state = json.loads(STATE.read_text())
        with CALLS.open("a", encoding="utf-8") as calls:
            calls.write(json.dumps([method, arguments.unpack()]) + "\n")
        if method in state.get("silent", ()):
            return
        if method in state.get("errors", {}):
            invocation.return_dbus_error(state["errors"][method], "The server's own words")
        elif method == "GetCapabilities":
            invocation.return_value(GLib.Variant("(as)", (state.get("capabilities", ["actions", "body", "body-markup",
                                                                                    "icon-static"]),)))
        elif method == "GetServerInformation":
            invocation.return_value(GLib.Variant("(ssss)", (state.get("name", "fake"), "nobody", "1", "1.2")))
        elif method == "CloseNotification":
            invocation.return_value(None)
            self.emit("NotificationClosed", "(uu)", (arguments.unpack()[0], 3))
        elif "delay_ms" in state:
            GLib.timeout_add(state["delay_ms"], self.show, state, arguments.unpack()[1], invocation)
        else:
            self.show(state, arguments.unpack()[1], invocation)

    def show(self, state, replaces, invocation):
        if not replaces:
            self.newest += 1
        number = state.get("id", replaces or self.newest)
        invocation.return_value(GLib.Variant("(u)", (number,)))
        if state.get("closes"):
            self.emit("NotificationClosed", "(uu)", (number, 1))
        return GLib.SOURCE_REMOVE

    def emit(self, name, kind, arguments):
        self.bus.emit_signal(None, PATH, NAME, name, GLib.Variant(kind, tuple(arguments)))

    def on_input(self, _channel, _condition):
        piece = os.read(0, 65536)
        *lines, self.rest = (self.rest + piece).split(b"\n")
        for line in lines:
            self.emit(*json.loads(line))
        return bool(piece)


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.REPLACE | Gio.BusNameOwnerFlags.ALLOW_REPLACEMENT,
                 lambda bus, _name: Server(bus), None, lambda *_: os._exit(1))
GLib.MainLoop().run()
