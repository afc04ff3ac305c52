#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A stand-in for goa-daemon on the session bus: shows the accounts of a JSON file and answers as it says.

    fake_online_accounts.py STATE.json CALLS

The state is read anew at each call: {id: {"properties": {"Account": {…}, "Mail": {…}, …},
"token": what GetAccessToken gives, "password": what GetPassword gives, "next-token": becomes the token when
EnsureCredentials is called, "error": name of the error of the daemon's that all three answer with,
"hang": true for a daemon that does not answer, "no-account": true for one that has just been removed}}.
Each call is a line in CALLS.
"""

import json
import pathlib
import sys

from gi.repository import Gio, GLib

STATE, CALLS = map(pathlib.Path, sys.argv[1:])
GOA = "org.gnome.OnlineAccounts"
PATH = "/org/gnome/OnlineAccounts"

# What the service uses of the real interfaces; test-online-accounts.py compares them with the daemon's.
ACCOUNTS_XML = f"""<node>
<interface name='org.freedesktop.DBus.ObjectManager'>
<method name='GetManagedObjects'><arg type='a{{oa{{sa{{sv}}}}}}' direction='out'/></method></interface>
<interface name='{GOA}.Account'><method name='EnsureCredentials'><arg type='i' direction='out'/></method>
<property name='Id' type='s' access='read'/><property name='ProviderType' type='s' access='read'/>
<property name='ProviderName' type='s' access='read'/><property name='Identity' type='s' access='read'/>
<property name='PresentationIdentity' type='s' access='read'/>
<property name='AttentionNeeded' type='b' access='read'/>
<property name='MailDisabled' type='b' access='readwrite'/></interface>
<interface name='{GOA}.Mail'>
<property name='EmailAddress' type='s' access='read'/><property name='Name' type='s' access='read'/>
<property name='SmtpSupported' type='b' access='read'/><property name='SmtpHost' type='s' access='read'/>
<property name='SmtpUseAuth' type='b' access='read'/><property name='SmtpUserName' type='s' access='read'/>
<property name='SmtpAuthLogin' type='b' access='read'/><property name='SmtpAuthPlain' type='b' access='read'/>
<property name='SmtpAuthXoauth2' type='b' access='read'/><property name='SmtpUseSsl' type='b' access='read'/>
<property name='SmtpUseTls' type='b' access='read'/><property name='SmtpAcceptSslErrors' type='b' access='read'/>
</interface>
<interface name='{GOA}.OAuth2Based'><method name='GetAccessToken'><arg type='s' direction='out'/>
<arg type='i' direction='out'/></method><property name='ClientId' type='s' access='read'/>
<property name='ClientSecret' type='s' access='read'/></interface>
<interface name='{GOA}.PasswordBased'><method name='GetPassword'><arg type='s' direction='in'/>
<arg type='s' direction='out'/></method></interface></node>"""

NODE = Gio.DBusNodeInfo.new_for_xml(ACCOUNTS_XML)


def read_state():
    return json.loads(STATE.read_text())


def to_variant(value):
    return GLib.Variant("b" if isinstance(value, bool) else "i" if isinstance(value, int) else "s", value)


def make_objects(state):
    """a{oa{sa{sv}}}; the daemon's manager is an object as well."""
    objects = {f"{PATH}/Manager": {f"{GOA}.Manager": {}}}
    for account, entry in state.items():
        objects[f"{PATH}/Accounts/{account}"] = {
            f"{GOA}.{interface}": {name: to_variant(value) for name, value in
                                   {**({"Id": account} if interface == "Account" else {}), **properties}.items()}
            for interface, properties in entry["properties"].items()}
    return objects


def answer(account, entry, method, invocation):
    if entry.get("hang"):
        return
    if entry.get("no-account"):
        invocation.return_dbus_error("org.freedesktop.DBus.Error.UnknownMethod", "No such interface")
    elif "error" in entry:
        invocation.return_dbus_error(f"{GOA}.Error.{entry['error']}", "The daemon's own words")
    elif method == "EnsureCredentials":
        if "next-token" in entry:
            state = read_state()
            state[account]["token"] = entry["next-token"]
            STATE.write_text(json.dumps(state))
        invocation.return_value(GLib.Variant("(i)", (3599,)))
    elif method == "GetAccessToken":
        invocation.return_value(GLib.Variant("(si)", (entry["token"], 3599)))
    elif method == "GetPassword":
        invocation.return_value(GLib.Variant("(s)", (entry["password"],)))


def on_call(_bus, _sender, path, _interface, method, _arguments, invocation):
    with CALLS.open("a") as calls:
        calls.write(method + "\n")
    state = read_state()
    if method != "GetManagedObjects":
        account = path.rpartition("/")[2]
        answer(account, state.get(account, {"no-account": True}), method, invocation)
    elif not any(entry.get("hang") == "all" for entry in state.values()):
        invocation.return_value(GLib.Variant("(a{oa{sa{sv}}})", (make_objects(state),)))


def on_property(_bus, _sender, path, interface, name):
    entry = read_state().get(path.rpartition("/")[2], {"properties": {}})
    value = entry["properties"].get(interface.rpartition(".")[2], {}).get(name, "")
    return to_variant(path.rpartition("/")[2] if name == "Id" else value)


def on_name(bus, _name):
    """Paths have to be known before they are called, so there are nine."""
    bus.register_object(PATH, NODE.lookup_interface("org.freedesktop.DBus.ObjectManager"), on_call, None, None)
    for i in range(9):
        for interface in ("Account", "Mail", "OAuth2Based", "PasswordBased"):
            bus.register_object(f"{PATH}/Accounts/account_1700000000_{i}", NODE.lookup_interface(f"{GOA}.{interface}"),
                                on_call, on_property, None)


Gio.bus_own_name(Gio.BusType.SESSION, GOA, Gio.BusNameOwnerFlags.REPLACE, on_name, None, lambda *_: sys.exit(1))
GLib.MainLoop().run()
