#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notifications from a sandbox: through the real portal, its GTK half, and dunst behind it."""

import os
import pathlib
import signal
import sys
import unittest

from herald_session import BUS_NAME, SERVICE, wait_until
from notification_scene import KEY, NotificationSession

APPLICATION = "io.github.octoherald.OctoHerald"

# As flatpak writes it, as far as portals read it
FLATPAK_INFO = f"""[Application]
name={APPLICATION}
runtime=runtime/org.gnome.Platform/x86_64/49

[Context]
shared=network;

[Instance]
instance-id=1
"""

ACTIVATED = """[D-BUS Service]
Name=org.freedesktop.impl.portal.PermissionStore
Exec=/usr/libexec/xdg-permission-store
"""

CHOOSER = """#!/bin/sh
grep -F -m 1 "$(cat {choice})"
"""


class SandboxSession(NotificationSession):
    """Everything but the service is outside."""

    def __init__(self):
        super().__init__(starts_server=False, service=None)
        self.wanted = (False, True, False)
        self.place = pathlib.Path(self.folder)
        # No keyring is seen from a sandbox but that of a portal; what is handed over is.
        credentials = self.place / "credentials"
        credentials.mkdir()
        (credentials / "bench.key").write_text(KEY, encoding="utf-8")
        self.environment["CREDENTIALS_DIRECTORY"] = str(credentials)

    def start_desktop(self):
        (self.place / "services/store.service").write_text(ACTIVATED, encoding="utf-8")
        self.choice = self.place / "choice"
        chooser = self.place / "chooser"
        chooser.write_text(CHOOSER.format(choice=self.choice), encoding="utf-8")
        chooser.chmod(0o755)
        (self.place / "dunstrc").write_text(f"[global]\ndmenu = {chooser}\n", encoding="utf-8")
        self.start("org.freedesktop.Notifications", ["dunst", "-conf", f"{self.folder}/dunstrc"])
        self.start("org.freedesktop.impl.portal.desktop.gtk", ["/usr/libexec/xdg-desktop-portal-gtk"])
        self.portal = self.start("org.freedesktop.portal.Desktop", ["/usr/libexec/xdg-desktop-portal"])

    def start(self, name, command):
        with self._quiet("desktop") as log:
            process = self.spawn(command, stdout=log, stderr=log)
        self._wait_for_name(name, process)
        return process

    def start_service(self):
        info = self.place / "flatpak-info"
        info.write_text(FLATPAK_INFO, encoding="utf-8")
        wrapped = ["bwrap", "--die-with-parent"]
        for entry in sorted(os.listdir("/")):
            path = "/" + entry
            wrapped += (["--symlink", os.readlink(path), path] if os.path.islink(path)
                        else ["--dev-bind", path, path])
        wrapped += ["--ro-bind", str(info), "/.flatpak-info", "--", SERVICE]
        with open(os.path.join(self.folder, "service.txt"), "ab") as log:
            self.service = self.spawn(wrapped, stdout=log, stderr=log)
        wait_until(lambda: self.has_owner() or self.service.poll() is not None)
        assert self.service.poll() is None, self.log()

    def end(self, service):
        """bwrap itself does not hand the signal on."""
        answer = self.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                           "org.freedesktop.DBus.GetConnectionUnixProcessID", BUS_NAME]).stdout
        os.kill(int(answer.split()[1].rstrip(",)")), signal.SIGTERM)
        return service.wait(30)

    def click(self, label):
        self.choice.write_text(label, encoding="utf-8")
        self.run(["dunstctl", "context"])

    def displayed(self):
        return int(self.run(["dunstctl", "count", "displayed"]).stdout)


class Portal(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(SandboxSession())

    def test_picture_words_and_buttons_come_through(self):
        session = self.session
        session.start_desktop()
        overheard = session.place / "overheard"
        with overheard.open("wb") as file:
            session.spawn(["dbus-monitor", "interface='org.freedesktop.Notifications',member='Notify'"], stdout=file)
        session.start_service()
        session.add_printer(has_key=True)
        session.ctl("message", "set", "print-progress", "--disable")
        session.play("print", file="benchy.gcode", seconds=300, outcome="done")
        wait_until(lambda: session.history(kind="print-started", state="delivered"))
        wait_until(lambda: session.printer()["state"] == "printing")

        session.click("Pause")
        wait_until(lambda: session.history(kind="print-paused", state="delivered"))
        wait_until(lambda: session.displayed() == 1)
        shown = session.shown("Bench: print paused")
        self.assertIn("benchy is paused.", shown["body"])
        row = session.history(kind="print-paused")[0]
        self.assertEqual(row["picture"], "snapshot", row["note"])

        # The last of the two, so that its pixels have come through the portal and all its doubts.
        said = overheard.read_text(errors="replace")
        self.assertIn("image-data", said[said.rindex("print paused"):])

    def test_words_are_no_markup(self):
        """Portals disagree on whether they are, so there is nothing in them that could be."""
        self.session.start_desktop()
        self.session.start_service()
        self.session.ctl("send", "--title", "A <b>&", "--text", "1 < 2 & <b>bold</b>")
        wait_until(lambda: self.session.history(state="delivered"))
        shown = self.session.shown("A <b>&")
        self.assertIn("1 ‹ 2 &amp; ‹b›bold‹/b›", shown["message"])

    def test_portal_that_comes_late_tells_what_was_missed(self):
        self.session.start_service()
        self.session.ctl("send", "--title", "Late", "--text", "words")
        row = wait_until(lambda: self.session.history(state="deferred"))[0]
        self.assertIn("no notification service", row["reason"])
        self.session.start_desktop()
        wait_until(lambda: self.session.history(state="delivered"))
        self.assertTrue(self.session.shown("Late"))


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
