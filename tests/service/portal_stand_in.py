#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for xdg-desktop-portal: Background and Inhibit as a test wants them; writes down what it is asked.

    portal_stand_in.py FOLDER

It does what the file FOLDER/manner says at the moment of a question: allow, deny, cancel, silent, other-handle (as portals
before 0.9), old (no SetStatus), late (it inhibits at once and answers after twelve seconds) or absent. A line of JSON of each call is added to FOLDER/calls.
"""

import json
import pathlib
import sys

from gi.repository import Gio, GLib

FOLDER = pathlib.Path(sys.argv[1])
NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
REQUEST = "org.freedesktop.portal.Request"
XML = """<node>
<interface name="org.freedesktop.portal.Background">
 <method name="RequestBackground"><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="o" direction="out"/></method>
 <method name="SetStatus"><arg type="a{sv}" direction="in"/></method>
 <property name="version" type="u" access="read"/>
</interface>
<interface name="org.freedesktop.portal.Inhibit">
 <method name="Inhibit"><arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="o" direction="out"/></method>
 <property name="version" type="u" access="read"/>
</interface>
<interface name="org.freedesktop.portal.Request"><method name="Close"/></interface>
</node>"""


class Portal:
    def __init__(self):
        self.interfaces = Gio.DBusNodeInfo.new_for_xml(XML).interfaces
        self.number = 0

    def manner(self):
        return (FOLDER / "manner").read_text(encoding="utf-8").strip()

    def on_bus(self, connection, _name):
        for interface in self.interfaces[:2]:
            connection.register_object(PATH, interface, self.on_call, lambda *_: GLib.Variant("u", 2), None)

    def on_call(self, connection, sender, path, _interface, method, parameters, invocation):
        manner = self.manner()
        with open(FOLDER / "calls", "a", encoding="utf-8") as log:
            log.write(json.dumps([method, path if method == "Close" else "", *parameters.unpack()]) + "\n")
        if manner == "absent" or (manner == "old" and method == "SetStatus"):
            invocation.return_dbus_error("org.freedesktop.DBus.Error.UnknownMethod", f"No such method “{method}”")
        elif method == "RequestBackground":
            self.answer(connection, sender, manner, parameters.unpack()[1], invocation)
        elif method == "Inhibit":
            if manner == "late":
                handle = self.open_request(connection, sender, parameters.unpack()[2].get("handle_token", "inhibit"))
                GLib.timeout_add(12000, lambda: invocation.return_value(GLib.Variant("(o)", (handle,))))
            elif manner == "deny":
                invocation.return_dbus_error("org.freedesktop.portal.Error.NotAllowed", "no")
            else:
                invocation.return_value(GLib.Variant("(o)", (self.open_request(connection, sender, "inhibit"),)))
        else:
            invocation.return_value(None)

    def open_request(self, connection, sender, token):
        self.number += 1
        handle = f"{PATH}/request/{sender[1:].replace('.', '_')}/{token}{'' if token != 'inhibit' else self.number}"
        connection.register_object(handle, self.interfaces[2], self.on_call, None, None)
        return handle

    def answer(self, connection, sender, manner, options, invocation):
        token = options["handle_token"] if manner != "other-handle" else f"other{self.number}"
        handle = self.open_request(connection, sender, token)
        granted = manner not in ("deny", "cancel")
        results = {"background": GLib.Variant("b", granted),
                   "autostart": GLib.Variant("b", granted and options.get("autostart", False))}
        invocation.return_value(GLib.Variant("(o)", (handle,)))
        if manner == "silent":
            return

        def respond():
            connection.emit_signal(sender, handle, REQUEST, "Response",
                                   GLib.Variant("(ua{sv})", (1 if manner == "cancel" else 0, results)))
        # Whoever listens elsewhere needs a moment.
        if manner == "other-handle":
            GLib.timeout_add(300, respond)
        else:
            respond()


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, Portal().on_bus, None,
                 lambda *_: sys.exit("the name is taken"))
GLib.MainLoop().run()
