#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window of the preferences before the real service: what is set there holds, and what is set elsewhere appears."""

import pathlib
import sys
import unittest

from gi.repository import GLib

from desk import Desk
from herald_session import midday_zone, wait_until

ENTRY = "autostart/io.github.octoherald.OctoHerald.desktop"
SWITCHES = ("check box", "switch")


class Scene(unittest.TestCase):
    names = ()
    extra = {}

    def setUp(self):
        self.desk = self.enterContext(Desk(*self.names, keyring=True, extra={"TZ": midday_zone(), **self.extra}))
        self.desk.open_by_keys("ctrl+comma")
        self.desk.wait_for("Start at login")

    def value(self, name):
        rows = self.desk.ctl_json("preference", "list")["preferences"]
        return next(row["value"] for row in rows if row["name"] == name)

    def wait_for_value(self, name, value):
        wait_until(lambda: self.value(name) == value)

    def shown(self, name):
        """What stands in an entry; GTK 4.8's say so only if they are asked for a certain length."""
        return self.desk.find(name, "text").call("Text", "GetText", GLib.Variant("(ii)", (0, 50)))[0]

    def focus(self, name):
        """With the key for it, as often as it takes"""
        for _ in range(40):
            # Each window has something that has its focus.
            if any(thing.name == name and "focused" in thing.states for thing in self.desk.look()):
                return
            self.desk.keys("Tab")
        raise AssertionError(f"the keyboard does not get to “{name}”")

    def fill(self, name, words):
        self.focus(name)
        self.desk.keys("ctrl+a")
        self.desk.type(words)
        self.desk.keys("Return")


class Preferences(Scene):
    def test_switches_hold_at_once(self):
        entry = pathlib.Path(self.desk.environment["XDG_CONFIG_HOME"], ENTRY)
        self.assertFalse(entry.exists())
        self.desk.click("Start at login")
        self.wait_for_value("autostart", True)
        self.assertTrue(entry.exists())
        self.desk.click("Start at login")
        self.wait_for_value("autostart", False)
        self.assertFalse(entry.exists())

    def test_what_is_set_elsewhere_appears(self):
        self.desk.ctl("preference", "set", "keep-awake=true", "quiet-from=21:30", "history-days=7")
        wait_until(lambda: "checked" in self.desk.find("Keep this computer awake while a message waits", SWITCHES).states)
        wait_until(lambda: self.shown("Quiet hours begin") == "21:30")
        wait_until(lambda: self.shown("Days the history is kept") == "7")

    def test_what_cannot_be_right_is_said_and_stays(self):
        self.fill("Quiet hours begin", "noon")
        self.desk.wait_for("Please enter a time like 22:00, or leave it empty.")
        self.fill("Days the history is kept", "4000")
        self.desk.wait_for("must be a number from 0 to 3650")
        self.assertEqual(self.value("history-days"), 30)
        self.desk.ctl("preference", "set", "keep-awake=true")
        wait_until(lambda: "checked" in self.desk.find("Keep this computer awake while a message waits", SWITCHES).states)
        self.assertEqual([self.shown(name) for name in ("Quiet hours begin", "Days the history is kept")],
                         ["noon", "4000"])
        self.fill("Days the history is kept", "365")
        self.wait_for_value("history-days", 365)

    def test_what_was_typed_last_holds_when_the_window_is_closed(self):
        self.focus("Days the history is kept")
        self.desk.keys("ctrl+a")
        self.desk.type("77")
        self.desk.keys("Escape")
        self.wait_for_value("history-days", 77)
        self.desk.open_by_keys("ctrl+comma")
        wait_until(lambda: self.shown("Days the history is kept") == "77")

    def test_muted_is_said_and_ended(self):
        self.desk.wait_for("You hear of everything.")
        self.desk.ctl("mute", "1h")
        self.desk.wait_for("Nothing is told until")
        self.desk.click("Unmute")
        wait_until(lambda: self.desk.ctl_json("status")["muted_until"] is None)
        self.desk.wait_for("You hear of everything.")

    def test_a_service_that_goes_and_comes(self):
        self.desk.stop_service()
        self.desk.wait_for("OctoHerald is not running at the moment.")
        self.desk.start_service()
        self.desk.wait_gone("OctoHerald is not running at the moment.")
        self.desk.click("Keep this computer awake while a message waits")
        self.wait_for_value("keep-awake", True)


class QuietPrint(Scene):
    names = ("Prusa",)

    def test_quiet_hours_silence_a_print(self):
        self.fill("Quiet hours begin", "11:00")
        self.fill("Quiet hours end", "15:00")
        self.desk.wait_for("These are quiet hours, until 15:00.")
        self.desk.picture("preferences-quiet")
        self.desk.ctl("message", "set", "print-started", "--picture", "none")
        self.desk.printers[0].print_something()
        rows = wait_until(lambda: self.desk.ctl_json("history")["messages"])
        self.assertEqual([row["reason"] for row in rows], ["Not told: quiet hours until 15:00."] * len(rows))


class Settings(Scene):
    names = ("Prusa",)

    def export(self, path):
        self.desk.click("Export…")
        self.desk.find("File", "text").set_text(str(path))
        # The page of the history has one, too.
        self.desk.find_all("Save", "push button")[-1].act()

    def choose(self, path):
        self.desk.click("Import…")
        self.desk.find("File", "text").set_text(str(path))
        self.desk.click("Open")

    def test_there_and_back_again_without_secrets(self):
        path = pathlib.Path(self.desk.folder, "mine.conf")
        self.desk.ctl("channel", "add", "email", "--name", "Mail <b>", "from=a@example.org", "to=b@example.org",
                      "host=127.0.0.1", "port=9", "security=plain", "auth=none")
        self.export(path)
        self.desk.wait_for("Exported to")
        text = path.read_text(encoding="utf-8")
        self.assertIn("Mail <b>", text)
        self.assertNotIn("DEMOKEY", text)
        self.assertEqual(path.stat().st_mode & 0o777, 0o600)

        self.choose(path)
        self.desk.wait_for("The settings of this file are yours already.")

        self.desk.ctl("channel", "remove", "mail-b")
        self.desk.ctl("preference", "set", "history-days=9")
        self.choose(path)
        self.desk.wait_for("What Will Change", "The account “Mail <b>” is added.", "Preferences are changed.")
        self.desk.picture("preferences-import")
        self.desk.click("Import")
        # It is not offered for long.
        self.desk.click("Undo")
        self.desk.wait_for("The settings are as they were before.")
        self.assertEqual(self.value("history-days"), 9)

        self.choose(path)
        self.desk.click("Import")
        self.desk.wait_for("The settings of the file are in use.")
        self.wait_for_value("history-days", 30)

    def test_what_is_no_settings_changes_nothing(self):
        folder = pathlib.Path(self.desk.folder)
        before = self.desk.ctl("config", "export", "-").stdout
        for number, content in enumerate((b"", b"\x89PNG\r\n\x1a\n" * 999, b"[other]\na=b\n", b"x" * 2000000)):
            path = folder / f"wrong-{number}"
            path.write_bytes(content)
            self.choose(path)
            self.desk.wait_for("This file has no settings of OctoHerald.")
            self.assertEqual(self.desk.find_all("What Will Change"), [])
            # What is said of the next must not be what was said of this.
            self.desk.wait_gone("This file has no settings of OctoHerald.")
        self.assertEqual(self.desk.ctl("config", "export", "-").stdout, before)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
