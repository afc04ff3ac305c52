#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No more is posted than was allowed: a burst of fifty events becomes what a day may have, and every one is accounted for."""

import json
import os
import pathlib
import sys
import unittest
import urllib.request

from herald_session import HeraldSession, midday_zone, wait_until

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
N_PRINTERS = 25
CODES = ("api-key", "api-secret", "access-token", "access-token-secret")

# The last post of a day waits a minute for others.
COLLECTED_S = 120


class Pace(unittest.TestCase):
    def setUp(self):
        session = HeraldSession()
        session.environment["TZ"] = midday_zone()
        self.session = self.enterContext(session)
        self.ctl, self.json = self.session.ctl, self.session.ctl_json
        self.urls, self.x = [], None
        self.start_demo()
        self.ctl("channel", "remove", "desktop")
        for kind in ("print-started", "print-done", "print-failed"):
            self.ctl("message", "set", kind, "--picture", "none")
        self.ctl("message", "set", "print-progress", "--disable")
        for number, url in enumerate(self.urls):
            self.ctl("printer", "add", "--name", f"P{number:02}", "--url", url, "--key-file", "-", input=KEY)
        wait_until(lambda: all(printer["connection"] == "connected" for printer in self.json("printer", "list")["printers"]))

    def start_demo(self):
        demo = self.session.spawn([DEMO, "--printers", str(N_PRINTERS), "--idle", "--json", "--key", KEY, "--port", "0",
                                   "--x-port", "0", "--mail-port", "0"], stdout=-1, text=True)
        self.addCleanup(demo.stdout.close)
        while self.x is None or len(self.urls) < N_PRINTERS:
            said = json.loads(demo.stdout.readline())
            if "url" in said:
                self.urls.append(said["url"])
            if "x" in said:
                self.x = said

    def add_x(self, *settings):
        words = []
        for field in CODES:
            path = pathlib.Path(self.session.folder, field)
            path.write_text(self.x[field], encoding="utf-8")
            words += ["--secret", f"{field}={path}"]
        return self.ctl("channel", "add", "x", "--name", "X", f"server={self.x['x']}", *settings, *words).stdout.strip()

    def posts(self):
        with urllib.request.urlopen(self.x["x"] + "/demo/posts", timeout=20) as answer:
            posts = json.load(answer)
        return [post["text"] for post in (posts["posts"] if isinstance(posts, dict) else posts)]

    def print_file(self, number, outcome="done", file=None):
        body = json.dumps({"file": file or f"part{number:02}.gcode", "seconds": 3, "outcome": outcome}).encode()
        urllib.request.urlopen(urllib.request.Request(self.urls[number].rstrip("/") + "/demo/print", body,
                                                      {"Content-Type": "application/json"}), timeout=20).read()

    def history(self, state=None):
        rows = self.json("history", "--limit", "500")["messages"]
        return [row for row in rows if state in (None, row["state"])]

    def is_over(self, n_rows):
        rows = self.history()
        return len(rows) >= n_rows and all(row["finished"] for row in rows)

    def test_fifty_events_become_what_a_day_may_have(self):
        channel = self.add_x("posts-per-day=10")
        for number in range(N_PRINTERS):
            self.print_file(number, "failed" if number == 7 else "done")
        wait_until(lambda: self.is_over(2 * N_PRINTERS + 1), COLLECTED_S)
        self.check_burst()
        self.check_what_is_shown(channel)
        self.check_the_rest_of_the_day()

    def check_burst(self):
        rows, posts = self.history(), self.posts()
        delivered, digested = self.history("delivered"), self.history("digested")
        together = [row for row in delivered if row["kind"] == "custom"]
        failed = [row for row in delivered if row["kind"] == "print-failed"]
        told = [row for row in rows if row["kind"] != "custom"]

        # Every start and every end has one row; each has one of two fates.
        self.assertEqual(sorted((row["printer"], row["kind"]) for row in told),
                         sorted((printer["id"], kind) for number, printer in enumerate(self.printers())
                                for kind in ("print-started", "print-failed" if number == 7 else "print-done")))
        self.assertEqual((len(rows), len(delivered), len(digested)), (51, 9, 42))
        self.assertEqual((len(together), len(failed)), (1, 1))
        self.assertEqual({row["reason"] for row in digested},
                         {f"It is told together with others, in message {together[0]['id']}."})

        # X has exactly what the history says, once each.
        self.assertEqual(sorted(posts), sorted(row["text"] for row in delivered))
        self.assertEqual(len(set(posts)), 9)
        self.assertRegex(together[0]["text"], r"^42 messages about \d\d printers: P\d\d: print (started|finished)")
        self.assertLessEqual(len(together[0]["text"]), 280)
        self.assertAlmostEqual(sum(row["cost"] for row in rows), 9 * 0.015)
        self.assertEqual({row["cost"] for row in digested}, {0})

    def printers(self):
        return sorted(self.json("printer", "list")["printers"], key=lambda printer: printer["name"])

    def check_what_is_shown(self, channel):
        spending = self.json("channel", "show", channel)["spending"]
        self.assertEqual((spending["messages_today"], spending["messages_per_day"], spending["put_together"]), (9, 10, 42))
        self.assertAlmostEqual(spending["spent_today"], 0.135)
        self.assertAlmostEqual(spending["spent_month"], 0.135)
        words = "9 of 10 messages today, spent today $0.135, this month $0.135, 42 were put together"
        self.assertIn(words, self.ctl("channel", "show", channel).stdout)
        self.assertIn(words, self.ctl("status").stdout)
        self.assertRegex(self.ctl("history").stdout, r"Delivered .*\$0\.015")

        notice = self.session.shown("“X” has sent what it may today")
        self.assertIn("42 messages were put together or left out.", notice["body"])

    def check_the_rest_of_the_day(self):
        """After a new start, too."""
        self.session.stop_service()
        self.session.start_service()
        wait_until(lambda: all(printer["connection"] == "connected" for printer in self.json("printer", "list")["printers"]))
        self.print_file(3, file="late.gcode")
        wait_until(lambda: self.is_over(53))
        expired = self.history("expired")
        self.assertEqual(len(expired), 2)
        for row in expired:
            self.assertIn("“X” has sent what it may send today: 8 of 10 messages; the rest is kept for failures. "
                          "It was left out", row["reason"])
        self.assertEqual(len(self.posts()), 9)

        titles = [entry["summary"] for entry in self.session.notifications()]
        self.assertEqual(titles.count("“X” has sent what it may today"), 1)

    def test_a_budget_is_money(self):
        channel = self.add_x("budget-day=0.05", "posts-per-day=100")
        for number in range(4):
            self.print_file(number)
        wait_until(lambda: self.is_over(9), COLLECTED_S)
        self.assertEqual(len(self.posts()), 2)
        self.assertEqual(len(self.history("digested")), 7)
        self.assertIn("spent today $0.03 of $0.05", self.ctl("channel", "show", channel).stdout)
        self.assertIn("7 messages about 4 printers", "\n".join(self.posts()))

    def test_a_name_that_looks_like_a_link_says_what_was_done(self):
        channel = self.add_x()
        self.print_file(0, file="cube.st")
        wait_until(lambda: self.is_over(2))
        sentence = ("X (Twitter) would have made a link of “cube.st” ($0.20 instead of $0.015); it is written so that it does "
                    "not.")
        for row in self.history("delivered"):
            self.assertEqual((row["note"], row["cost"]), (sentence, 0.015))
        self.assertIn(sentence[:50], self.ctl("history").stdout)

        event = str(self.history()[0]["event"])
        rendered = self.json("render", "print-done", "--channel", channel, "--event", event)
        self.assertEqual((rendered["problems"], rendered["cost"]), ([sentence], 0.015))
        done = self.ctl("render", "print-done", "--channel", channel, "--event", event)
        self.assertIn("$0.015", done.stdout)
        self.assertIn(sentence, done.stderr)

    def test_long_posts_are_a_setting(self):
        channel = self.add_x("premium=true")
        words = "word " * 200
        self.ctl("message", "set", "print-started", "--disable")
        self.ctl("message", "set", "print-done", f"text-x={{file}} {words}")
        self.assertEqual(self.json("render", "print-done", "--channel", channel)["limit"], 25000)
        self.print_file(0)
        wait_until(lambda: self.is_over(1))
        self.assertEqual(self.posts(), [f"P00 : part00 {words.strip()}"])


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
