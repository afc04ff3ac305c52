#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Only who is alone in a network mounts and plugs in anything; the computer notices nothing of it (TAP).

    test-private-network.py inside FILE         enters, and puts a file over FILE
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest
from unittest import mock

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

import private_network  # noqa: E402
import tap  # noqa: E402
from graph_server import become_microsoft  # noqa: E402
from private_internet import PrivateInternet  # noqa: E402

LIMIT_S = 60


class PrivateNetwork(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="network-test-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.covered = self.folder / "covered"
        self.covered.write_text("as it was", encoding="ascii")
        (self.folder / "own").mkdir()

    def assert_refused(self, what, *arguments):
        # Nothing is really tried, were it not refused.
        with mock.patch("private_network.subprocess") as programs, mock.patch("private_network.socket") as names:
            with self.assertRaisesRegex(PermissionError, "enter_network"):
                what(*arguments)
        self.assertEqual(programs.mock_calls + names.mock_calls, [])

    def assert_all_is_refused(self):
        self.assert_refused(private_network.run, "true")
        for _again in range(2):
            self.assert_refused(private_network.place, self.folder / "own", self.covered, "ours")
        self.assert_refused(private_network.Neighbour("octopi").__enter__)
        self.assertEqual(list((self.folder / "own").iterdir()), [])

    def test_nothing_is_mounted_or_plugged_in_on_the_computer_itself(self):
        self.assert_all_is_refused()

    def test_an_environment_that_was_left_over_is_not_believed(self):
        for number in (str(os.getpid()), "1"):
            for outside in ([], private_network.namespaces(), ["net:[1]", "mnt:[1]"]):
                with mock.patch.dict(os.environ, {private_network.ENTERED: " ".join([number, *outside])}):
                    self.assert_all_is_refused()

    def test_one_namespace_that_is_the_computers_is_enough_to_refuse(self):
        for kept in range(len(private_network.KINDS)):
            outside = ["other:[1]"] * len(private_network.KINDS)
            outside[kept] = private_network.namespaces()[kept]
            with mock.patch.dict(os.environ, {private_network.ENTERED: " ".join(["1", *outside])}):
                self.assert_all_is_refused()

    def test_names_and_certificates_of_others_stay_theirs(self):
        self.assert_refused(PrivateInternet({}).__enter__)
        with mock.patch("graph_server.openssl"):
            self.assert_refused(become_microsoft, self.folder)

    def test_who_has_entered_sees_another_file_and_nobody_else_does(self):
        done = subprocess.run([sys.executable, __file__, "inside", self.covered], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              text=True, timeout=LIMIT_S, check=True)
        self.assertEqual(done.stdout, "ours\n")
        self.assertEqual(self.covered.read_text(encoding="ascii"), "as it was")
        self.assertNotIn(self.folder.name, pathlib.Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="replace"))


def inside(covered):
    private_network.enter_network()
    private_network.place(tempfile.mkdtemp(dir=covered.parent), covered, "ours\n")
    # A program of ours is where we are.
    subprocess.run([sys.executable, "-c", "import private_network as here; here.demand_own()"], cwd=HERE, check=True, timeout=LIMIT_S)
    print(covered.read_text(encoding="ascii"), end="", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["inside"]:
        inside(pathlib.Path(sys.argv[2]))
    else:
        tap.main()
