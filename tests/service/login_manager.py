# SPDX-License-Identifier: GPL-3.0-or-later
"""A system bus of its own with dbusmock's logind on it, for a service in a private session.

    with SystemBus(session) as bus:          # before the service is started
        bus.start_login()
        session.start_service()
        bus.fall_asleep()
"""

import ast
import os
import re

from herald_session import wait_until

NAME = "org.freedesktop.login1"
PATH = "/org/freedesktop/login1"
MANAGER = "org.freedesktop.login1.Manager"
# Of the system's Python, where python3-dbusmock is
PYTHON = "/usr/bin/python3"

CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-BUS Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>system</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class SystemBus:
    """Everything goes with the session."""

    def __init__(self, session):
        self.session = session
        self.socket = os.path.join(session.folder, "system-bus")
        self.daemon = None
        self.login = None
        session.environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={self.socket}"

    def start(self):
        """Also a second time, after the first was killed."""
        if os.path.exists(self.socket):
            os.unlink(self.socket)
        config = os.path.join(self.session.folder, "system-bus.conf")
        with open(config, "w", encoding="utf-8") as file:
            file.write(CONFIG.format(socket=self.socket))
        with open(os.path.join(self.session.folder, "system-bus.txt"), "ab") as log:
            self.daemon = self.session.spawn(["dbus-daemon", f"--config-file={config}", "--nofork"], stdout=log, stderr=log)
        wait_until(lambda: os.path.exists(self.socket))
        return self

    def kill(self):
        self.daemon.kill()
        self.daemon.wait(5)

    def start_login(self, refuses=False):
        """@refuses: as where a computer does not let its users decide about its sleep"""
        what = ["--template", "logind"] if not refuses else [NAME, PATH, MANAGER]
        with open(os.path.join(self.session.folder, "login.txt"), "ab") as log:
            self.login = self.session.spawn([PYTHON, "-m", "dbusmock", "--system", *what], stdout=log, stderr=log)
        wait_until(self._has_login)
        if refuses:
            self._call("org.freedesktop.DBus.Mock.AddMethod", MANAGER, "Inhibit", "ssss", "h",
                       "raise dbus.exceptions.DBusException('no', name='org.freedesktop.DBus.Error.AccessDenied')")

    def stop_login(self):
        self.login.terminate()
        self.login.wait(5)
        wait_until(lambda: not self._has_login())

    def locks(self):
        """Of the service: mode and why; every question to logind takes as long as it needs to see what was closed."""
        answer = self._call(f"{MANAGER}.ListInhibitors").strip()
        rows = ast.literal_eval(re.sub(r"uint32 |@a\(ssssuu\) ", "", answer))[0]
        assert all((what, who) == ("sleep", "OctoHerald") for what, who, *_rest in rows), rows
        return sorted((mode, why) for _what, _who, why, mode, *_rest in rows)

    def modes(self):
        return [mode for mode, _why in self.locks()]

    def fall_asleep(self):
        self.tell("b", "<true>")

    def wake(self):
        self.tell("b", "<false>")

    def tell(self, kind, values):
        """PrepareForSleep, also with arguments that it does not have"""
        self._call("org.freedesktop.DBus.Mock.EmitSignal", MANAGER, "PrepareForSleep", kind,
                   f"[{values}]" if values else "@av []")

    def _call(self, method, *arguments):
        done = self.session.run(["gdbus", "call", "--system", "-d", NAME, "-o", PATH, "-m", method, *arguments])
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _has_login(self):
        return "true" in self.session.run(["gdbus", "call", "--system", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                           "org.freedesktop.DBus.NameHasOwner", NAME]).stdout
