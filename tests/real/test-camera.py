#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of the camera of a real OctoPrint: wherever its settings say it is, and whatever the camera does.

The camera notes what it is asked: OctoPrint's key must never be among it.
"""

import os
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from camera_peer import HEIGHT, WIDTH, CameraPeer  # noqa: E402
from front_server import PASSWORD, USER, Front  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from octoprint_server import ADMIN_KEY, VERSIONS, OctoPrintServer  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", VERSIONS[0])
FLAT = VERSION.startswith("1.8")
NOBODY = "http://127.0.0.1:9/?action=snapshot"
STREAM = "/webcam/?action=stream"
LIMIT_S = 60

# A camera that is slow is given 1 s, at each of its addresses.
PATIENCE_S = 8


def size_of(jpeg):
    """Width and height as its frame header has them (ITU-T T.81, B.2.2)."""
    position = 2
    while jpeg[position + 1] not in (0xc0, 0xc1, 0xc2):
        position += 2 + int.from_bytes(jpeg[position + 2:position + 4], "big")
    return (int.from_bytes(jpeg[position + 7:position + 9], "big"),
            int.from_bytes(jpeg[position + 5:position + 7], "big"))


class Camera(unittest.TestCase):
    """One OctoPrint, by itself and behind nginx, one camera, one session."""

    @classmethod
    def setUpClass(cls):
        cls.camera = cls.enterClassContext(CameraPeer())
        cls.server = cls.enterClassContext(OctoPrintServer(VERSION))
        cls.front = cls.enterClassContext(Front("nginx", cls.server.port, cls.camera.port))
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        cls.output = pathlib.Path(cls.session.folder) / "picture.jpg"
        cls.direct = cls.add("direct", cls.server.url)

    @classmethod
    def add(cls, name, url, *more):
        printer = cls.session.ctl("printer", "add", "--name", name, "--url", url, "--key-file", "-", *more,
                                  input=ADMIN_KEY).stdout.strip()
        cls.session.ctl("printer", "set", printer, "snapshot-timeout=1")
        return printer

    def setUp(self):
        self.addCleanup(self.output.unlink, missing_ok=True)
        self.camera.requests.clear()

    def show(self, printer):
        return self.session.ctl_json("printer", "show", printer)

    def configure(self, snapshot, stream="", enabled=True, **turns):
        """As somebody does in OctoPrint's settings; done when we know it."""
        if FLAT:
            webcam = {"snapshotUrl": snapshot, "streamUrl": stream,
                      **{name: turns.get(name, False) for name in ("flipH", "flipV", "rotate90")}}
            settings = {"webcam": {**webcam, "webcamEnabled": enabled}}
        else:
            plugin = {"snapshot": snapshot, "stream": stream,
                      **{name: turns.get(name, False) for name in ("flipH", "flipV", "rotate90")}}
            settings = {"webcam": {"webcamEnabled": enabled}, "plugins": {"classicwebcam": plugin}}
        self.server.expect("POST", "/api/settings", settings)
        # It is told by an event, upon which the settings are fetched.
        time.sleep(1.5)

    def snapshot(self, printer, *more):
        """Width and height of what comes."""
        self.session.ctl("printer", "snapshot", printer, "--output", str(self.output), *more)
        return size_of(self.output.read_bytes())

    def refusal(self, printer):
        begin = time.monotonic()
        error = self.session.ctl("printer", "snapshot", printer, "--output", str(self.output), expect=1).stderr
        self.assertLess(time.monotonic() - begin, PATIENCE_S, error)
        self.assertFalse(self.output.exists())
        return error

    def tearDown(self):
        for path, headers in self.camera.requests:
            told = f"{path} {headers}"
            self.assertNotIn(ADMIN_KEY, told)
            self.assertNotIn("x-api-key", told.lower())
        self.assertNotIn(ADMIN_KEY, self.session.log())

    def test_picture_from_the_computer_itself(self):
        self.configure(self.camera.url("snapshot"))
        self.assertEqual(self.snapshot(self.direct), (WIDTH, HEIGHT))
        self.assertEqual(self.show(self.direct)["cameras"], ["webcam" if FLAT else "Classic Webcam"])

    def test_picture_is_turned_as_octoprint_says(self):
        self.configure(self.camera.url("snapshot"), rotate90=True, flipH=True)
        self.assertEqual(self.snapshot(self.direct), (HEIGHT, WIDTH))
        self.session.ctl("printer", "set", self.direct, "rotate-left=false")
        self.assertEqual(self.snapshot(self.direct), (WIDTH, HEIGHT))
        self.session.ctl("printer", "set", self.direct, "rotate-left=")

    def test_picture_behind_a_proxy(self):
        self.configure(NOBODY, STREAM)
        (pathlib.Path(self.session.folder) / "password").write_text(PASSWORD, encoding="utf-8")
        secret = ("--user", USER, "--password-file", str(pathlib.Path(self.session.folder) / "password"))
        for manner, more in (("prefix", ()), ("login", secret), ("tls", ("--certificate", self.front.fingerprint()))):
            with self.subTest(manner=manner):
                printer = self.add("front " + manner, self.front.url(manner), *more)
                wait_until(lambda printer=printer: self.show(printer)["cameras"], LIMIT_S)
                self.assertEqual(self.snapshot(printer), (WIDTH, HEIGHT))
                self.session.ctl("printer", "remove", printer)

    def test_picture_out_of_a_stream(self):
        self.configure("", self.camera.url("stream").replace("/?action", "/moving?x&action"))
        self.assertEqual(self.snapshot(self.direct), (WIDTH, HEIGHT))

    def test_own_address_comes_first(self):
        self.configure(NOBODY)
        for action in ("stream", "snapshot"):
            self.session.ctl("printer", "set", self.direct, "snapshot-url=" + self.camera.url(action))
            self.assertEqual(self.snapshot(self.direct), (WIDTH, HEIGHT))
        self.session.ctl("printer", "set", self.direct, "snapshot-url=")

    def test_camera_that_is_off_is_told(self):
        self.configure(self.camera.url("snapshot"), enabled=False)
        self.assertIn("switched off in OctoPrint", self.refusal(self.direct))
        self.assertEqual(self.camera.requests, [])

    def test_bad_camera_is_told_in_time(self):
        words = {"slow": "in time", "endless": "", "html": "web page", "redirect": "do not go"}
        for action, word in words.items():
            with self.subTest(action=action):
                self.session.ctl("printer", "set", self.direct, "snapshot-url=" + self.camera.url(action))
                self.assertIn(word, self.refusal(self.direct))
        self.session.ctl("printer", "set", self.direct, "snapshot-url=")


if __name__ == "__main__":
    import tap
    tap.main()
