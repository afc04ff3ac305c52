#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop behind the real xdg-desktop-portal: what GNOME or Plasma would do at Background and AppChooser. Prints each call as JSON."""

import json
import sys

from gi.repository import Gio, GLib

NAME = "org.freedesktop.impl.portal.desktop.octoheraldtest"
XML = """<node>
<interface name="org.freedesktop.impl.portal.Background">
 <method name="GetAppState"><arg type="a{sv}" direction="out"/></method>
 <method name="NotifyBackground"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
  <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>
 <method name="EnableAutostart"><arg type="s" direction="in"/><arg type="b" direction="in"/><arg type="as" direction="in"/>
  <arg type="u" direction="in"/><arg type="b" direction="out"/></method>
 <signal name="RunningApplicationsChanged"/>
 <property name="version" type="u" access="read"/>
</interface>
<interface name="org.freedesktop.impl.portal.Access">
 <method name="AccessDialog"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
  <arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>
</interface>
<interface name="org.freedesktop.impl.portal.AppChooser">
 <method name="ChooseApplication"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
  <arg type="as" direction="in"/><arg type="a{sv}" direction="in"/>
  <arg type="u" direction="out"/><arg type="a{sv}" direction="out"/></method>
</interface>
<interface name="org.freedesktop.impl.portal.Inhibit">
 <method name="Inhibit"><arg type="o" direction="in"/><arg type="s" direction="in"/><arg type="s" direction="in"/>
  <arg type="u" direction="in"/><arg type="a{sv}" direction="in"/></method>
</interface>
</node>"""


def on_call(_connection, _sender, _path, _interface, method, parameters, invocation):
    if method != "GetAppState":
        print(json.dumps([method, *parameters.unpack()]), flush=True)
    if method == "GetAppState":
        invocation.return_value(GLib.Variant("(a{sv})", ({},)))
    elif method == "NotifyBackground":
        invocation.return_value(GLib.Variant("(ua{sv})", (0, {"result": GLib.Variant("u", 1)})))
    elif method == "ChooseApplication":
        # The first in the alphabet, if there is one
        choices = sorted(parameters.unpack()[3])[:1]
        chosen = {"choice": GLib.Variant("s", choices[0])} if choices else {}
        invocation.return_value(GLib.Variant("(ua{sv})", (0 if choices else 1, chosen)))
    elif method == "AccessDialog":
        invocation.return_value(GLib.Variant("(ua{sv})", (0, {})))
    elif method == "EnableAutostart":
        invocation.return_value(GLib.Variant("(b)", (parameters.unpack()[1],)))
    else:
        invocation.return_value(None)


def on_bus(connection, _name):
    for interface in Gio.DBusNodeInfo.new_for_xml(XML).interfaces:
        connection.register_object("/org/freedesktop/portal/desktop", interface, on_call,
                                   lambda *_: GLib.Variant("u", 2), None)


Gio.bus_own_name(Gio.BusType.SESSION, NAME, Gio.BusNameOwnerFlags.NONE, on_bus, None,
                 lambda *_: sys.exit("the name is taken"))
GLib.MainLoop().run()
