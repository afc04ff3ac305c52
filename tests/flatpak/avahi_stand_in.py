#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands in for avahi-daemon on the bus it is given: one OctoPrint on this computer. What a real one says is for tests/real.

    avahi_stand_in.py NAME PORT
"""

import sys

from gi.repository import Gio, GLib

NAME, PORT = sys.argv[1], int(sys.argv[2])
AVAHI, BROWSER = "org.freedesktop.Avahi", "/Client0/ServiceBrowser0"
TYPE, DOMAIN, ADDRESS, HOST = "_octoprint._tcp", "local", "127.0.0.1", "octopi.local"
LOOPBACK, IPV4 = 1, 0
# AVAHI_LOOKUP_RESULT_LOCAL: it announces itself on this computer
LOCAL = 1 << 3
SERVER_XML = """<node>
<interface name="org.freedesktop.Avahi.Server">
 <method name="ResolveService"><arg type="i" direction="in"/><arg type="i" direction="in"/><arg type="s" direction="in"/>
  <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="i" direction="in"/><arg type="u" direction="in"/>
  <arg type="i" direction="out"/><arg type="i" direction="out"/><arg type="s" direction="out"/><arg type="s" direction="out"/>
  <arg type="s" direction="out"/><arg type="s" direction="out"/><arg type="i" direction="out"/><arg type="s" direction="out"/>
  <arg type="q" direction="out"/><arg type="aay" direction="out"/><arg type="u" direction="out"/></method>
</interface>
<interface name="org.freedesktop.Avahi.Server2">
 <method name="ServiceBrowserPrepare"><arg type="i" direction="in"/><arg type="i" direction="in"/><arg type="s" direction="in"/>
  <arg type="s" direction="in"/><arg type="u" direction="in"/><arg type="o" direction="out"/></method>
</interface>
</node>"""
BROWSER_XML = """<node><interface name="org.freedesktop.Avahi.ServiceBrowser"><method name="Start"/><method name="Free"/>
 <signal name="ItemNew"><arg type="i"/><arg type="i"/><arg type="s"/><arg type="s"/><arg type="s"/><arg type="u"/></signal>
 <signal name="AllForNow"/></interface></node>"""


def on_call(connection, sender, _path, interface, method, _parameters, invocation):
    if method == "ServiceBrowserPrepare":
        invocation.return_value(GLib.Variant("(o)", (BROWSER,)))
    elif method == "ResolveService":
        invocation.return_value(GLib.Variant("(iissssisqaayu)", (LOOPBACK, IPV4, NAME, TYPE, DOMAIN, HOST, IPV4, ADDRESS, PORT, [b"path=/"],
                                                                LOCAL)))
    else:
        invocation.return_value(None)
    if method == "Start":
        connection.emit_signal(sender, BROWSER, interface, "ItemNew", GLib.Variant("(iisssu)", (LOOPBACK, IPV4, NAME, TYPE, DOMAIN, LOCAL)))
        connection.emit_signal(sender, BROWSER, interface, "AllForNow", None)


def on_bus(connection, _name):
    for path, xml in (("/", SERVER_XML), (BROWSER, BROWSER_XML)):
        for interface in Gio.DBusNodeInfo.new_for_xml(xml).interfaces:
            connection.register_object(path, interface, on_call, None, None)


Gio.bus_own_name(Gio.BusType.SYSTEM, AVAHI, Gio.BusNameOwnerFlags.NONE, on_bus, None, lambda *_: sys.exit("the name is taken"))
GLib.MainLoop().run()
