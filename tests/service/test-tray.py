#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the panel: what its menu says while a simulated printer prints, and what comes of a click."""

import json
import os
import pathlib
import stat
import sys
import time
import unittest
import urllib.request

from gi.repository import GLib

from herald_session import CTL, OBJECT_PATH, HeraldSession, wait_until
from tray_panel import TrayPanel

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
WINDOW = "io.github.octoherald.OctoHerald"
NAME = "<b>&\"'_x"


SCRIPT = """#!/bin/sh
echo "$*|$XDG_ACTIVATION_TOKEN" >> {told}
"""
ENTRY = """[Desktop Entry]
Type=Application
Name=Viewer
Exec={program} %u
MimeType=x-scheme-handler/http;image/jpeg;image/png;text/plain;
"""
DEFAULTS = """[Default Applications]
x-scheme-handler/http=viewer.desktop
image/jpeg=viewer.desktop
image/png=viewer.desktop
text/plain=viewer.desktop
"""


class Viewer:
    """The program for web pages and pictures: it only writes down what it was started with."""

    def __init__(self, session):
        self.told = pathlib.Path(session.folder, "told.txt")
        program = pathlib.Path(session.folder, "viewer")
        applications = pathlib.Path(session.environment["XDG_DATA_HOME"], "applications")
        applications.mkdir()
        program.write_text(SCRIPT.format(told=self.told), encoding="ascii")
        program.chmod(0o700)
        (applications / "viewer.desktop").write_text(ENTRY.format(program=program), encoding="ascii")
        pathlib.Path(session.environment["XDG_CONFIG_HOME"], "mimeapps.list").write_text(DEFAULTS, encoding="ascii")

    def take(self):
        """What it was started with, and the token of the click."""
        line = wait_until(lambda: self.told.exists() and self.told.read_text(encoding="utf-8"))
        self.told.unlink()
        return line.strip().split("|")


class Tray(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession(service=None).__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.viewer = Viewer(cls.session)
        cls.session.start_service()
        demo = cls.session.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY], stdout=-1, text=True)
        cls.addClassCleanup(demo.stdout.close)
        cls.url = None
        while cls.url is None:
            said = json.loads(demo.stdout.readline())
            cls.url = said.get("url") if "printer" in said else None
        cls.panel = TrayPanel(cls.session)
        cls.addClassCleanup(cls.panel.close)
        cls.panel.start()
        cls.printer = cls.session.ctl("printer", "add", "--name", NAME, "--url", cls.url, "--key-file", "-",
                                      input=KEY).stdout.strip()

    def setUp(self):
        self.addCleanup(self.session.ctl, "unmute")
        wait_until(lambda: self.panel.labels()[0] == NAME + ": ready")

    def wait_for(self, words):
        """What the first line says, as soon as it says it."""
        return wait_until(lambda: (line := self.panel.labels()[0]) and words in line and line)

    def demo(self, path, **body):
        request = urllib.request.Request(self.url.rstrip("/") + "/demo/" + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()

    def print_something(self, file="benchy.gcode"):
        self.demo("print", file=file, seconds=600, outcome="done")
        self.addCleanup(self.session.run, [CTL, "printer", "cancel", self.printer, "--yes"])
        return self.wait_for("printing")

    def test_name_is_shown_as_text(self):
        self.assertEqual(self.panel.labels()[0], NAME + ": ready")
        self.assertEqual(self.panel.tooltip(), NAME + ": ready")

    def test_print_is_followed(self):
        line = self.print_something()
        wait_until(lambda: "%" in self.panel.tooltip() and "done at" in self.panel.tooltip())
        self.assertTrue(line.startswith(NAME + ": printing"), line)
        self.assertIn("“benchy.gcode”", self.panel.labels())
        self.assertEqual(self.panel.look()["Status"], "Active")

    def test_print_is_paused_resumed_and_cancelled(self):
        self.print_something()
        self.assertFalse(self.panel.find("Resume")[2])
        self.panel.click("Pause")
        self.wait_for("paused")
        wait_until(lambda: self.panel.find("Resume")[2] and not self.panel.find("Pause")[2])
        self.panel.click("Resume")
        self.wait_for("printing")
        self.assertEqual(self.panel.labels("Cancel this print"), ["“benchy.gcode” will be lost.", "Yes, cancel it"])
        self.panel.click("Cancel this print", "Yes")
        self.wait_for("ready")
        self.assertEqual(self.panel.find("Cancel this print")[2:], (False, -1, []))

    def test_click_on_what_is_grey_is_answered(self):
        self.assertFalse(self.panel.find("Pause")[2])
        self.panel.click("Pause")
        self.session.shown(f"“{NAME}” could not be paused")

    def test_question_about_one_print_does_not_cancel_another(self):
        self.print_something()
        yes = wait_until(lambda: self.panel.find("Cancel this print", "Yes"))
        self.session.ctl("printer", "cancel", self.printer, "--yes")
        self.wait_for("ready")
        self.print_something("other.gcode")
        with self.assertRaises(GLib.GError):
            self.panel.event(yes[1])
        self.assertIn("printing", self.panel.labels()[0])

    def test_print_is_muted_and_heard_of_again(self):
        self.print_something()
        self.assertEqual(self.panel.find("Mute this print")[2:4], (True, 0))
        self.panel.click("Mute this print")
        wait_until(lambda: self.panel.find("Mute this print")[3] == 1)
        self.panel.click("Mute this print")
        wait_until(lambda: self.panel.find("Mute this print")[3] == 0)

    def test_printer_that_waits_for_somebody_says_why(self):
        self.print_something()
        self.demo("plugin", plugin="action_command_prompt",
                  data={"action": "show", "text": "Change the filament?", "choices": ["Yes", "No"]})
        self.assertIn("Change the filament?", self.wait_for("needs you: "))
        self.assertEqual(self.panel.look()["Status"], "NeedsAttention")
        self.demo("plugin", plugin="action_command_prompt", data={"action": "close"})
        self.wait_for("printing")
        wait_until(lambda: self.panel.look()["Status"] == "Active")

    def test_quitting_asks_while_something_is_printed(self):
        self.print_something()
        self.assertEqual(self.panel.labels("Quit"), ["1 print goes on, but you will hear nothing of it.", "Yes, quit"])
        self.panel.click("Quit")
        # The answer to a click comes before anything is done
        self.assertEqual(len(self.panel.labels("Quit")), 2)
        self.assertIsNone(self.session.service.poll())

    def test_muting_is_shown_and_undone(self):
        self.panel.click("Mute everything", "For 1 hour")
        wait_until(lambda: self.panel.find("Muted until"))
        self.assertIn("Muted", self.session.ctl("status").stdout)
        self.panel.click("Muted until", "Unmute")
        wait_until(lambda: self.panel.find("Mute everything", "For 1 hour"))
        self.assertNotIn("Muted", self.session.ctl("status").stdout)
        self.panel.click("Mute everything", "Until I unmute")
        wait_until(lambda: self.panel.find("Muted until you unmute"))
        self.assertIn("octoheraldctl unmute", self.session.ctl("status").stdout)

    def test_web_page_and_picture_are_opened(self):
        self.panel.give_token("token-1")
        self.panel.click("Open web page")
        self.assertEqual(self.viewer.take(), [self.url.rstrip("/"), "token-1"])
        self.panel.click("Show picture")
        path = pathlib.Path(self.viewer.take()[0])
        self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)
        self.assertEqual(path.read_bytes()[:2], b"\xff\xd8")

    def test_picture_that_is_not_there_is_told(self):
        self.demo("camera", fault="off")
        self.addCleanup(self.demo, "camera", fault="none")
        self.panel.click("Show picture")
        self.session.shown(f"There is no picture of “{NAME}”")

    def test_test_message_is_told(self):
        self.panel.click("Send a test message", "Desktop")
        wait_until(lambda: any(row["kind"] == "test" and row["state"] == "delivered"
                               for row in self.session.ctl_json("history")["messages"]))
        self.session.ctl("channel", "add", "email", "--name", "Post", "host=127.0.0.1", "port=1", "security=plain",
                         "from=a@example.org", "to=b@example.org", "auth=none")
        self.addCleanup(self.session.ctl, "channel", "remove", "post")
        self.panel.click("Send a test message", "Post")
        self.session.shown("The test through “Post” did not get through")

    def test_channel_that_is_switched_off_is_grey_and_says_so(self):
        self.session.ctl("channel", "disable", "desktop")
        self.addCleanup(self.session.ctl, "channel", "enable", "desktop")
        wait_until(lambda: not self.panel.find("Send a test message", "Desktop")[2])
        self.panel.click("Send a test message", "Desktop")
        self.session.shown("The test through “Desktop” did not get through")

    def test_window_is_opened_where_there_is_one(self):
        self.assertIsNone(self.panel.find("Open OctoHerald"))
        self.panel.press("Activate")
        self.assertEqual(self.viewer.take()[0], self.url.rstrip("/"))
        pathlib.Path(self.session.folder, "services", "window.service").write_text(
            f"[D-BUS Service]\nName={WINDOW}\nExec=/bin/false\n", encoding="ascii")
        self.panel.play_window(WINDOW)
        self.panel.bus_call("ReloadConfig", None)
        wait_until(lambda: self.panel.find("Open OctoHerald"))
        self.panel.give_token("token-2")
        self.panel.press("Activate")
        self.panel.give_token("token-3")
        self.panel.click("Show in OctoHerald")
        self.panel.click("Open OctoHerald")
        wait_until(lambda: len(self.panel.window) == 3)
        tokens = [{"activation-token": token, "desktop-startup-id": token} for token in ("token-2", "token-3")]
        self.assertEqual(self.panel.window, [("Activate", tokens[0]), ("ActivateAction", "show-printer", [self.printer],
                                             tokens[1]), ("ActivateAction", "show-page", ["printers"], {})])


class Quiet(unittest.TestCase):
    """What an icon costs while nothing can be seen to change."""

    def test_nothing_is_told_on_an_idle_day(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            panel = TrayPanel(session)
            self.addCleanup(panel.close)
            panel.start()
            time.sleep(2)
            before = panel.count()
            time.sleep(5)
            self.assertEqual(panel.signals[before:], [])

    def test_icon_comes_back_with_bus_and_panel(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            first = TrayPanel(session)
            self.addCleanup(first.close)
            first.start()
            session.bus.kill()
            session.bus.wait(5)
            session.start_bus()
            wait_until(session.has_owner, 90)
            second = TrayPanel(session)
            self.addCleanup(second.close)
            second.start()
            self.assertEqual(second.tooltip(), "No printer is set up yet")
            second.stop()
            second.start()
            second.click("Mute everything", "For 1 hour")
            wait_until(lambda: second.find("Muted until"))

    def test_icon_goes_and_comes_with_the_preference(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            panel = TrayPanel(session)
            self.addCleanup(panel.close)
            panel.start()
            owner = panel.item[0]
            session.ctl("preference", "set", "tray=false")
            # A panel takes an icon away when its connection is gone, and for no other reason
            wait_until(lambda: not panel.bus_call("NameHasOwner", GLib.Variant("(s)", (owner,)))[0])
            self.assertIn("'off'", self.tray_state(session))
            panel.item = None
            session.ctl("preference", "set", "tray=true")
            wait_until(lambda: panel.item)
            self.assertEqual(panel.tooltip(), "No printer is set up yet")
            wait_until(lambda: "'shown'" in self.tray_state(session))

    def tray_state(self, session):
        return session.call(OBJECT_PATH, "org.freedesktop.DBus.Properties.Get",
                            "io.github.octoherald.OctoHerald.Service1", "Tray").stdout

    def test_quit_ends_the_service(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            panel = TrayPanel(session)
            self.addCleanup(panel.close)
            panel.start()
            panel.click("Quit")
            self.assertEqual(session.service.wait(10), 0)
            session.service = None


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
