#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of fifty messages when a mail server is away, is tired of us, or does not know our password.

How often the server is asked is counted at the server, and what a person hears of it at the notification service.
"""

import datetime
import pathlib
import socket
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from postfix_server import PostfixServer  # noqa: E402
from postgrey_server import PostgreyServer  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink  # noqa: E402

PASSWORD = "right-password-77"
WRONG = "wrong-password-77"

# Each recipient is a lane of its own, so all ten could be tried at once.
RECIPIENTS = [f"maker{number}@example.org" for number in range(10)]
N_TIMES = 5
N_MESSAGES = len(RECIPIENTS) * N_TIMES


class Scene(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(HeraldSession())

    def add(self, port, *settings, password=None):
        more = {"input": password} if password else {}
        secret = ["--secret", "password=-"] if password else []
        self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={port}", "security=plain",
                         "from=herald@example.org", "to=" + ",".join(RECIPIENTS), *settings, *secret, **more)

    def say(self, n_times=N_TIMES):
        for number in range(n_times):
            self.session.ctl("send", "--title", f"Nr. {number}", "--text", "Hello", "--channels", "mail")

    def rows(self):
        return self.session.ctl_json("history", "--limit", "1000")["messages"]

    def states(self):
        rows = self.rows()
        return {state: sum(row["state"] == state for row in rows) for state in {row["state"] for row in rows}}

    def channel(self):
        return next(entry for entry in self.session.ctl_json("channel", "list")["channels"] if entry["id"] == "mail")

    def notices(self, title):
        self.session.run(["dunstctl", "close-all"])
        return [entry for entry in self.session.notifications() if entry["summary"] == title]

    def restart(self):
        self.session.stop_service()
        self.session.start_service()


class Patience(Scene):
    def test_wrong_password_is_tried_once_for_all(self):
        with NodeSmtp("plain", users={"ada": PASSWORD}) as server:
            self.add(server.port, "user=ada", password=WRONG)
            self.say()
            wait_until(lambda: self.channel()["health"] == "held")
            wait_until(lambda: self.notices("“Mail” needs you"))
            time.sleep(3)
            self.assertEqual(len(server.records("login")), 1)
            self.assertEqual(self.session.ctl_json("status")["outbox"]["held"], N_MESSAGES)
            self.assertIn("user name or password", self.session.ctl("status").stdout)

            # Whoever starts it again may have put it right elsewhere; they know what is wrong if they have not.
            self.restart()
            wait_until(lambda: self.channel()["health"] == "held")
            time.sleep(3)
            self.assertEqual(len(server.records("login")), 2)
            self.assertEqual(len(self.notices("“Mail” needs you")), 1)

            # Whoever has tried wants to know that it did not help.
            self.session.ctl("channel", "resume", "mail")
            wait_until(lambda: len(self.notices("“Mail” needs you")) == 2)
            time.sleep(2)
            self.assertEqual(len(server.records("login")), 3)

            self.session.ctl("channel", "set", "mail", "--secret", "password=-", input=PASSWORD)
            wait_until(lambda: self.states() == {"delivered": N_MESSAGES})
            self.assertEqual(len(server.mails()), N_MESSAGES)
            self.assertEqual(self.channel()["health"], "ok")

    def test_server_that_is_away_is_asked_by_one(self):
        with SmtpSink() as server:
            server.stop()
            self.add(server.port)
            self.say()
            wait_until(lambda: self.channel()["health"] == "waiting")
            time.sleep(2)
            channel = self.channel()
            self.assertIn("No mail server answers", channel["error"])
            self.assertTrue(channel["next_try"])
            self.assertIn("No mail server answers", self.session.ctl("status").stdout)
            tried = [row for row in self.rows() if row["attempts"]]
            self.assertEqual(len(tried), 1)
            # Those that were not tried say why they wait.
            self.assertTrue(all("No mail server answers" in row["reason"] for row in self.rows()))

            server.start()
            wait_until(lambda: self.states() == {"delivered": N_MESSAGES}, 60)
            self.assertEqual(len(server.mails()), N_MESSAGES)
            self.assertEqual(max(row["attempts"] for row in self.rows()), max(row["attempts"] for row in tried) + 1)
            self.assertEqual(self.notices("“Mail” needs you"), [])

    def test_daily_limit_is_asked_about_once_an_hour(self):
        """F99"""
        with NodeSmtp("plain", refuse={"mail": "550 5.4.5 Daily user sending limit exceeded"}) as server:
            self.add(server.port)
            self.say()
            wait_until(lambda: self.channel()["health"] == "waiting")
            time.sleep(5)
            self.assertEqual(sum(row["attempts"] for row in self.rows()), 1)
            channel = self.channel()
            self.assertIn("in a day", channel["error"])
            wait = datetime.datetime.fromisoformat(channel["next_try"].replace("Z", "+00:00")) - datetime.datetime.now(
                datetime.timezone.utc)
            self.assertGreater(wait.total_seconds(), 3500)
            self.assertLess(wait.total_seconds(), 3700)
            self.assertNotIn("rejected", self.states())

            self.assertTrue(all("Next try at" in row["reason"] for row in self.rows()))

            # A person who tests it wants to know now.
            self.session.ctl("channel", "test", "mail", expect=1)
            wait_until(lambda: sum(row["attempts"] for row in self.rows()) >= 2)

    def test_refused_recipients_are_told_in_one_notice(self):
        with NodeSmtp("plain", refuse={address: "550 5.1.1 Nobody of that name" for address in RECIPIENTS[1:]}) as server:
            self.add(server.port)
            self.say(1)
            wait_until(lambda: self.states() == {"delivered": 1, "rejected": 9})
            wait_until(lambda: self.notices("9 messages did not arrive"))
            self.say(1)
            wait_until(lambda: self.states() == {"delivered": 2, "rejected": 18})
            time.sleep(5)
            self.session.run(["dunstctl", "close-all"])
            self.assertEqual([entry["summary"] for entry in self.session.notifications()
                              if "did not arrive" in entry["summary"]], ["9 messages did not arrive"])
            self.assertEqual(self.channel()["health"], "ok")

    def test_recipient_that_must_wait_stops_nobody(self):
        with NodeSmtp("plain", refuse={RECIPIENTS[0]: "450 4.7.1 Greylisted for 5 seconds"}) as server:
            self.add(server.port)
            self.say(1)
            wait_until(lambda: self.states() == {"delivered": 9, "deferred": 1})
            waiting = next(row for row in self.rows() if row["state"] == "deferred")
            self.assertIn("second try", waiting["reason"])
            self.assertEqual(self.channel()["health"], "ok")
            # The time the server names is what it is tried again after.
            wait_until(lambda: next(row for row in self.rows() if row["id"] == waiting["id"])["attempts"] == 2, 15)
            self.assertEqual(len(server.mails()), 9)


class Minutes(Scene):
    """What takes as long as it says: for the suite deep."""

    def test_server_that_says_nothing_is_left_after_a_minute(self):
        """F100"""
        with socket.create_server(("127.0.0.1", 0)) as silent:
            self.add(silent.getsockname()[1])
            began = time.monotonic()
            self.say(1)
            wait_until(lambda: self.channel()["health"] == "waiting", 90)
            self.assertGreater(time.monotonic() - began, 55)
            self.assertIn("says nothing", self.channel()["error"])
            self.assertEqual(sum(row["attempts"] for row in self.rows()), 1)

    def test_postgrey_lets_the_second_try_pass(self):
        with PostgreyServer(delay_s=5) as postgrey, PostfixServer(policy=postgrey.port) as postfix:
            self.add(postfix.ports["greylisted"])
            began = time.monotonic()
            self.say(1)
            wait_until(lambda: self.states() == {"deferred": len(RECIPIENTS)})
            self.assertEqual(self.channel()["health"], "ok")
            self.assertEqual({row["attempts"] for row in self.rows()}, {1})
            self.assertIn("Greylisted", self.rows()[0]["reason"])

            # It does not say for how long; whoever comes back within a minute has no patience.
            wait_until(lambda: self.states() == {"delivered": len(RECIPIENTS)}, 90)
            self.assertGreater(time.monotonic() - began, 60)
            self.assertEqual({row["attempts"] for row in self.rows()}, {2})
            wait_until(lambda: len(postfix.mails()) == len(RECIPIENTS))


if __name__ == "__main__":
    import tap
    tap.main()
