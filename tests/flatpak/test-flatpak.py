#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak as people get it: built by its real manifest, installed from a bundle, run in the real sandbox beside real portals.

The runtime is made of Debian's packages and looks like GNOME's (docs/flatpak.md says in what it differs).
"""

import os
import pathlib
import shutil
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "service")]

from flatpak_build import Installation, Timed, build, say  # noqa: E402
from sandbox_session import APPLICATION, BUS_NAME, KEY, SERVICE, SandboxSession, wait_until  # noqa: E402
from online_accounts import FakeAccounts, google  # noqa: E402
from tray_reader import TrayReader  # noqa: E402

PROMISE_S = 120


class Shared:
    """The bundle and a place where it is installed; made by the first test, gone with the last."""

    folder = bundle = installation = None


def setUpModule():
    Shared.folder = pathlib.Path(tempfile.mkdtemp(prefix="flatpak-"))
    Shared.bundle = build(Shared.folder)
    Shared.installation = Installation(Shared.folder / "user")
    Shared.installation.add_runtime("Platform")
    Shared.installation.install_bundle(Shared.bundle)


def tearDownModule():
    shutil.rmtree(Shared.folder, ignore_errors=True)


class Fresh(unittest.TestCase):
    def test_from_nothing_to_a_relayed_message(self):
        """What somebody does who has the bundle, on a computer that has the runtime"""
        installation = Installation(Shared.folder / "fresh")
        installation.add_runtime("Platform")
        began = time.monotonic()
        with Timed("the bundle, installed"):
            installation.install_bundle(Shared.bundle)
        with SandboxSession(installation) as session:
            session.start_simulator()
            with Timed("the service, started by the first command"):
                session.ctl("status")
            session.add_mail()
            session.add_printer()
            session.play("print", file="benchy.gcode", seconds=2, outcome="done")
            wait_until(session.mails)
            took_s = time.monotonic() - began
            say(f"from nothing to a relayed message: {took_s:.1f} s")
        self.assertLess(took_s, PROMISE_S)


class Inside(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(SandboxSession(Shared.installation))

    def picture(self, name):
        folder = os.environ.get("OCTOHERALD_PICTURES")
        if folder:
            self.session.screen.save(pathlib.Path(folder, f"flatpak-{name}.png"))

    def test_window_is_opened_by_the_bus_and_starts_the_service(self):
        session = self.session
        with Timed("the window, opened by the bus"):
            session.open_window()
        session.wait_for("Welcome")
        wait_until(session.has_owner)
        self.picture("window")
        self.assertIn("OctoHerald", session.front())
        self.assertIn('"printers"', session.ctl("status", "--json").stdout)

    def test_service_is_started_by_the_bus(self):
        with Timed("the service, started by the bus"):
            self.session.activate_by_bus(BUS_NAME)
            wait_until(self.session.has_owner)
        self.session.ctl("status")

    def test_print_is_relayed_by_mail_with_a_picture(self):
        """The picture goes through octoherald-picture, which may start nothing: so it decodes within itself."""
        session = self.session
        session.start_simulator()
        session.start_service()
        session.add_mail()
        session.add_printer()
        session.ctl("message", "set", "print-done", "--title", "It is over", "--text", "{file} lies there", "--picture", "snapshot")
        session.play("print", file="benchy.gcode", seconds=3, outcome="done")
        mail = wait_until(lambda: next((mail for mail in session.mails() if "lies there" in mail["text"]), None), 60)
        self.assertTrue(mail["picture"].endswith(".jpg"), f"{mail} {session.ctl('history', '--json').stdout}")
        linked = session.run(session.inside("ldd", "/app/libexec/octoherald-picture")).stdout
        self.assertRegex(linked, r"libjpeg\.so\.\d+ => (/usr)?/lib/")
        self.assertNotIn("gdk_pixbuf", linked)

    def test_secret_is_kept_in_a_file_that_only_the_desktops_keyring_opens(self):
        session = self.session
        session.start_simulator()
        session.start_service()
        session.add_printer()
        keyring = session.home / "data/keyrings/default.keyring"
        self.assertTrue(keyring.exists(), "no portal for secrets was asked")
        self.assertNotIn(KEY.encode(), keyring.read_bytes())
        self.assertFalse(any(KEY.encode() in path.read_bytes() for path in session.home.rglob("*") if path.is_file()))
        session.stop_service()
        session.start_service()
        self.assertEqual(session.wait_for_printer()["connection"], "connected")

    def test_icon_is_in_a_real_panel_and_its_menu_works(self):
        session = self.session
        session.start_simulator()
        session.panel.remember()
        session.start_service()
        icon = session.panel.find_icon()
        session.add_printer()
        reader = TrayReader(session)
        self.addCleanup(reader.close)
        wait_until(lambda: reader.state()[0] == "shown")
        session.play("print", file="benchy.gcode", seconds=600, outcome="done")
        wait_until(lambda: (entry := reader.find("Pause")) and entry.is_enabled)
        session.panel.open_menu(icon, lambda: reader.menu().children).click("Pause")
        self.picture("tray")
        wait_until(lambda: session.ctl_json("printer", "show", "bench")["state"] == "paused")

    def test_notification_comes_through_the_portal(self):
        session = self.session
        session.start_service()
        session.ctl("send", "--title", "From the sandbox", "--text", "words")
        self.assertIn("words", session.shown("From the sandbox")["body"])
        said = (session.place / "portal.txt").read_text(encoding="utf-8", errors="replace")
        self.assertIn(APPLICATION, said)

    def test_desktop_is_asked_to_start_it_at_login(self):
        session = self.session
        session.start_service()
        session.ctl("preference", "set", "autostart=true")
        application, wish, line, _flags = session.asked("EnableAutostart")[-1]
        self.assertEqual((application, wish), (APPLICATION, True))
        self.assertEqual((line[:2], line[-2:]), (["flatpak", "run"], [APPLICATION, "--if-needed"]))
        self.assertIn(f"--command={SERVICE}", line)
        # What the desktop would do at login
        session.stop_service()
        with session.file("service.txt", "ab") as log:
            session.service = session.spawn(line, stdout=log, stderr=log)
        wait_until(session.has_owner)
        self.assertTrue(session.ctl_json("preference", "list")["preferences"])

    def show_picture(self):
        """By a click in the menu"""
        session = self.session
        session.start_simulator()
        session.start_service()
        session.add_printer()
        reader = TrayReader(session)
        self.addCleanup(reader.close)
        wait_until(lambda: (entry := reader.find("Show picture")) and entry.is_enabled)
        reader.click("Show picture")

    def test_camera_picture_is_shown_by_a_program_outside(self):
        session = self.session
        shown = session.add_viewers()
        self.show_picture()
        shared = pathlib.Path(session.environment["XDG_RUNTIME_DIR"], "app", APPLICATION)
        [picture] = wait_until(lambda: list(shared.rglob("picture-*.jpg")))
        wait_until(shown.exists)
        self.assertEqual(shown.read_bytes(), picture.read_bytes())

    def test_desktop_that_opens_nothing_is_survived(self):
        """GLib 2.84 ends the whole program when it asks for this portal in vain."""
        (self.session.place / "portals" / "octoheraldtest.portal").unlink()
        self.session.restart_portal()
        self.show_picture()
        self.assertIn("No program", self.session.shown("The picture could not be shown")["body"])
        self.session.ctl("status")

    def test_printer_is_found_by_avahi(self):
        self.session.start_simulator()
        self.session.start_avahi("OctoPrint of the test")
        self.session.start_service()
        found = self.session.ctl("printer", "discover", "--json").stdout
        self.assertIn(self.session.url.rpartition(":")[2], found)

    def test_account_of_the_desktop_is_known(self):
        FakeAccounts(self.session, {"account_1": google("ada@example.org", 465)})
        self.session.start_service()
        self.assertIn("ada@example.org", self.session.ctl("channel", "accounts").stdout)

    def test_file_that_would_be_lost_is_not_written(self):
        """Home and /tmp of the sandbox are in memory: writing there succeeds, and nobody ever sees the file."""
        session = self.session
        session.start_service()
        for path in (f"{session.environment['HOME']}/settings.conf", "/tmp/settings.conf", "settings.conf"):
            told = session.ctl("config", "export", path, expect=1).stderr
            self.assertIn("would be lost", told)
        self.assertIn("[octoherald]", session.ctl("config", "export", "-").stdout)
        session.ctl("config", "export", str(session.home / "data/settings.conf"))
        self.assertTrue((session.home / "data/settings.conf").exists())

    def test_demo_printer_is_there(self):
        session = self.session
        session.start_service()
        session.ctl("printer", "add-demo")
        wait_until(lambda: any(row["connection"] == "connected" for row in session.ctl_json("printer", "list")["printers"]))


if __name__ == "__main__":
    import tap
    tap.main()
