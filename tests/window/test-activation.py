#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The ways to the window: the desktop and the service open it over the bus, and --background opens none."""

import pathlib
import re
import subprocess
import sys
import time
import unittest

from desk import DATA, WINDOW, WINDOW_NAME, WINDOW_PATH, Desk
from herald_session import wait_until


class Ways(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(Desk(keyring=False, has_service=False, is_open=False,
                                              extra={"GSETTINGS_BACKEND": "keyfile"}))

    def install_all(self):
        self.session.install(WINDOW_NAME + ".service", WINDOW_NAME + ".Service.service")

    def has_window_program(self):
        return "true" in self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                           "org.freedesktop.DBus.NameHasOwner", WINDOW_NAME]).stdout

    def call(self, method, *arguments):
        done = self.session.run(["gdbus", "call", "--session", "-d", WINDOW_NAME, "-o", WINDOW_PATH, "-m",
                                 f"org.freedesktop.Application.{method}", *arguments])
        self.assertEqual(done.returncode, 0, done.stderr)

    def windows(self):
        return self.session.run(["xdotool", "search", "--onlyvisible", "--name", "OctoHerald"]).stdout.split()

    def page(self):
        settings = pathlib.Path(self.session.environment["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        return re.findall(r"^page='(.*)'$", settings.read_text(encoding="utf-8"), re.MULTILINE) if settings.exists() else []

    def command_line(self):
        answer = self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                   "org.freedesktop.DBus.GetConnectionUnixProcessID", WINDOW_NAME]).stdout
        number = re.search(r"(\d+),", answer).group(1)
        return pathlib.Path("/proc", number, "cmdline").read_text(encoding="utf-8").split("\0")

    def tearDown(self):
        if self.has_window_program():
            self.call("ActivateAction", "quit", "[]", "{}")
            wait_until(lambda: not self.has_window_program())
        # It outlives its bus, and may just be on its way.
        service = WINDOW_NAME + ".Service"
        if pathlib.Path(self.session.folder, "services", service + ".service").exists():
            self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                              "org.freedesktop.DBus.StartServiceByName", service, "0"])
            self.session.ctl("quit")
            wait_until(lambda: not self.session.has_owner())

    def test_background_starts_the_service_and_no_window(self):
        self.install_all()
        without_screen = {key: value for key, value in self.session.environment.items() if key != "DISPLAY"}
        done = subprocess.run([WINDOW, "--background"], env=without_screen, timeout=30, text=True, check=False,
                              stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertTrue(self.session.has_owner())
        self.assertFalse(self.has_window_program())
        self.assertEqual(self.windows(), [])
        self.assertEqual(self.session.run([WINDOW, "--background"]).returncode, 0, "a second time, too")
        self.call("Activate", "{}")
        wait_until(self.windows)
        self.assertEqual(self.session.run([WINDOW, "--background"]).returncode, 0)
        self.assertEqual(len(self.windows()), 1)

    def test_background_without_a_service_says_so(self):
        done = self.session.run([WINDOW, "--background"])
        self.assertEqual(done.returncode, 1)
        self.assertIn("could not be started", done.stderr)

    def test_desktop_opens_it_over_the_bus(self):
        self.install_all()
        desktop = pathlib.Path(self.session.environment["XDG_DATA_HOME"], "applications", WINDOW_NAME + ".desktop")
        desktop.parent.mkdir()
        text = pathlib.Path(DATA, desktop.name).read_text(encoding="utf-8")
        desktop.write_text(text.replace("Exec=octoherald", f"Exec={WINDOW}"), encoding="utf-8")
        self.assertIn("DBusActivatable=true", text)
        launch = lambda: self.session.spawn(["gio", "launch", str(desktop)], stdout=subprocess.DEVNULL,  # noqa: E731
                                            stderr=subprocess.DEVNULL).wait(20)
        self.assertEqual(self.session.run(["gapplication", "launch", WINDOW_NAME]).returncode, 0)
        wait_until(self.windows)
        wait_until(self.session.has_owner)
        self.assertIn("--gapplication-service", self.command_line(), "the bus has started it")
        self.assertEqual(launch(), 0)
        time.sleep(1)
        self.assertEqual(len(self.windows()), 1)

    def test_page_is_shown(self):
        self.install_all()
        self.call("ActivateAction", "show-page", "[<'history'>]", "{}")
        wait_until(self.windows)
        wait_until(lambda: self.page() == ["history"])
        self.call("ActivateAction", "show-page", "[<'no such page'>]", "{}")
        self.call("ActivateAction", "show-page", "[<'printers'>]", "{}")
        wait_until(lambda: self.page() == ["printers"])
        self.assertTrue(self.has_window_program())

    def test_actions_of_the_desktop_file_show_pages(self):
        self.install_all()
        text = pathlib.Path(DATA, WINDOW_NAME + ".desktop").read_text(encoding="utf-8")
        actions = re.search(r"^Actions=(.*);$", text, re.MULTILINE).group(1).split(";")
        self.assertEqual(len(actions), 3)
        for action in actions:
            # What a desktop sends that knows of activation over the bus, and what others run
            self.call("ActivateAction", action, "[]", "{}")
            wait_until(self.windows)
            wait_until(lambda action=action: [action] == ["show-" + page for page in self.page()])
            self.call("ActivateAction", "show-page", "[<'printers'>]", "{}")
            wait_until(lambda: self.page() == ["printers"])
            section = text.split(f"[Desktop Action {action}]\n")[1].split("\n[")[0]
            program, *arguments = re.search(r"^Exec=(.*)$", section, re.MULTILINE).group(1).split()
            self.assertEqual(program, "octoherald")
            self.assertEqual(self.session.run([WINDOW, *arguments]).returncode, 0)
            wait_until(lambda action=action: [action] == ["show-" + page for page in self.page()])
        self.assertEqual(len(self.windows()), 1)

    def test_page_that_does_not_exist_is_refused(self):
        done = self.session.run([WINDOW, "--page", "nowhere"])
        self.assertEqual(done.returncode, 2)
        self.assertIn("printers, messages, accounts, history", done.stderr)
        self.assertEqual(self.windows(), [])

    def test_printer_gets_the_focus(self):
        self.install_all()
        for name in ("Ada", "Bert", "Cleo"):
            self.session.ctl("printer", "add", "--name", name, "--url", "http://127.0.0.1:1")
        # While the window is not there yet, and while it is
        for name in ("Bert", "Cleo"):
            self.call("ActivateAction", "show-printer", f"[<'{name.lower()}'>]", "{}")
            wait_until(lambda name=name: (thing := self.session.focused()) and thing.name.startswith(name))
        self.call("ActivateAction", "show-printer", "[<'nobody'>]", "{}")
        self.assertTrue(self.has_window_program())


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
