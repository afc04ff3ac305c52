#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""./release writes the version everywhere, or changes nothing (TAP). It works in a clone of what is committed."""

import hashlib
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))
NEXT = "# News\n\n## Next\n\n- Tells of `filament` that [runs out](docs/start.md), & more\n  in a second line.\n- And this.\n\n## "


class Release(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.clone = self.folder / "clone"
        self.clone.mkdir()
        for name in ("meson.build", "NEWS.md", "release", "data", "debian", "tests/lint", "docs/pictures"):
            source, target = ROOT / name, self.clone / name
            if source.is_dir():
                shutil.copytree(source, target)
            elif source.exists():
                shutil.copy2(source, target)
        (self.clone / "check").write_text("#!/bin/sh\ntest ! -e \"$(dirname \"$0\")/../broken\"\n", encoding="utf-8")
        (self.clone / "check").chmod(0o755)
        self.git("init", "--quiet", "--initial-branch=main")
        self.git("config", "user.name", "Ada")
        self.git("config", "user.email", "ada@example.org")
        news = self.clone / "NEWS.md"
        news.write_text(news.read_text(encoding="utf-8").replace("# News\n", NEXT.removesuffix("## "), 1), encoding="utf-8")
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "Begin")

    def git(self, *arguments):
        return subprocess.run(["git", "-C", str(self.clone), *arguments], check=True, text=True, capture_output=True).stdout

    def release(self, *arguments):
        return subprocess.run([self.clone / "release", *arguments], text=True, capture_output=True, check=False, timeout=120)

    def assert_refused(self, gist, *arguments):
        done = self.release(*arguments)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(gist, done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertEqual(self.git("tag"), "")
        self.assertEqual(self.git("log", "--oneline").count("\n"), 1)

    def test_version_is_written_everywhere(self):
        done = self.release("9.8.7")
        self.assertEqual(done.returncode, 0, done.stderr + done.stdout)
        self.assertEqual(self.git("tag").split(), ["v9.8.7"])
        self.assertEqual(self.git("log", "-1", "--format=%s").strip(), "Release 9.8.7")
        self.assertEqual(self.git("status", "--porcelain"), "")
        for name in ("meson.build", "NEWS.md", "data/io.github.octoherald.OctoHerald.metainfo.xml.in", "debian/changelog"):
            if (self.clone / name).exists():
                self.assertIn("9.8.7", (self.clone / name).read_text(encoding="utf-8"), name)
        metainfo = (self.clone / "data/io.github.octoherald.OctoHerald.metainfo.xml.in").read_text(encoding="utf-8")
        self.assertIn("<li>Tells of filament that runs out, &amp; more in a second line.</li>", metainfo)
        archive = self.folder / "octoherald-9.8.7.tar.xz"
        self.assertIn(hashlib.sha256(archive.read_bytes()).hexdigest(), done.stdout)
        with tarfile.open(archive) as files:
            build = files.extractfile("octoherald-9.8.7/meson.build").read().decode()
        self.assertTrue(re.search("version: '9.8.7'", build))

    def test_what_does_not_pass_changes_nothing(self):
        (self.folder / "broken").touch()
        self.assert_refused("nothing was changed", "9.8.7")
        self.assertEqual(self.git("status", "--porcelain"), "")

    def test_what_is_not_ready_is_refused(self):
        self.assert_refused("no version", "next")
        self.assert_refused("does not come after", "0.0.1")
        (self.clone / "NEWS.md").write_text("# News\n", encoding="utf-8")
        self.assert_refused("not committed", "9.8.7")
        self.git("commit", "--all", "--amend", "--quiet", "--message", "Begin")
        self.assert_refused("“## Next”", "9.8.7")
        self.assertEqual(self.git("status", "--porcelain"), "")


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
