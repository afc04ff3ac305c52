#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The history as the shell and the bus tell it: found, filtered, tried again, with its pictures and attempts."""

import base64
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import unittest

from herald_session import OBJECT_PATH, HeraldSession, midday_zone, wait_until
from many_messages import MANY, make_many

INTERFACE = "io.github.octoherald.OctoHerald.Service1"
# The smallest PNG there is: one grey pixel
PIXEL = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")


class History(unittest.TestCase):
    def setUp(self):
        self.session = HeraldSession(keyring=False, notifications=False, display=False, service=None)
        self.session.environment["TZ"] = midday_zone()
        self.enterContext(self.session)

    def call(self, method, *arguments):
        done = self.session.call(OBJECT_PATH, f"{INTERFACE}.{method}", *arguments)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def find(self, text):
        """Numbers, newest first"""
        return [int(n) for n in re.findall(r"\d+", self.call("FindHistory", text).replace("int64", ""))]

    def refuse(self, method, *arguments):
        done = self.session.call(OBJECT_PATH, f"{INTERFACE}.{method}", *arguments)
        self.assertNotEqual(done.returncode, 0, done.stdout)
        return done.stderr

    def messages(self, *options):
        return self.session.ctl_json("history", *options)["messages"]

    def say_some(self):
        """To nobody's address at a port where nobody listens: they wait."""
        self.session.start_service()
        self.session.ctl("channel", "add", "email", "--name", "Post of mine", "host=127.0.0.1", "port=1", "security=plain",
                         "from=a@example.org", "to=b@example.org")
        for title in ("Äpfel <b>eins</b>", "100%_done", "=SUM(A1)"):
            self.session.ctl("send", "--title", title, "--text", "Some text", "--channels", "post-of-mine")

    def test_found_by_words_in_any_case(self):
        self.say_some()
        self.assertEqual(self.find("{}"), [3, 2, 1])
        self.assertEqual(self.find("{'search': <'äpfel'>}"), [1])
        self.assertEqual(self.find("{'search': <'ÄPFEL EINS text'>}"), [1])
        self.assertEqual(self.find("{'search': <'%_'>}"), [2])
        self.assertEqual(self.find("{'search': <'MINE sum'>}"), [3])
        self.assertEqual(self.find("{'search': <'nothing like it'>}"), [])
        self.assertEqual([row["id"] for row in self.messages("--search", "some")], [3, 2, 1])
        self.assertEqual([row["id"] for row in self.messages("--search", "b@EXAMPLE", "--limit", "1")], [3])

    def test_filters_of_the_shell(self):
        self.say_some()
        self.session.ctl("history", "discard", "2")
        self.assertEqual([row["id"] for row in self.messages("--state", "cancelled")], [2])
        self.assertEqual([row["id"] for row in self.messages("--state", "pending,deferred,sending")], [3, 1])
        self.assertEqual(len(self.messages("--channel", "post-of-mine")), 3)
        self.assertEqual(self.messages("--channel", "desktop"), [])
        self.assertEqual(len(self.messages("--kind", "custom")), 3)
        self.assertEqual(self.messages("--kind", "print-done"), [])
        self.assertEqual(self.messages("--before", "2020-01-01"), [])
        self.assertEqual(len(self.messages("--since", "2020-01-01T00:00:00Z")), 3)
        self.session.ctl("history", "--since", "yesterday", expect=2)
        self.session.ctl("history", "--state", "pending,lost", expect=2)
        self.session.ctl("history", "--kind", "no-such-kind", expect=1)

    def test_follow_shows_only_what_is_asked_for(self):
        self.session.start_service()
        follow = self.session.spawn([os.environ["OCTOHERALDCTL"], "history", "--follow", "--json", "--search", "needle"],
                                    stdout=subprocess.PIPE, text=True)
        time.sleep(1)
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", "port=1", "security=plain",
                         "from=a@example.org", "to=b@example.org")
        self.session.ctl("send", "--text", "hay", "--channels", "mail")
        self.session.ctl("send", "--text", "a needle", "--channels", "mail")
        self.assertEqual(json.loads(follow.stdout.readline())["text"], "a needle")

    def test_bad_filters_are_refused_and_novels_are_not_found(self):
        self.say_some()
        self.assertIn("no state", self.refuse("FindHistory", "{'states': <['pending', 'lost']>}"))
        self.assertIn("no messages of the kind", self.refuse("FindHistory", "{'kind': <'zzz'>}"))
        self.assertIn("not a date and time", self.refuse("ListHistory", "{'since': <'soon'>}"))
        self.assertEqual(self.find("{'search': <'" + "novel " * 5000 + "'>}"), [])
        self.assertEqual(self.find("{'ids': <[int64 2, 77, -1, 2]>}"), [2, 2])
        self.assertEqual(self.find("{'limit': <'not a number'>, 'unknown': <1>}"), [3, 2, 1])
        self.assertIn("no message with this number", self.refuse("ListAttempts", "99"))
        self.assertIn("no picture that can be shown", self.refuse("GetDeliveryPicture", "1"))

    def test_attempts_say_how_it_was_tried(self):
        self.say_some()
        wait_until(lambda: any(row["attempts"] for row in self.messages()))
        tried = next(row["id"] for row in reversed(self.messages()) if row["attempts"])
        wait_until(lambda: "'ended': <'20" in self.call("ListAttempts", str(tried)))
        self.assertIn("'number': <uint32 1>", self.call("ListAttempts", str(tried)))

    def test_picture_is_kept_as_long_as_the_shelf_has_it(self):
        self.session.start_service()
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", "port=1", "security=plain",
                         "from=a@example.org", "to=b@example.org")
        picture = pathlib.Path(self.session.folder, "pixel.png")
        picture.write_bytes(PIXEL)
        self.session.ctl("send", "--text", "x", "--picture", str(picture), "--channels", "mail")
        row = wait_until(lambda: next((row for row in self.messages() if row["picture_file"]), None))
        answer = self.call("GetDeliveryPicture", str(row["id"]))
        self.assertRegex(answer, r"'image/(png|jpeg)'")
        pathlib.Path(row["picture_file"]).unlink()
        self.assertIn("not there any more", self.refuse("GetDeliveryPicture", str(row["id"])))

    def test_days(self):
        self.say_some()
        self.session.ctl("history", "discard", "1")
        days = re.findall(r"\('([^']*)', (?:uint32 )?(\d+), (?:uint32 )?(\d+), (?:uint32 )?(\d+), (?:uint32 )?(\d+)\)",
                          self.call("ListDays", "{'days': <uint32 3>}"))
        self.assertEqual([day[1:] for day in days], [("0", "0", "0", "0")] * 3)
        self.assertEqual(self.call("ListDays", "{'days': <uint32 0>}").count("'20"), 1)

    def test_hundred_thousand_messages(self):
        make_many(self.session)
        begin = time.monotonic()
        self.assertEqual(len(self.find("{}")), MANY)
        found = time.monotonic()
        self.assertEqual(len(self.messages("--search", "needle")), 10)
        searched = time.monotonic()
        self.assertEqual(len(self.messages("--limit", "2000")), 2000)
        listed = time.monotonic()
        self.assertEqual(len(self.messages("--state", "rejected", "--limit", "500")), 100)
        print(f"# n={MANY}: all ids {found - begin:.2f} s, search {searched - found:.2f} s, 2000 rows {listed - searched:.2f} s")
        # Whoever else asks is answered meanwhile.
        busy = [self.session.spawn([os.environ["OCTOHERALDCTL"], "history", "--search", "benchy", "--limit", "2000", "--json"],
                                   stdout=subprocess.DEVNULL) for _ in range(4)]
        begin = time.monotonic()
        self.session.ctl("status")
        print(f"# status beside 4 searches: {time.monotonic() - begin:.2f} s")
        for process in busy:
            self.assertEqual(process.wait(60), 0)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
