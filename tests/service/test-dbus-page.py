#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages say of the running service: the calls of docs/dbus.md as they stand there, and the settings of the manual."""

import json
import pathlib
import re
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

import tap  # noqa: E402  pylint: disable=wrong-import-position
from herald_session import BUS_NAME, OBJECT_PATH, HeraldSession  # noqa: E402  pylint: disable=wrong-import-position

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/dbus.md"
MANUAL = ROOT / "docs/man/octoherald.conf.5"
XML = ROOT / "data/dbus/io.github.octoherald.OctoHerald.xml"
# What the answer to each example must have, in their order
ANSWERS = ("channels/desktop", r"<uint64 0>", r"\(int64 \d+,\)", "The door is open", r"\('mk3',\)", "'Connection': <'", r"\(\)")
LISTED = ("title", "text")


def examples():
    """The calls in the blocks of the page."""
    for block in re.findall(r"^```sh\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.S | re.M):
        yield from re.sub(r"\\\n\s*", " ", block).splitlines()


def told_keys(section):
    """The settings that a part of the manual lists."""
    part = MANUAL.read_text(encoding="utf-8").replace(r"\-", "-").partition(f".Ss [{section}")[2].partition("\n.Ss ")[0]
    return {name for line in re.findall(r"^\.It (Va .*)$", part, re.M) for name in re.findall(r"Va (\S+)", line)}


class DBusPage(unittest.TestCase):
    """One session for all of it."""

    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession()
        cls.session.__enter__()  # pylint: disable=unnecessary-dunder-call

    @classmethod
    def tearDownClass(cls):
        cls.session.close()

    def test_examples_run_as_they_stand_there(self):
        calls = list(examples())
        self.assertEqual(len(calls), len(ANSWERS))
        for call, expected in zip(calls, ANSWERS):
            done = self.session.run(["sh", "-c", call])
            self.assertEqual(done.returncode, 0, f"{call}: {done.stderr}")
            self.assertRegex(done.stdout, expected, call)

    def test_what_cannot_be_right_is_refused_by_its_name(self):
        done = self.session.call(OBJECT_PATH, f"{BUS_NAME.removesuffix('.Service')}.Service1.Send", "", "", "all", "{}")
        self.assertIn("io.github.octoherald.OctoHerald.Error.Settings", done.stderr)

    def test_service_has_the_interfaces_of_the_page(self):
        done = self.session.run(["gdbus", "introspect", "--session", "-d", BUS_NAME, "-o", OBJECT_PATH])
        service = XML.read_text(encoding="utf-8").partition(".Service1")[2].partition("<interface")[0]
        for name in re.findall(r'<(?:method|signal|property) name="(\w+)"', service):
            self.assertRegex(done.stdout, rf"\b{name}\b")

    def test_manual_lists_every_setting_and_no_other(self):
        session = self.session
        preferences = json.loads(session.ctl("preference", "list", "--json").stdout)["preferences"]
        general = {row["name"] for row in preferences}
        self.assertEqual(told_keys("octoherald]"), general | {"version", "allow-scripts", "script-before", "script-after",
                                                              "script-seconds"})
        types = json.loads(session.ctl("channel", "types", "--json").stdout)["types"]
        fields = {field["name"] for kind in types for field in kind["fields"] if not field.get("secret")}
        self.assertEqual(told_keys("channel ID]"), fields | {"type", "name", "enabled"})

    def test_manual_lists_what_may_be_set_for_messages(self):
        told = told_keys("message KIND]")
        rows = json.loads(self.session.ctl("message", "list", "--json").stdout)["messages"]
        shown = {key for row in rows for key in row} - {"changed", "group", "kind", "name", "pictures", "printer", "variables",
                                                       "variable_descriptions"}
        self.assertEqual({key for key in told if not key.endswith("-FORM")}, shown)
        self.assertEqual({key for key in told if key.endswith("-FORM")}, {f"{key}-FORM" for key in LISTED})

    def test_manual_lists_what_may_be_set_for_a_printer(self):
        comment = XML.read_text(encoding="utf-8").partition('<method name="AddPrinter">')[0].rpartition("<!-- settings: ")[2]
        named = set(re.split(r",\s+", re.sub(r"\s*\([^)]*\)", "", comment.partition(";")[0])))
        self.assertEqual(told_keys("printer ID]"), named | {"demo"})
        identity = self.session.ctl("printer", "add", "--url", "http://127.0.0.1:1", "--name", "Told").stdout.strip()
        for change in ("url=", "snapshot-timeout=31", "flip-horizontally=perhaps", "certificate=red"):
            self.session.ctl("printer", "set", identity, change, expect=1)


if __name__ == "__main__":
    tap.main()
