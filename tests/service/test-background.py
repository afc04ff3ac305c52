#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a window: started at login, outside of a sandbox by a file and inside of one by a portal, which is told what is done."""

import json
import os
import pathlib
import subprocess
import sys
import time
import unittest
import urllib.request

import herald_session
from herald_session import OBJECT_PATH, SERVICE, HeraldSession, wait_until
from loopback import free_port
from sandbox import in_sandbox

HERE = pathlib.Path(__file__).parent
DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
FILE_NAME = "io.github.octoherald.OctoHerald.desktop"


class Scene(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(HeraldSession(keyring=False, display=False, notifications=False, service=None))
        self.folder = pathlib.Path(self.session.folder, "portal")
        self.folder.mkdir()
        self.config = pathlib.Path(self.session.environment["XDG_CONFIG_HOME"])
        self.entry = self.config / "autostart" / FILE_NAME

    def preference(self, name="autostart"):
        rows = self.session.ctl_json("preference", "list")["preferences"]
        return next((row["value"], row["problem"]) for row in rows if row["name"] == name)

    def choose(self, value, expect=0):
        return self.session.ctl("preference", "set", f"autostart={value}", expect=expect)

    def has_name(self, name):
        return "true" in self.session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                           "org.freedesktop.DBus.NameHasOwner", name]).stdout


class Outside(Scene):
    def setUp(self):
        super().setUp()
        self.session.start_service()

    def launch(self):
        """As the desktop does it"""
        return self.session.spawn(["gio", "launch", str(self.entry)], stdout=subprocess.DEVNULL,
                                  stderr=subprocess.DEVNULL).wait(20)

    def test_choice_is_the_file_and_nothing_else(self):
        self.assertEqual(self.preference(), (False, None))
        self.choose("true")
        self.assertEqual(self.preference(), (True, None))
        text = self.entry.read_text(encoding="utf-8")
        self.assertIn(f'Exec="{SERVICE}" --if-needed\n', text)
        done = self.session.run(["desktop-file-validate", str(self.entry)])
        self.assertEqual((done.returncode, done.stdout), (0, ""))
        self.assertNotIn("autostart", (self.config / "octoherald" / "octoherald.conf").read_text(encoding="utf-8"))
        self.session.stop_service()
        self.session.start_service()
        self.assertEqual(self.preference(), (True, None))
        self.choose("")
        self.assertFalse(self.entry.exists())

    def test_desktop_starts_it_and_a_second_one_gives_way(self):
        self.choose("true")
        self.assertEqual(self.launch(), 0)
        second = self.session.run([SERVICE, "--if-needed"])
        self.assertEqual((second.returncode, second.stdout), (0, ""))
        self.assertEqual(self.session.run([SERVICE]).returncode, 1)
        self.session.stop_service()
        self.assertEqual(self.launch(), 0)
        wait_until(self.session.has_owner)
        self.session.ctl("quit")
        wait_until(lambda: not self.session.has_owner())

    def test_desktops_own_switch_is_heard_at_once(self):
        self.choose("true")
        monitor = self.session.spawn(["gdbus", "monitor", "--session", "-d", herald_session.BUS_NAME, "-o", OBJECT_PATH],
                                     stdout=subprocess.PIPE, text=True)
        wait_until(lambda: "is owned by" in monitor.stdout.readline())
        with self.entry.open("a", encoding="utf-8") as file:
            file.write("Hidden=true\n")
        wait_until(lambda: "'autostart': 'false'" in monitor.stdout.readline())
        self.assertEqual(self.preference(), (False, None))
        self.entry.unlink()
        self.choose("true")
        self.assertEqual(self.preference(), (True, None))

    def test_folder_that_cannot_be_written_is_said(self):
        self.entry.parent.write_text("a file in the way", encoding="utf-8")
        self.session.stop_service()
        self.session.start_service()
        value, problem = self.preference()
        self.assertFalse(value)
        self.assertIn(str(self.entry.parent), problem)
        before = (self.config / "octoherald" / "octoherald.conf").read_bytes()
        told = self.session.ctl("preference", "set", "tray=false", "autostart=true", expect=1).stderr
        self.assertIn("cannot be written", told)
        self.assertEqual((self.config / "octoherald" / "octoherald.conf").read_bytes(), before, "all or nothing")

    def test_portal_is_not_asked(self):
        calls = self.folder / "calls"
        (self.folder / "manner").write_text("allow", encoding="utf-8")
        self.session.spawn(["/usr/bin/python3", str(HERE / "portal_stand_in.py"), str(self.folder)])
        wait_until(lambda: self.has_name("org.freedesktop.portal.Desktop"))
        self.session.stop_service()
        self.session.start_service()
        self.choose("true")
        time.sleep(3)
        self.assertFalse(calls.exists())


class Inside(Scene):
    def setUp(self):
        super().setUp()
        self.manner("allow")
        self.addCleanup(setattr, herald_session, "SERVICE", SERVICE)

    def manner(self, word):
        (self.folder / "manner").write_text(word, encoding="utf-8")

    def start_portal(self):
        portal = self.session.spawn(["/usr/bin/python3", str(HERE / "portal_stand_in.py"), str(self.folder)])
        wait_until(lambda: self.has_name("org.freedesktop.portal.Desktop"))
        return portal

    def start(self):
        command = in_sandbox(self.session.folder, [SERVICE])
        with open(os.path.join(self.session.folder, "service.txt"), "ab") as log:
            self.session.service = self.session.spawn(command, stdout=log, stderr=log)
        wait_until(lambda: self.session.has_owner() or self.session.service.poll() is not None)
        self.assertIsNone(self.session.service.poll(), self.session.log())

    def calls(self, method):
        try:
            lines = (self.folder / "calls").read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []
        return [call for call in map(json.loads, lines) if call[0] == method]

    def said(self):
        """The autostart of each question; None where the trap is"""
        return [call[3].get("autostart") for call in self.calls("RequestBackground")]

    def test_every_question_says_the_choice(self):
        """The portal takes a question without it for “not at login”."""
        self.start_portal()
        self.start()
        wait_until(lambda: self.said() == [False])
        self.choose("true")
        self.assertEqual((self.preference(), self.said()), ((True, None), [False, True]))
        options = self.calls("RequestBackground")[-1][3]
        self.assertEqual(options["commandline"], [SERVICE, "--if-needed"])
        self.assertTrue(options["reason"])
        self.session.stop_service()
        self.start()
        wait_until(lambda: self.said() == [False, True, True])
        self.assertEqual(self.preference(), (True, None))
        self.choose("false")
        self.assertEqual((self.preference(), self.said()[-1]), ((False, None), False))
        self.assertFalse(self.entry.exists())

    def test_new_session_hears_the_choice(self):
        """Also when the bus died, and nobody has started us anew."""
        self.start_portal()
        self.start()
        self.choose("true")
        self.session.bus.kill()
        self.session.bus.wait(5)
        self.session.start_bus()
        self.start_portal()
        wait_until(lambda: self.said() == [False, True, True], 90)
        self.assertEqual(self.preference(), (True, None))

    def test_handle_of_an_older_portal(self):
        self.start_portal()
        self.manner("other-handle")
        self.start()
        self.choose("true")
        self.assertEqual(self.preference(), (True, None))

    def test_denied(self):
        self.start_portal()
        for manner in ("deny", "cancel"):
            self.manner(manner)
            if self.session.service is None:
                self.start()
            self.assertIn("does not allow", self.choose("true", expect=1).stderr)
            value, problem = self.preference()
            self.assertFalse(value)
            self.assertIn("settings", problem)
        self.manner("allow")
        self.choose("true")
        self.assertEqual(self.preference(), (True, None))

    def test_no_such_portal(self):
        self.start_portal()
        self.manner("absent")
        self.start()
        wait_until(lambda: self.preference()[1])
        self.assertIn("cannot start programs from a sandbox", self.preference()[1])
        self.assertIn("cannot start", self.choose("true", expect=1).stderr)

    def test_no_portal_at_all(self):
        self.start()
        wait_until(lambda: self.preference()[1])
        self.choose("true", expect=1)

    def test_silent_portal_keeps_nobody_waiting(self):
        self.start_portal()
        self.manner("silent")
        self.start()
        began = time.monotonic()
        self.assertIn("did not say", self.choose("true", expect=1).stderr)
        self.assertLess(time.monotonic() - began, 25)
        self.assertTrue(self.calls("Close"))
        began = time.monotonic()
        self.session.stop_service()
        self.assertLess(time.monotonic() - began, 5)

    def test_desktop_is_told_what_is_done(self):
        self.start_portal()
        self.start()
        demo = self.session.spawn([DEMO, "--printers", "1", "--idle", "--bare", "--json", "--key", KEY], stdout=-1, text=True)
        self.addCleanup(demo.stdout.close)
        url = None
        while url is None:
            line = json.loads(demo.stdout.readline())
            url = line.get("url") if "printer" in line else None
        self.session.ctl("printer", "add", "--name", "Benchy", "--url", url)
        body = json.dumps({"file": "a.gcode", "seconds": 20, "outcome": "done"}).encode()
        urllib.request.urlopen(urllib.request.Request(url.rstrip("/") + "/demo/print", body,
                                                      {"Content-Type": "application/json"}, method="POST"),
                               timeout=20).close()
        began = time.monotonic()
        wait_until(lambda: len(self.calls("SetStatus")) >= 1)
        time.sleep(6)
        words = [call[2]["message"] for call in self.calls("SetStatus")]
        self.assertTrue(all(0 < len(text) <= 96 and "\n" not in text for text in words), words)
        self.assertTrue(all(first != second for first, second in zip(words, words[1:])), words)
        self.assertLessEqual(len(words), (time.monotonic() - began) / 2 + 2)

    def test_portal_without_status_is_not_asked_again(self):
        self.start_portal()
        self.manner("old")
        self.start()
        wait_until(lambda: self.calls("SetStatus"))
        for name in ("One", "Two", "Three"):
            self.session.ctl("printer", "add", "--name", name, "--url", "http://127.0.0.1:1")
        time.sleep(3)
        self.assertEqual(len(self.calls("SetStatus")), 1)

    def wait_with_a_message(self):
        """Awake, if the desktop lets us"""
        self.session.ctl("preference", "set", "keep-awake=true")
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={free_port()}",
                         "security=plain", "from=a@example.org", "to=b@example.org")
        self.session.ctl("send", "--text", "Hello", "--channels", "mail")

    def test_kept_awake_while_a_message_waits(self):
        self.start_portal()
        self.start()
        self.wait_with_a_message()
        call = wait_until(lambda: self.calls("Inhibit"))[0]
        self.assertEqual(call[3], 4, "suspend, and nothing else")
        self.assertIn("waits", call[4]["reason"])
        row = self.session.ctl_json("history")["messages"][0]
        self.session.ctl("history", "discard", str(row["id"]))
        wait_until(lambda: self.calls("Close"))
        self.assertEqual(len(self.calls("Inhibit")), 1)

    def test_computer_kept_awake_too_late_may_sleep(self):
        self.start_portal()
        self.manner("late")
        self.start()
        self.wait_with_a_message()
        asked = wait_until(lambda: self.calls("Inhibit"))[0][4]["handle_token"]
        self.assertTrue(wait_until(lambda: self.calls("Close"))[0][1].endswith("/" + asked))

    def test_portal_that_is_started_anew_is_asked_anew(self):
        portal = self.start_portal()
        self.start()
        self.wait_with_a_message()
        wait_until(lambda: self.calls("Inhibit"))
        portal.kill()
        portal.wait(5)
        self.start_portal()
        wait_until(lambda: len(self.calls("Inhibit")) == 2)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    import tap
    tap.main()
