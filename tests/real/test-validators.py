#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop and a software centre read of OctoHerald, judged by the programs of Debian 13 (TAP). Lints ask those of Debian 12."""

import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
NAME = "io.github.octoherald.OctoHerald"
DATA = pathlib.Path(os.environ["OCTOHERALD_DATA"])


class Validators(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([HERE / "provision-validators.sh"], check=True, text=True, capture_output=True, timeout=600)
        cls.tree = pathlib.Path(done.stdout.strip(), "tree")

    def judge(self, program, *arguments, files=()):
        """(status, what it says); the files are copied into a folder, in which it runs"""
        with tempfile.TemporaryDirectory() as folder:
            for file in files:
                shutil.copy(file, pathlib.Path(folder, pathlib.Path(file).name.removesuffix(".in")))
            done = subprocess.run(["bwrap", "--ro-bind", self.tree, "/", "--dev", "/dev", "--proc", "/proc", "--tmpfs", "/tmp",
                                   "--bind", folder, "/mnt", "--chdir", "/mnt", "--unshare-net", "--clearenv", "--setenv", "PATH",
                                   "/usr/bin:/bin", "--setenv", "LC_ALL", "C.UTF-8", program, *arguments],
                                  stdin=subprocess.DEVNULL, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False)
        return done.returncode, done.stdout

    def assert_accepts(self, program, *arguments, files):
        status, said = self.judge(program, *arguments, files=files)
        self.assertEqual(status, 0, said)
        return said

    def test_metainfo_is_accepted(self):
        # Both what is written and what the build makes of it with its translations
        for file in (ROOT / f"data/{NAME}.metainfo.xml.in", DATA / f"{NAME}.metainfo.xml"):
            said = self.assert_accepts("appstreamcli", "validate", "--no-net", f"{NAME}.metainfo.xml", files=[file])
            self.assertNotRegex(said, r"(?m)^[EW]:")

    def test_faulty_metainfo_is_not(self):
        with tempfile.TemporaryDirectory() as folder:
            file = pathlib.Path(folder, f"{NAME}.metainfo.xml")
            file.write_text((DATA / file.name).read_text(encoding="utf-8").replace("<summary>", "<summary>\n\n.", 1)
                            .replace("oars-1.1", "oars-9"), encoding="utf-8")
            status, _ = self.judge("appstreamcli", "validate", "--no-net", file.name, files=[file])
        self.assertNotEqual(status, 0)

    def test_desktop_file_is_accepted(self):
        for file in (ROOT / f"data/{NAME}.desktop.in", DATA / f"{NAME}.desktop"):
            said = self.assert_accepts("desktop-file-validate", f"{NAME}.desktop", files=[file])
            self.assertEqual(said, "")

    def test_schema_is_accepted(self):
        self.assert_accepts("glib-compile-schemas", "--strict", "--dry-run", ".", files=[ROOT / f"data/{NAME}.gschema.xml"])

    def test_translations_are_accepted(self):
        languages = re.findall(r"^[a-z]\S*", (ROOT / "po/LINGUAS").read_text(encoding="utf-8"), re.MULTILINE)
        for language in languages:
            with self.subTest(language=language):
                self.assert_accepts("msgfmt", "--check", "--output-file=/dev/null", f"{language}.po", files=[ROOT / f"po/{language}.po"])

    def test_manuals_are_accepted(self):
        for page in sorted(ROOT.glob("docs/man/*.[1-9]")):
            with self.subTest(page=page.name):
                self.assertEqual(self.judge("groff", "-mdoc", "-ww", "-z", "-K", "utf8", page.name, files=[page]), (0, ""))
                status, said = self.judge("mandoc", "-T", "lint", "-W", "warning", page.name, files=[page])
                self.assertEqual(status, 0, said)


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    import tap

    tap.main()
