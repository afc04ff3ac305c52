#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Is our stand-in for X like X? X's own library and the most used one of others post to it; two judges look on.

    test-x-standin.py PROGRAM        (octoherald-demo)

With X's description in X_OPENAPI, Prism judges shapes, too (x_judge.py).
"""

import hashlib
import json
import os
import pathlib
import random
import struct
import subprocess
import sys
import tempfile
import unittest
import urllib.error
import zlib

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import tap
from x_judge import XJudge, prism
from x_stand_in import XStandIn, provision

PROGRAM = sys.argv.pop(1)
LIBRARIES = ("xdk", "twitter-api-v2")
LIMIT_S = 120
FILM_BYTES = 2_500_000


def make_picture():
    """A PNG of 40 × 30"""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + b"".join(bytes((x * 6, y * 8, 128)) for x in range(40)) for y in range(30))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 40, 30, 8, 2, 0, 0, 0)) \
        + chunk(b"IDAT", zlib.compress(lines)) + chunk(b"IEND", b"")


class StandInTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = cls.enterClassContext(tempfile.TemporaryDirectory())
        cls.picture = make_picture()
        cls.film = b"\0\0\0\x18ftypmp42" + random.Random(1).randbytes(FILM_BYTES)
        pathlib.Path(cls.folder, "picture.png").write_bytes(cls.picture)
        pathlib.Path(cls.folder, "film.mp4").write_bytes(cls.film)

        cls.prism = cls.enterClassContext(prism())

    def setUp(self):
        self.x = self.enterContext(XStandIn(PROGRAM))
        self.judge = self.enterContext(XJudge(self.x, self.prism))

    def post(self, library, **changes):
        settings = {"url": self.judge.url, "keys": self.x.keys, "picture": f"{self.folder}/picture.png",
                    "film": f"{self.folder}/film.mp4", **changes}
        done = subprocess.run(["node", HERE / "x-libraries.js", library, json.dumps(settings)], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, text=True, timeout=LIMIT_S, check=True,
                              env={**os.environ, "NODE_PATH": str(provision() / "node_modules")})
        return json.loads(done.stdout)

    def check_media(self, post, expected, kind):
        medium, = post["media"]
        self.assertEqual(medium["type"], kind)
        self.assertEqual(medium["bytes"], len(expected))
        self.assertEqual(medium["sha256"], hashlib.sha256(expected).hexdigest())
        self.assertEqual(self.x.media(medium["id"]), expected)
        return medium

    def test_libraries_of_others_post_words_pictures_and_films(self):
        names = {"xdk": "XDK", "twitter-api-v2": "twitter-api-v2"}
        for library in LIBRARIES:
            with self.subTest(library=library):
                before = len(self.x.posts())
                told = self.post(library)
                self.assertEqual(told.get("me"), "demo_bench", told)
                words, picture, film = self.x.posts()[before:]
                self.assertEqual([words["id"], picture["id"], film["id"]], [told["text"], told["picture"], told["film"]])
                self.assertEqual(words["text"], f"{names[library]}: only words, 25 % “quoted” é 🎉")
                self.assertEqual(words["media"], [])
                medium = self.check_media(picture, self.picture, "image/png")
                self.assertEqual((medium["width"], medium["height"]), (40, 30))
                self.assertEqual(medium["alt_text"], f"A part by {names[library]}")
                self.check_media(film, self.film, "video/mp4")
        n_requests = len(self.x.requests("/2/"))
        self.assertGreaterEqual(n_requests, 20)
        self.assertEqual(self.judge.n_signed, n_requests)
        self.check_shapes(n_requests)

    def check_shapes(self, n_requests):
        """Where there is a description, every request is judged by it, and none has passed unseen."""
        if self.judge.prism is None:
            self.assertEqual(self.judge.violations, [])
            return
        print(f"# Prism judged {n_requests} requests")
        # twitter-api-v2 sends `{}` where no body is described, with its picture and with its film. X takes no offence.
        self.assertEqual([words.split("/")[-1] for words in self.judge.violations],
                         ["finalize: Prism says 415 ['No supported content types, but request included a non-empty body']"] * 2)
        self.assertEqual(self.judge.n_shaped, n_requests - 2)

    def test_films_are_waited_for(self):
        told = self.post("xdk")
        self.assertIn(told["states"][0], ("pending", "in_progress"), told)
        self.assertEqual(told["states"][-1], "succeeded")

    def test_wrong_secrets_are_refused_by_both(self):
        for library in LIBRARIES:
            for name in self.x.keys:
                with self.subTest(library=library, name=name):
                    wrong = {**self.x.keys, name: self.x.keys[name][:-1] + "?"}
                    told = self.post(library, keys=wrong)
                    self.assertEqual(told.get("status"), 401, told)
                    self.assertIn("oauthlib does not believe the signature", self.judge.violations[-1])
        self.assertEqual(self.x.posts(), [])
        self.assertEqual(self.judge.n_signed, 0)

    def test_people_sign_in_and_tokens_are_renewed(self):
        told = self.post("login", client=self.x.client_id)
        self.assertEqual((told.get("me"), told.get("again")), ("demo_bench", 400), told)
        client, secret = self.x.web_client
        told = self.post("login", client=client, secret=secret)
        self.assertEqual((told.get("me"), told.get("again")), ("demo_bench", 400), told)
        self.assertEqual(self.x.texts(), ["login: without a secret", "login: with a secret"])
        told = self.post("login", client=client, secret=secret + "?")
        self.assertEqual(told.get("status"), 401, told)

    def test_same_words_are_refused_and_a_picture_stays(self):
        self.post("twitter-api-v2")
        told = self.post("twitter-api-v2")
        self.assertEqual(told.get("status"), 403, told)
        self.assertEqual(len(self.x.posts()), 3)

    def test_faults_reach_others_as_they_reach_us(self):
        self.x.play("unavailable", path="/2/tweets", done=True)
        told = self.post("xdk")
        self.assertEqual(told.get("status"), 503, told)
        self.assertEqual(len(self.x.posts()), 1)
        with self.assertRaises(urllib.error.HTTPError):
            self.x.play("no-such-fault")


if __name__ == "__main__":
    provision()
    tap.main()
