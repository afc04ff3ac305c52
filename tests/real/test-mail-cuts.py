#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service sends mail while its connections are cut, each at another byte, to a real mail server.

What must hold when the outbox is empty again: every message has arrived; one that arrived twice is marked as one whose
outcome could not be known, and is the same mail. SEED chooses the places.
"""

import collections
import contextlib
import os
import pathlib
import random
import sqlite3
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from mail_proxy import Cut, MailProxy  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

SEED = int(os.environ.get("SEED", str(time.time_ns() % 1000000)))
N_CUTS = 24
SETTLE_S = 150


class MailCuts(unittest.TestCase):
    def setUp(self):
        self.server = self.enterContext(NodeSmtp("plain"))
        self.session = self.enterContext(HeraldSession(keyring=False, notifications=False))

    def begin(self, number, cut):
        """An account of its own, behind a cable of its own, and one message."""
        proxy = self.enterContext(MailProxy(self.server.port))
        channel = self.session.ctl("channel", "add", "email", "--name", f"Mail {number}", "host=127.0.0.1",
                                   f"port={proxy.port}", "security=plain", "from=herald@example.org",
                                   "to=maker@example.org").stdout.strip()
        proxy.plan = cut
        self.session.ctl("send", "--title", f"Message {number}", "--text", "x", "--channels", channel)
        return proxy

    def measure(self):
        proxy = self.begin(0, None)
        wait_until(self.server.mails)
        wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0)
        return {"question": len(proxy.asked), "answer": len(proxy.answered)}

    def read_marked(self):
        """Titles of the messages whose outcome was unknown once."""
        database = pathlib.Path(self.session.environment["XDG_DATA_HOME"]) / "octoherald/herald.db"
        self.session.stop_service()
        with contextlib.closing(sqlite3.connect(database)) as connection:
            marked = {title for title, in connection.execute(
                "SELECT json_extract(body, '$.title') FROM delivery WHERE ambiguous > 0")}
        self.session.start_service()
        return marked

    def test_cut_anywhere_nothing_is_lost_and_nothing_repeated_unnoticed(self):
        dice = random.Random(SEED)
        lengths = self.measure()
        cuts = []
        for _number in range(N_CUTS // 2):
            direction = dice.choice(list(lengths))
            cuts.append(Cut(direction, dice.randrange(lengths[direction]), dice.choice(["reset", "close"])))
        # The other half around the final dot, where it is decided
        for number in range(N_CUTS - len(cuts)):
            direction = ("question", "answer")[number % 2]
            cuts.append(Cut(direction, lengths[direction] - dice.randrange(1, 14), dice.choice(["reset", "close"])))
        for number, cut in enumerate(cuts, 1):
            self.begin(number, cut)
        wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0, SETTLE_S)

        messages = self.session.ctl_json("history", "--limit", "1000")["messages"]
        mails = self.server.mails()
        marked = self.read_marked()
        copies = collections.Counter(mail["subject"] for mail in mails)
        ids = collections.defaultdict(set)
        for mail in mails:
            ids[mail["subject"]].add((mail["messageId"], mail["raw"]))
        twice = {title for title, count in copies.items() if count > 1}
        states = collections.Counter(message["state"] for message in messages)
        print(f"# seed {SEED}: {len(cuts)} cuts, {len(mails)} mails, {len(twice)} twice, {len(marked)} marked, "
              f"states {dict(states)}", flush=True)

        titles = {f"Message {number}" for number in range(len(cuts) + 1)}
        self.assertEqual(titles - set(copies), set())
        self.assertEqual(twice - marked, set())
        self.assertLessEqual(max(copies.values()), 2)
        self.assertEqual({title: len(found) for title, found in ids.items() if len(found) > 1}, {})
        self.assertLessEqual(set(states), {"delivered", "probable"})
        self.assertGreater(len(marked), 0)


if __name__ == "__main__":
    import tap
    tap.main()
