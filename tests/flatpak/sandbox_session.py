# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop on which the Flatpak is installed: a panel, notifications, a keyring, the real portals, a simulated printer.

    with SandboxSession(installation) as session:
        session.start_service()
        session.ctl("status")

Everything of OctoHerald but the simulator runs in Flatpak's real sandbox.
"""

import json
import os
import pathlib
import shutil
import subprocess
import sys
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "service"), str(HERE.parent / "window"), str(HERE.parent / "real"), str(HERE.parent)]

from avahi_daemon import BUS_CONFIG as SYSTEM_BUS  # noqa: E402
from flatpak_build import APPLICATION  # noqa: E402
from herald_session import BUS_NAME, wait_until  # noqa: E402
from panels import PanelSession, Xfce  # noqa: E402
from window_driver import WINDOW_NAME, WINDOW_PATH, WindowDriver  # noqa: E402

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
SERVICE = "/app/libexec/octoherald-service"
BACKEND = "org.freedesktop.impl.portal.desktop.octoheraldtest"
# Who does what for the portals: the keyring and GTK are the real ones; what only GNOME and Plasma have is played.
PORTALS = {
    "gnome-keyring": ("org.freedesktop.secrets", "Secret"),
    "gtk": ("org.freedesktop.impl.portal.desktop.gtk", "Notification", "Settings"),
    "octoheraldtest": (BACKEND, "Access", "AppChooser", "Background", "Inhibit"),
}
# Those of the computer that the bus may start
HELPERS = ("org.freedesktop.Flatpak", "org.freedesktop.portal.Documents", "org.freedesktop.impl.portal.PermissionStore", "org.a11y.Bus")


class SandboxSession(WindowDriver, PanelSession):
    """`home` is what the computer has of the application: its settings, its data, its keyring."""

    def __init__(self, installation):
        super().__init__(Xfce, keyring=True, notifications=True)
        self.installation = installation
        self.place = pathlib.Path(self.folder)
        self.environment.update(FLATPAK_USER_DIR=str(installation.folder), GSK_RENDERER="cairo", GTK_A11Y="atspi", LANG="C.UTF-8",
                                XDG_DESKTOP_PORTAL_DIR=str(self.place / "portals"))
        self.home = pathlib.Path(self.environment["HOME"], ".var", "app", APPLICATION)
        self.url = self.mail_port = self.window_log = self.portal = None

    def _start_bus(self):
        super()._start_bus()
        services = self.place / "services"
        for name in HELPERS:
            shutil.copy(f"/usr/share/dbus-1/services/{name}.service", services)
        for path in (self.installation.folder / "exports/share/dbus-1/services").iterdir():
            shutil.copy(path, services)
        self.reload_bus()

    def _begin(self):
        super()._begin()
        (self.place / "portals").mkdir()
        for name, (bus_name, *interfaces) in PORTALS.items():
            listed = "".join(f"org.freedesktop.impl.portal.{interface};" for interface in interfaces)
            (self.place / "portals" / f"{name}.portal").write_text(
                f"[portal]\nDBusName={bus_name}\nInterfaces={listed}\nUseIn={self.environment['XDG_CURRENT_DESKTOP']}\n", encoding="ascii")
        self._start_beside("backend", BACKEND, ["/usr/bin/python3", str(HERE.parent / "service" / "portal_backend.py")])
        self._start_beside("gtk", "org.freedesktop.impl.portal.desktop.gtk", ["/usr/libexec/xdg-desktop-portal-gtk"])
        self._start_portal()
        with self.file("openbox.txt", "wb") as log:
            self.spawn(["openbox"], stdout=log, stderr=log)

    def _start_portal(self):
        self.portal = self._start_beside("portal", "org.freedesktop.portal.Desktop", ["/usr/libexec/xdg-desktop-portal", "--verbose"])

    def restart_portal(self):
        """It reads anew who does what."""
        self.portal.terminate()
        self.portal.wait(30)
        self._start_portal()

    def _start_beside(self, what, name, command):
        with self.file(what + ".txt", "wb") as log:
            process = self.spawn(command, stdout=log, stderr=subprocess.STDOUT)
        self._wait_for_name(name, process)
        return process

    # ── What is in the sandbox ───────────────────────────────────────────────

    def inside(self, *command):
        """A command line that runs a program of the Flatpak"""
        return ["flatpak", "run", f"--command={command[0]}", APPLICATION, *command[1:]]

    def start_service(self):
        with self.file("service.txt", "ab") as log:
            self.service = self.spawn(self.inside(SERVICE), stdout=log, stderr=log)
        wait_until(lambda: self.has_owner() or self.service.poll() is not None)
        assert self.service.poll() is None, self.log()

    def stop_service(self):
        """flatpak itself does not hand a signal on."""
        service, self.service = self.service, None
        self.ctl("quit")
        status = service.wait(60)
        assert status == 0, f"the service ended with {status}: {self.log()}"

    def ctl(self, *arguments, expect=0, **more):
        done = self.run(self.inside("octoheraldctl", *arguments), timeout=120, **more)
        told = f"octoheraldctl {' '.join(arguments)}: {done.returncode} {done.stdout} {done.stderr}"
        assert done.returncode == expect, told + self.said_by_service()
        return done

    def said_by_service(self):
        path = self.place / "service.txt"
        return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""

    def activate_by_bus(self, name):
        self._run_or_fail("gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                          "org.freedesktop.DBus.StartServiceByName", name, "0")

    def open_window(self):
        """As the desktop does it for a desktop file that says DBusActivatable"""
        self._run_or_fail("gdbus", "call", "--session", "-d", WINDOW_NAME, "-o", WINDOW_PATH, "-m",
                          "org.freedesktop.Application.Activate", "{}")
        self.wait_until(lambda: any(thing.role == "frame" for thing in self.look()), "there is no window")
        self.wait_until(self.window_id, "the window is not on the screen")

    def window_said(self):
        return ""

    # ── What is outside ──────────────────────────────────────────────────────

    def start_simulator(self):
        """A printer at `url` and a mailbox at `mail_port`"""
        with self.file("simulator.json", "wb") as said:
            self.spawn([DEMO, "--printers", "1", "--idle", "--port", "0", "--mail-port", "0", "--json", "--key", KEY], stdout=said)
        self.url = wait_until(lambda: next((row["url"] for row in self.heard() if "printer" in row), None)).rstrip("/")
        self.mail_port = wait_until(lambda: next((row["port"] for row in self.heard() if "mailbox" in row), None))

    def start_avahi(self, name):
        """On a system bus that only this session knows: the simulator's printer announces itself."""
        socket = self.place / "system-bus"
        (self.place / "system-bus.conf").write_text(SYSTEM_BUS.format(folder=self.folder), encoding="utf-8")
        with self.file("system-bus.txt", "wb") as log:
            self.spawn(["dbus-daemon", f"--config-file={self.place}/system-bus.conf", "--nofork"], stdout=log, stderr=log)
        wait_until(socket.exists)
        self.environment["DBUS_SYSTEM_BUS_ADDRESS"] = f"unix:path={socket}"
        with self.file("avahi.txt", "wb") as log:
            self.spawn(["/usr/bin/python3", str(HERE / "avahi_stand_in.py"), name, self.url.rpartition(":")[2]], stdout=log, stderr=log)
        done = self.run(["gdbus", "wait", "--system", "--timeout", "30", "org.freedesktop.Avahi"])
        assert done.returncode == 0, "nobody stands in for Avahi"

    def add_viewers(self):
        """Two programs for pictures outside, so that the desktop asks which; the file that the first makes of what it is given"""
        viewer = self.place / "viewer"
        viewer.write_text('#!/bin/sh\ncp "$1" "$0.new" && mv "$0.new" "$0.jpg"\n', encoding="ascii")
        viewer.chmod(0o755)
        applications = pathlib.Path(self.environment["XDG_DATA_HOME"], "applications")
        applications.mkdir()
        for name in ("a-viewer", "b-viewer"):
            (applications / f"{name}.desktop").write_text(
                f"[Desktop Entry]\nType=Application\nName={name}\nExec={viewer} %f\nMimeType=image/jpeg;\n", encoding="ascii")
        pathlib.Path(self.environment["XDG_CONFIG_HOME"], "mimeapps.list").write_text(
            "[Default Applications]\nimage/jpeg=a-viewer.desktop;\n[Added Associations]\nimage/jpeg=a-viewer.desktop;b-viewer.desktop;\n",
            encoding="ascii")
        self.restart_portal()
        return self.place / "viewer.jpg"

    def heard(self):
        """What the simulator has told; its last line may be half there."""
        lines = (self.place / "simulator.json").read_text(encoding="utf-8").split("\n")[:-1]
        return [json.loads(line) for line in lines]

    def mails(self):
        return [row for row in self.heard() if "mail" in row]

    def play(self, path, **body):
        request = urllib.request.Request(f"{self.url}/demo/{path}", json.dumps(body).encode(), {"Content-Type": "application/json"},
                                         method="POST")
        urllib.request.urlopen(request, timeout=30).close()

    def add_printer(self):
        identifier = self.ctl("printer", "add", "--name", "Bench", "--url", self.url, "--key-file", "-", input=KEY).stdout.strip()
        self.wait_for_printer()
        return identifier

    def wait_for_printer(self):
        return wait_until(lambda: (shown := self.ctl_json("printer", "show", "bench"))["state"] == "operational" and shown, 60)

    def add_mail(self):
        self.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={self.mail_port}", "security=plain",
                 "from=octoherald@example.org", "to=maker@example.org")

    def asked(self, method):
        """What the desktop behind the portals was asked"""
        calls = map(json.loads, (self.place / "backend.txt").read_text(encoding="utf-8").splitlines())
        return [call[1:] for call in calls if call[0] == method]

    def close(self):
        try:
            if self.reader is not None:
                self.reader.close()
                self.reader = None
            self.service = None
            self.run(["flatpak", "kill", APPLICATION])
            wait_until(lambda: APPLICATION not in self.run(["flatpak", "ps", "--columns=application"]).stdout and not self.has_owner())
        finally:
            super().close()


__all__ = ["APPLICATION", "BUS_NAME", "KEY", "SERVICE", "SandboxSession", "wait_until"]
