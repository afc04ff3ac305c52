#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An account at X is set up: four codes, taken as they were pasted, told from each other, and asked for one by one."""

import os
import pathlib
import re
import sys
import unittest

from herald_session import CTL, HeraldSession
from terminal import Terminal

CODES = {
    "api-key": "Ab3dEf6hIj9kLmNoPqRsTuVwX",
    "api-secret": "Zy8xWv5uTs2rQpOnMlKjIhGfEdCbA0123456789abcdEfGhIjK",
    "access-token": "2244994945-Ab3dEf6hIj9kLmNoPqRsTuVwXyZ0123456789abc",
    "access-token-secret": "qWeRtZuIoPaSdFgHjKlYxCvBnM0123456789QwErTzUiO",
}
LABELS = ["API key", "API key secret", "Access token", "Access token secret"]

# Nothing listens there.
NOWHERE = "server=http://127.0.0.1:1"


class XSetup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))

    def files(self, **changed):
        words = []
        for field, code in {**CODES, **{name.replace("_", "-"): code for name, code in changed.items()}}.items():
            path = os.path.join(self.session.folder, f"{field}.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(code)
            words += ["--secret", f"{field}={path}"]
        return words

    def add(self, *more, **run):
        done = self.session.ctl("channel", "add", "x", "--name", "X", NOWHERE, *more, **run)
        identifier = done.stdout.strip()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", identifier])
        return identifier, done

    def stored(self, identifier):
        """What the keyring has of a channel, by field."""
        found = {}
        for field in CODES:
            done = self.session.run(["secret-tool", "search", "--all", "owner", identifier, "field", field])
            found.update({field: value for value in re.findall(r"^secret = (.*)$", done.stdout, re.M)})
        return found

    def refuse(self, *words):
        """What the sentence says; nothing is left behind."""
        before = self.session.ctl_json("channel", "list")
        done = self.session.ctl("channel", "add", "x", "--name", "X", NOWHERE, *words, expect=1)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)
        self.assertEqual(self.stored("x"), {})
        for code in CODES.values():
            for start in range(len(code) - 8):
                self.assertNotIn(code[start:start + 8], done.stderr)
        return done.stderr

    def test_type_lists_its_fields(self):
        types = {entry["id"]: entry for entry in self.session.ctl_json("channel", "types")["types"]}
        fields = {field["name"]: field for field in types["x"]["fields"]}
        self.assertEqual([fields[name]["label"] for name in CODES], LABELS)
        self.assertTrue(all(fields[name]["secret"] for name in CODES))
        self.assertTrue(types["x"]["public"])
        self.assertEqual([types[name]["guide"] for name in ("desktop", "email")], [[], []])
        table = self.session.ctl("channel", "types").stdout
        self.assertIn("X (Twitter)", table)
        for name in CODES:
            self.assertIn(name, table)

    def test_f71_four_codes_go_into_the_keyring_without_what_was_pasted_along(self):
        dressed = {
            "api-key": f"API Key: {CODES['api-key']}\n",
            "api-secret": f"  \"{CODES['api-secret']}\"\r\n",
            "access-token": f"\nAccess Token\n{CODES['access-token'][:20]}\n{CODES['access-token'][20:]}\n",
            "access-token-secret": f"ACCESS_TOKEN_SECRET='{CODES['access-token-secret']}'",
        }
        identifier, _done = self.add(*self.files(**{name.replace("-", "_"): code for name, code in dressed.items()}))
        self.assertEqual(self.stored(identifier), CODES)

    def test_each_wrong_code_is_named(self):
        told = self.refuse(*self.files(access_token=CODES["api-key"]))
        self.assertEqual(told, "Access token: this looks like the API key, which X also calls Consumer Key. The access "
                               "token begins with the number of your account and a hyphen, like 1234567-AbC….\n")
        told = self.refuse(*self.files(api_secret="AAAAAAAAAAAAAAAAAAAAAMLheAAAAAAA0%2BuSeid%2BULvsea4JtiGRiSDSJSI%3D"))
        self.assertIn("API key secret: this looks like the Bearer token", told)
        told = self.refuse(*self.files(access_token_secret=CODES["api-secret"]))
        self.assertIn("“API key secret” and “Access token secret” are the same", told)
        told = self.refuse(*self.files(api_secret=CODES["access-token-secret"], access_token_secret=CODES["api-secret"]))
        self.assertIn("seem to be swapped", told)
        self.assertIn("no secret “password”", self.refuse(*self.files(password="nonsense")))

    def test_code_that_is_there_already_is_refused_elsewhere(self):
        identifier, _done = self.add(*self.files())
        path = f"/io/github/octoherald/OctoHerald/channels/{identifier}"
        method = "io.github.octoherald.OctoHerald.Channel1.SetSecret"
        told = self.session.call(path, method, "access-token-secret", CODES["api-secret"]).stderr
        self.assertIn("are the same", told)
        self.assertEqual(self.stored(identifier), CODES)
        exchanged = {"api-key": "Zz3dEf6hIj9kLmNoPqRsTuVwX"}
        self.assertEqual(self.session.call(path, method, "api-key", exchanged["api-key"]).stderr, "")
        self.assertEqual(self.stored(identifier), {**CODES, **exchanged})

    def test_codes_come_line_by_line(self):
        words = [word for field in CODES for word in ("--secret", f"{field}=-")]
        identifier, _done = self.add(*words, input="\n".join(CODES.values()) + "\n")
        self.assertEqual(self.stored(identifier), CODES)
        done = self.session.ctl("channel", "add", "x", "--name", "X", *words, expect=1,
                                input="\n".join(list(CODES.values())[:3]))
        self.assertIn("A line of text is missing", done.stderr)

    def test_who_gives_no_codes_is_told_which_are_missing(self):
        _identifier, done = self.add(*self.files()[:2])
        self.assertIn("channel set x --secret api-secret=FILE --secret access-token=FILE --secret access-token-secret=FILE",
                      done.stderr)

    def test_codes_are_changed_together(self):
        identifier, done = self.add(*self.files())
        self.assertEqual(done.stderr, "")
        other = {"api-key": "Zz3dEf6hIj9kLmNoPqRsTuVwX", "api-secret": CODES["api-secret"][::-1]}
        words = [word for field, code in other.items() for word in self.files(**{field.replace("-", "_"): code})]
        done = self.session.ctl("channel", "set", identifier, *words[-8:], *words[:2])
        self.assertIn(f"octoheraldctl channel test {identifier}", done.stderr)
        wrong = self.files(api_key="Yy3dEf6hIj9kLmNoPqRsTuVwX", access_token="nonsense")
        before = self.stored(identifier)
        done = self.session.ctl("channel", "set", identifier, *wrong, expect=1)
        self.assertIn("Access token: this is too short", done.stderr)
        self.assertEqual(self.stored(identifier), before)
        self.assertEqual(self.session.ctl("channel", "set", identifier, "premium=true").stderr, "")
        self.assertIn("good time for a test", self.session.ctl("channel", "set", identifier, "name=Y").stderr)

    def test_f75_person_is_guided_and_asked_for_one_code_after_the_other(self):
        terminal = Terminal(self.session, "channel", "add", "x", "--name", "Guided", NOWHERE)
        guide = terminal.read_until("Paste the API key and press Enter (it is not shown): ")
        steps = ["console.x.com", "$0.015", "as of August 2026", "Create an app", "Read and write", "Only now",
                 "Created with Read and Write permissions"]
        positions = [re.sub(r"\s+", " ", guide).find(step) for step in steps]
        self.assertNotIn(-1, positions, guide)
        self.assertEqual(positions, sorted(positions), guide)
        terminal.type(CODES["access-token"])
        told = terminal.read_until("Paste the API key and press Enter")
        self.assertIn("API key: this looks like the access token.", told)
        for label, code in zip(LABELS[:3], list(CODES.values())[:3]):
            terminal.type(f"  {code} ")
            told += terminal.read_until(f"Paste the {LABELS[LABELS.index(label) + 1]} and")
        terminal.type(CODES["access-token-secret"])
        told += terminal.read_until("guided")
        told += terminal.read_until("Nothing is posted. X takes $0.010 for it. [Y/n] ")
        terminal.type("y")
        rest, status = terminal.end()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", "guided"])
        self.assertEqual(status, 0, rest)
        self.assertIn("127.0.0.1", rest)
        self.assertEqual(self.stored("guided"), CODES)
        for code in CODES.values():
            self.assertNotIn(code[-8:], guide + told + rest)

    def test_who_gives_up_has_added_nothing(self):
        before = self.session.ctl_json("channel", "list")
        terminal = Terminal(self.session, "channel", "add", "x", "--name", "X")
        for _try in range(5):
            terminal.read_until("Paste the API key and")
            terminal.type("nonsense")
        told, status = terminal.end()
        self.assertEqual(status, 1, told)
        self.assertIn("Nothing was added", told)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)

    def test_what_cannot_be_checked_says_so(self):
        self.session.ctl("channel", "add", "desktop", "--name", "Desktop")
        self.assertIn("test it", self.session.ctl("channel", "check", "desktop", expect=1).stderr)
        identifier, _done = self.add()
        told = self.session.ctl("channel", "check", identifier, expect=1).stderr
        self.assertIn("API key", told)

    def test_no_code_is_told_to_anybody(self):
        identifier, _done = self.add(*self.files())
        self.session.ctl("channel", "check", identifier, expect=1)
        told = (self.session.log() + self.session.ctl("config", "export", "-").stdout +
                self.session.ctl("channel", "show", identifier, "--json").stdout)
        for code in CODES.values():
            self.assertNotIn(code, told)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
