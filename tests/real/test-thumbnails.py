#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Thumbnails and films of a real OctoPrint: its own (2.0), those of a plugin (1.x), and what is in its files.

    test-thumbnails.py PROGRAM [TEST…]        (kept-picture)
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
import uuid
import zipfile

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import gcode_layouts as layouts  # noqa: E402
from cut_proxy import CutProxy  # noqa: E402
from octoprint_extras import card, configure  # noqa: E402
from octoprint_server import OctoPrintServer, dwell_gcode  # noqa: E402

PROGRAM = sys.argv.pop(1)
SAMPLES = HERE.parent / "data" / "gcode"
LIMIT_S = 90
MIB = 1024 * 1024
FOLDER, FILE = "für Ana", "Teil #2 (50%) & mehr.gcode"
FILM = "Teil #2_20260102030405.mp4"
SLOW_PRINT = layouts.prusaslicer(layouts.block(layouts.draw(16, 16), 16, 16),
                                 layouts.block(layouts.draw(220, 124), 220, 124)) + dwell_gcode(60)


def upload(server, folder, name, content):
    """Uploads into a folder; returns the path that OctoPrint has made of it."""
    boundary = uuid.uuid4().hex
    body = (f'--{boundary}\r\nContent-Disposition: form-data; name="path"\r\n\r\n{folder}\r\n'
            f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n'
            "Content-Type: application/octet-stream\r\n\r\n").encode() + content + f"\r\n--{boundary}--\r\n".encode()
    answer = server.expect("POST", "/api/files/local", body, content_type=f"multipart/form-data; boundary={boundary}")
    return answer["files"]["local"]["path"]


def fetch(server, *arguments, url=None):
    """What the program prints, word by word."""
    with tempfile.TemporaryDirectory() as credentials:
        pathlib.Path(credentials, "mk3.key").write_text(server.key, encoding="utf-8")
        done = subprocess.run([PROGRAM, "--url", url or server.url, *arguments], stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, text=True, check=True, timeout=LIMIT_S,
                              env={**os.environ, "CREDENTIALS_DIRECTORY": credentials})
    return {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}


def make_films(folder):
    """Real films as OctoPrint keeps them, each with its last frame beside it."""
    folder.mkdir(exist_ok=True)
    for name in (FILM, "old.mpg"):
        subprocess.run(["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc=s=320x240:r=5:d=2", "-pix_fmt", "yuv420p",
                        *(["-r", "25"] if name.endswith("mpg") else []), str(folder / name)], check=True, timeout=60)
        (folder / f"{name}.thumb.jpg").write_bytes(layouts.draw(320, 240, "jpg"))


class Scene:
    """What is the same for all versions"""

    VERSION = None
    HAS_RANGE = True

    @classmethod
    def setUpClass(cls):
        cls.server = OctoPrintServer(cls.VERSION)
        cls.addClassCleanup(cls.server.close)
        configure(cls.server, 9, dwell_gcode(1))
        make_films(pathlib.Path(cls.server.base, "timelapse"))
        cls.prepare()
        cls.server.start()
        cls.path = upload(cls.server, FOLDER, FILE, SLOW_PRINT.encode())

    @classmethod
    def prepare(cls):
        """Before the server starts"""

    def check(self, path, width, height, kind="png"):
        answer = fetch(self.server, "--thumbnail", path)
        self.assertEqual(answer.get("picture", [answer])[:3], [kind, str(width), str(height)], answer)

    def test_thumbnail_of_a_running_print_in_a_folder(self):
        self.assertIn("/", self.path)
        self.server.expect("POST", "/api/files/local/" + layouts.quote(self.path), {"command": "select", "print": True})
        self.server.wait_state("Printing", 30)
        path = self.server.job()["job"]["file"]["path"]
        self.assertEqual(path, self.path)
        self.check(path, *self.LARGEST)
        self.server.cancel()
        self.server.wait_state("Operational", 30)

    def test_file_without_a_thumbnail_has_none(self):
        path = upload(self.server, "", "none.gcode", (SAMPLES / "none.gcode").read_bytes())
        answer = fetch(self.server, "--thumbnail", path)
        self.check_plain(answer, *self.WITHOUT)

    def check_plain(self, answer, picture, sentence):
        self.assertIn("error" if picture is None else "picture", answer)
        if picture is None:
            self.assertIn(sentence, " ".join(answer["error"]))

    def test_card_has_none(self):
        origin, paths = card(self.server)
        answer = fetch(self.server, "--origin", origin, "--thumbnail", paths[0])
        self.assertIn("card", " ".join(answer["error"]))

    def test_large_file_is_not_read_to_its_end(self):
        """100 MB of g-code, which lies there like any other; what a plugin has of it is not asked for."""
        folder = pathlib.Path(self.server.base, "uploads")
        with open(folder / "large.gcode", "w", encoding="utf-8") as file:
            file.write(layouts.prusaslicer(layouts.block(layouts.draw(48, 32), 48, 32)))
            file.write("G1 X101.234 Y97.891 E0.13452\n" * 3500000)
        with CutProxy(self.server.port) as proxy:
            answer = fetch(self.server, "--thumbnail", "large.gcode", url=proxy.url)
            taken = proxy.n_answered
        (folder / "large.gcode").unlink()
        self.assertEqual(answer.get("picture", [answer])[:3], ["png", "48", "32"])
        print(f"# {self.VERSION}: {taken} bytes of 101500000 went over the wire", flush=True)
        # Beside the file there is what OctoPrint pushes. Without Range, more is on its way before we hang up.
        self.assertLess(taken, MIB + 200000 if self.HAS_RANGE else 10 * MIB)

    def test_picture_at_the_beginning_of_a_long_zip_file(self):
        """Its list is at the end, the picture is not: two requests, or with 2.0, which has no Range, much to skip."""
        path = pathlib.Path(self.server.base, "uploads", "first.gcode")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr("Metadata/thumbnail.png", layouts.draw(48, 32))
            archive.writestr("3D/model.gcode", layouts.BODY * 20000)
        self.check("first.gcode", 48, 32)

    # ── Films ────────────────────────────────────────────────────────────────

    def test_film_comes_whole(self):
        answer = fetch(self.server, "--film", FILM)
        self.assertEqual(answer["picture"][0], "mp4", answer)
        self.assertNotIn("note", answer)

    def test_film_that_is_too_large_gives_its_last_frame(self):
        answer = fetch(self.server, "--film", FILM, "--max-bytes", "1000")
        self.assertEqual(answer["picture"][:3], ["jpg", "320", "240"])
        self.assertIn("large", answer["note"])

    def test_film_that_is_not_mpeg_4_gives_its_last_frame(self):
        self.assertEqual(fetch(self.server, "--film", "old.mpg")["picture"][:3], ["jpg", "320", "240"])

    def test_film_that_is_gone_is_said(self):
        self.assertIn("no film", " ".join(fetch(self.server, "--film", "gone.mp4")["error"]))


class WithPlugin(Scene, unittest.TestCase):
    """1.11 with a plugin that keeps thumbnails"""

    VERSION = "1.11.8"
    LARGEST = 8, 8
    WITHOUT = "picture", None

    @classmethod
    def prepare(cls):
        plugins = pathlib.Path(cls.server.base, "plugins")
        plugins.mkdir(exist_ok=True)
        shutil.copy(HERE / "thumbnail_plugin.py", plugins / "prusaslicerthumbnails.py")

    def test_plugin_has_told(self):
        told = self.server.expect("GET", "/api/files/local/" + layouts.quote(self.path))
        self.assertTrue(told["thumbnail"].startswith("plugin/prusaslicerthumbnails/thumbnail/"), told)


class WithoutPlugin(Scene, unittest.TestCase):
    """1.10 as it comes"""

    VERSION = "1.10.3"
    LARGEST = 220, 124
    WITHOUT = None, "no thumbnail"

    def test_what_slicers_write(self):
        expected = {"prusaslicer-crlf.gcode": "png", "prusaslicer-jpg.gcode": "jpg", "prusaslicer-qoi.gcode": "png",
                    "orcaslicer.gcode": "png", "cura.gcode": "png", "luban.gcode": "png"}
        for name, kind in expected.items():
            with self.subTest(name=name):
                self.check(upload(self.server, "samples", name, (SAMPLES / name).read_bytes()), 48, 32, kind)

    def test_files_that_are_no_text(self):
        """OctoPrint itself takes such files only with a plugin; they lie there all the same."""
        folder = pathlib.Path(self.server.base, "uploads")
        for name in ("prusa.bgcode", "charon.ufp"):
            with self.subTest(name=name):
                shutil.copy(SAMPLES / name, folder / (name + ".gcode"))
                self.check(name + ".gcode", 48, 32)


class WithItsOwn(Scene, unittest.TestCase):
    """2.0, which keeps thumbnails itself and knows no Range"""

    VERSION = "2.0.0rc7"
    LARGEST = 220, 124
    WITHOUT = None, "no thumbnail"
    HAS_RANGE = False

    def test_server_has_told(self):
        told = self.server.expect("GET", "/api/files/local/" + layouts.quote(self.path))
        self.assertIn("thumbnail_220x124", told["refs"])


if __name__ == "__main__":
    import tap
    tap.main()
