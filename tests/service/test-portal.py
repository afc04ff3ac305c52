#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real xdg-desktop-portal between the service in a sandbox and a desktop: what reaches the desktop."""

import json
import os
import pathlib
import sys
import unittest

from herald_session import SERVICE, HeraldSession, wait_until
from loopback import free_port
from sandbox import in_sandbox

HERE = pathlib.Path(__file__).parent
APPLICATION = "io.github.octoherald.OctoHerald"
BACKEND = "org.freedesktop.impl.portal.desktop.octoheraldtest"
PORTAL = """[portal]
DBusName={name}
Interfaces=org.freedesktop.impl.portal.Access;org.freedesktop.impl.portal.Background;org.freedesktop.impl.portal.Inhibit;
UseIn=octoheraldtest
"""


class Portal(unittest.TestCase):
    def setUp(self):
        self.session = HeraldSession(keyring=False, display=False, notifications=False, service=None)
        folder = pathlib.Path(self.session.folder)
        (folder / "portals").mkdir()
        (folder / "portals" / "octoheraldtest.portal").write_text(PORTAL.format(name=BACKEND), encoding="ascii")
        self.session.environment.update(XDG_DESKTOP_PORTAL_DIR=str(folder / "portals"),
                                        XDG_CURRENT_DESKTOP="octoheraldtest")
        self.enterContext(self.session)
        for name, program in (("org.freedesktop.impl.portal.PermissionStore", "xdg-permission-store"),
                              ("org.freedesktop.portal.Documents", "xdg-document-portal")):
            (folder / "services" / f"{name}.service").write_text(
                f"[D-BUS Service]\nName={name}\nExec=/usr/libexec/{program}\n", encoding="ascii")
        self.session.reload_bus()
        self.log = folder / "backend.txt"
        with open(self.log, "wb") as log:
            self.session.spawn(["/usr/bin/python3", str(HERE / "portal_backend.py")], stdout=log)
        self.wait_for_name(BACKEND)
        with open(folder / "portal.txt", "wb") as log:
            self.session.spawn(["/usr/libexec/xdg-desktop-portal", "--verbose"], stdout=log, stderr=log)
        self.wait_for_name("org.freedesktop.portal.Desktop")

    def wait_for_name(self, name):
        done = self.session.run(["gdbus", "wait", "--session", "--timeout", "30", name])
        self.assertEqual(done.returncode, 0, name)

    def start(self):
        with open(os.path.join(self.session.folder, "service.txt"), "ab") as log:
            self.session.service = self.session.spawn(in_sandbox(self.session.folder, [SERVICE]), stdout=log, stderr=log)
        wait_until(lambda: self.session.has_owner() or self.session.service.poll() is not None)
        self.assertIsNone(self.session.service.poll(), self.session.log())

    def calls(self, method):
        calls = map(json.loads, self.log.read_text(encoding="utf-8").splitlines())
        return [call[1:] for call in calls if call[0] == method]

    def wishes(self):
        return [call[1] for call in self.calls("EnableAutostart")]

    def preference(self):
        return next((row["value"], row["problem"]) for row in self.session.ctl_json("preference", "list")["preferences"]
                    if row["name"] == "autostart")

    def test_desktop_does_what_was_chosen_and_forgets_nothing_at_the_next_start(self):
        self.start()
        wait_until(lambda: self.wishes() == [False])
        self.session.ctl("preference", "set", "autostart=true")
        self.assertEqual(self.preference(), (True, None))
        application, wish, line, _flags = self.calls("EnableAutostart")[-1]
        self.assertEqual((application, wish), (APPLICATION, True))
        self.assertEqual((line[:2], line[-2:]), (["flatpak", "run"], [APPLICATION, "--if-needed"]))
        self.assertIn(f"--command={SERVICE}", line)
        self.session.stop_service()
        self.start()
        # The trap: a question that does not say it switches it off
        wait_until(lambda: len(self.wishes()) == 3)
        self.assertEqual(self.wishes(), [False, True, True])

    def test_user_who_forbids_it_is_heard(self):
        self.start()
        wait_until(self.wishes)
        done = self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.impl.portal.PermissionStore", "-o",
                                 "/org/freedesktop/impl/portal/PermissionStore", "-m",
                                 "org.freedesktop.impl.portal.PermissionStore.SetPermission", "background", "true",
                                 "background", APPLICATION, "['no']"])
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("does not allow", self.session.ctl("preference", "set", "autostart=true", expect=1).stderr)
        self.assertFalse(self.preference()[0])

    def test_desktop_keeps_the_computer_awake(self):
        self.start()
        self.session.ctl("preference", "set", "keep-awake=true")
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={free_port()}",
                         "security=plain", "from=a@example.org", "to=b@example.org")
        self.session.ctl("send", "--text", "Hello", "--channels", "mail")
        call = wait_until(lambda: self.calls("Inhibit"))[0]
        self.assertEqual((call[1], call[3]), (APPLICATION, 4))


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    import tap
    tap.main()
