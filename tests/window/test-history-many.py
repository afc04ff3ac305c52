#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of the history before a hundred thousand messages: how long, how many rows, how much memory."""

import json
import pathlib
import re
import time
import unittest

from desk import Desk
from many_messages import MANY, make_many

# GTK's list keeps so many rows for both sides of what is in sight.
ROWS_MOST = 260
# At once, before it is looked how many rows there are
PAGES = 20


def memory_mb(process):
    status = pathlib.Path("/proc", str(process.pid), "status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024


def rows(desk):
    """Of the list, also of messages that are still being fetched"""
    return [thing for thing in desk.look() if thing.role == "list item" and any(outer.name == "History" for outer in thing.ancestors)]


class ManyMessages(unittest.TestCase):
    def desk(self, **more):
        return self.enterContext(Desk(has_service=False, is_open=False, keyring=False, **more))

    def test_hundred_thousand_rows(self):
        desk = self.desk()
        make_many(desk)
        desk.open_window()
        before_mb = memory_mb(desk.window)
        begin = time.monotonic()
        desk.show_page("history")
        desk.find_row("Print 100000", "Refused")
        shown_s = time.monotonic() - begin
        shown_mb = memory_mb(desk.window)
        most = len(rows(desk))
        desk.wait_for(f"{MANY} messages")
        # By the keys alone, past all that is above the list
        desk.keys("ctrl+f")
        desk.wait_until(lambda: (desk.next_focus() or True) and "Print " in desk.focused().words, "Tab does not lead to the list")
        begin = time.monotonic()
        desk.keys("End")
        desk.find_row("Print 1,")
        end_s = time.monotonic() - begin
        counts = [most, len(rows(desk))]
        for keys in (PAGES * ["Prior"], ["Home"], PAGES * ["Next"], PAGES * ["Next"], ["End"], PAGES * ["Prior"], ["Home"]):
            desk.keys(*keys)
            counts.append(len(rows(desk)))
        most = max(counts)
        desk.find_row("Print 100000")
        scrolled_mb = memory_mb(desk.window)
        begin = time.monotonic()
        desk.keys("ctrl+f")
        desk.type("needle")
        desk.wait_for("10 messages found")
        found_s = time.monotonic() - begin
        print(f"# n={MANY}: page after {shown_s:.2f} s (with the reader), End after {end_s:.2f} s, search {found_s:.2f} s; at most "
              f"{most} rows in {len(counts)} looks; {before_mb:.0f} MB before, {shown_mb:.0f} MB with the page, {scrolled_mb:.0f} MB after scrolling")
        self.assertLess(most, ROWS_MOST)
        self.assertLess(scrolled_mb - before_mb, 60)

    def test_hundred_thousand_are_saved(self):
        desk = self.desk(page="history")
        make_many(desk)
        desk.open_window()
        desk.wait_for(f"{MANY} messages")
        begin = time.monotonic()
        desk.click("Save")
        desk.click("Save as JSON")
        desk.wait_until(lambda: any("Saved as" in thing.words for thing in desk.look()), "never saved", 180)
        saved = next(pathlib.Path(desk.environment["HOME"]).glob("**/*.json"))
        print(f"# n={MANY}: saved in {time.monotonic() - begin:.1f} s, {saved.stat().st_size / 1e6:.0f} MB; "
              f"{memory_mb(desk.window):.0f} MB of memory")
        self.assertEqual(len(json.loads(saved.read_text(encoding="utf-8"))["messages"]), MANY)


if __name__ == "__main__":
    import tap
    tap.main()
