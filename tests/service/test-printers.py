#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""octoheraldctl and the service with a simulated printer: what is shown of it, and what it can be told."""

import json
import os
import pathlib
import sys
import time
import unittest
import urllib.request

from herald_session import CTL, HeraldSession, wait_until

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"


class Printers(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession(notifications=False).__enter__()
        cls.addClassCleanup(cls.session.close)
        demo = cls.session.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY], stdout=-1, text=True)
        cls.addClassCleanup(demo.stdout.close)
        cls.url = None
        while cls.url is None:
            said = json.loads(demo.stdout.readline())
            cls.url = said.get("url") if "printer" in said else None
        cls.printer = cls.session.ctl("printer", "add", "--name", "Demo", "--url", cls.url, "--key-file", "-",
                                 input=KEY).stdout.strip()

    def setUp(self):
        self.ctl = self.session.ctl
        self.wait_for("operational")
        self.addCleanup(self.session.run, [CTL, "printer", "cancel", self.printer])

    def show(self):
        return self.session.ctl_json("printer", "show", self.printer)

    def wait_for(self, *states):
        return wait_until(lambda: (shown := self.show())["state"] in states and shown["actions"] and shown)

    def print_something(self):
        body = json.dumps({"file": "benchy.gcode", "seconds": 300, "outcome": "done"}).encode()
        request = urllib.request.Request(self.url.rstrip("/") + "/demo/print", body,
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()
        return self.wait_for("printing")

    def test_print_is_shown(self):
        shown = self.print_something()
        self.assertEqual((shown["file"], shown["origin"], shown["connection"]), ("benchy.gcode", "local", "connected"))
        self.assertEqual(shown["actions"], ["pause", "cancel"])
        self.assertIsNone(shown["certificate"])
        words = self.ctl("printer", "show", self.printer).stdout
        for word in ("printing", "benchy.gcode", "local", self.url.rstrip("/")):
            self.assertIn(word, words)
        self.ctl("printer", "cancel", self.printer)
        self.wait_for("operational")

    def test_print_is_paused_resumed_and_cancelled(self):
        self.print_something()
        self.assertIn("already", self.ctl("printer", "connect", self.printer, expect=1).stderr)
        self.ctl("printer", "pause", self.printer)
        self.assertEqual(self.wait_for("paused")["actions"], ["resume", "cancel"])
        self.assertIn("paused", self.ctl("status").stdout)
        self.assertIn("Nothing", self.ctl("printer", "pause", self.printer, expect=1).stderr)
        self.ctl("printer", "resume", self.printer)
        self.wait_for("printing")
        self.ctl("printer", "cancel", self.printer)
        self.assertEqual(self.wait_for("operational")["actions"], ["disconnect"])
        self.assertIn("Nothing", self.ctl("printer", "cancel", self.printer, expect=1).stderr)

    def test_printer_is_disconnected_and_connected(self):
        self.ctl("printer", "disconnect", self.printer)
        self.assertEqual(self.wait_for("offline")["actions"], ["connect"])
        self.assertIn("printer off", self.ctl("status").stdout)
        self.ctl("printer", "connect", self.printer)
        self.wait_for("operational")

    def play(self, path, **body):
        request = urllib.request.Request(self.url.rstrip("/") + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()

    def test_picture_is_taken(self):
        self.addCleanup(self.play, "/demo/camera")
        picture = pathlib.Path(self.session.folder) / "picture.jpg"
        take = ("printer", "snapshot", self.printer, "--output", str(picture))
        wait_until(lambda: self.show()["cameras"] == ["Classic Webcam"])
        self.assertIn("Classic Webcam", self.ctl("printer", "show", self.printer).stdout)
        for name in ((), ("--camera", "classic webcam")):
            self.ctl(*take, *name)
            self.assertTrue(picture.read_bytes().startswith(b"\xff\xd8\xff"))
        picture.unlink()

        self.assertIn("of that name", self.ctl(*take, "--camera", "garden", expect=1).stderr)
        self.assertIn("could not be written: there is no such folder\n", self.ctl(*take[:-1], "/nowhere/picture.jpg", expect=1).stderr)
        self.assertIn("--output", self.ctl(*take[:-2], expect=2).stderr)
        self.play("/demo/camera", fault="disabled")
        wait_until(lambda: self.show()["cameras"] == [])
        # A picture is good for a second.
        time.sleep(1.1)
        self.assertIn("switched off in OctoPrint", self.ctl(*take, expect=1).stderr)
        self.assertFalse(picture.exists())

    def test_settings_of_the_camera_are_checked_and_interrupt_nothing(self):
        change = ("printer", "set", self.printer)
        for wrong in ("snapshot-url=camera", "snapshot-timeout=31", "rotate-left=maybe", "snapshot-url=http://a:b@c/"):
            self.ctl(*change, wrong, expect=1)
        self.ctl(*change, "rotate-left=true", "snapshot-url=" + self.url + "webcam/?action=stream")
        self.assertEqual(self.show()["connection"], "connected")
        self.assertEqual(self.show()["cameras"][0], "own")
        self.ctl(*change, "rotate-left=", "snapshot-url=")

    def test_setting_that_no_printer_has_is_refused(self):
        before = self.show()
        for change, gist in (("colour=red", "no setting “colour”"), ("enabled=perhaps", "must be true or false"), ("type=x", "no setting “type”")):
            self.assertIn(gist, self.ctl("printer", "set", self.printer, change, expect=1).stderr)
        self.assertEqual(self.show(), before)

    def test_wrong_key_is_told(self):
        identifier = self.ctl("printer", "add", "--url", self.url, "--key-file", "-", input="WRONG").stdout.strip()
        self.addCleanup(self.session.run, [CTL, "printer", "remove", identifier])
        wait_until(lambda: "key refused" in self.ctl("status").stdout)
        self.assertIn(f"octoheraldctl printer request-access {identifier}\n", self.ctl("status").stdout)
        self.assertEqual(self.session.ctl_json("printer", "show", identifier)["connection"], "unauthorized")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
