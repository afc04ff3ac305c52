#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages of what is committed: built here, judged by lintian, and lived with on a fresh Debian of the same version."""

import os
import pathlib
import platform
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
BUILD_LIMIT_S = 2400
LIMIT_S = 1500


def run(command, **more):
    return subprocess.run([str(word) for word in command], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace", check=False, **{"timeout": LIMIT_S, **more})


class Package(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory(prefix="package-")))
        tree = cls.folder / "octoherald"
        subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, tree], check=True, stdin=subprocess.DEVNULL)
        done = run(["dpkg-buildpackage", "-us", "-uc", "-b"], cwd=tree, timeout=BUILD_LIMIT_S)
        if done.returncode != 0:
            raise AssertionError(f"the packages cannot be built:\n{done.stdout[-5000:]}")

    def packages(self):
        """Fields of those that are for people."""
        found = {}
        for path in self.folder.glob("*.deb"):
            fields = run(["dpkg-deb", "-f", path]).stdout
            if "-dbgsym_" not in path.name:
                found[path.name.split("_")[0]] = {**dict(line.split(": ", 1) for line in fields.splitlines() if ": " in line),
                                                  "path": path}
        return found

    def test_there_is_a_service_and_a_window(self):
        self.assertEqual(sorted(self.packages()), ["octoherald", "octoherald-service"])

    def test_window_goes_with_its_own_service(self):
        found = self.packages()
        version = found["octoherald-service"]["Version"]
        self.assertIn(f"octoherald-service (= {version})", found["octoherald"]["Depends"])

    def test_service_needs_no_toolkit(self):
        service = self.packages()["octoherald-service"]
        self.assertNotRegex(service["Depends"] + service["Recommends"], "gtk|adwaita|gnome-keyring|pango")

    def test_what_is_loaded_and_not_linked_is_named(self):
        found = self.packages()
        self.assertIn("glib-networking", found["octoherald-service"]["Depends"])
        self.assertIn("librsvg2-common", found["octoherald"]["Depends"])

    def test_lintian_finds_no_error(self):
        changes, = self.folder.glob("*.changes")
        done = run(["lintian", "--allow-root", "--fail-on", "error", changes])
        for line in done.stdout.splitlines():
            print(f"# {line}", flush=True)
        self.assertEqual(done.returncode, 0)
        self.assertNotIn("internal error", done.stdout)

    def test_fresh_computer_relays_a_mail_and_nothing_is_left(self):
        suite = platform.freedesktop_os_release()["VERSION_CODENAME"]
        done = run([HERE / "from-nothing.sh", "--packages", self.folder, "package", suite],
                   env={name: value for name, value in os.environ.items() if name != "KEEP"})
        for line in done.stdout.splitlines():
            print(f"# {line}", flush=True)
        self.assertEqual(done.returncode, 0)
        self.assertIn("mails were relayed.", done.stdout)
        self.assertEqual(done.stdout.splitlines()[-1], "Nothing is left.")


if __name__ == "__main__":
    sys.path.insert(0, str(HERE.parent))
    import tap

    tap.main()
