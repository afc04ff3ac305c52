#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the history says when a real mail server refuses, defers, disappears or cannot be trusted.

Each row is one server and one message sent through the running service.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink  # noqa: E402

PASSWORD = "right-password-77"


class Mail(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))

    def send(self, port, *settings, recipients="maker@example.org", password=None):
        """Adds an account for this server and sends a message by it; its rows, as soon as all were tried."""
        more = {"input": password} if password else {}
        secret = ["--secret", "password=-"] if password else []
        channel = self.session.ctl("channel", "add", "email", "--name", self.id().rpartition("_")[2],
                                   "host=127.0.0.1", f"port={port}", "from=herald@example.org",
                                   f"to={recipients}", *(settings or ["security=plain"]), *secret,
                                   **more).stdout.strip()
        self.session.ctl("send", "--title", "Hello", "--text", "Grüße", "--channels", channel)

        def rows():
            messages = self.session.ctl_json("history", "--limit", "1000")["messages"]
            mine = [message for message in messages if message["channel"] == channel]
            return mine if all(message["attempts"] and message["state"] not in ("sending", "committing")
                               for message in mine) else None
        rows = wait_until(rows)
        self.channel = next(entry for entry in self.session.ctl_json("channel", "list")["channels"]
                            if entry["id"] == channel)
        self.session.ctl("channel", "remove", channel)
        return rows

    def assert_row(self, row, state, *words):
        told = f"{row['state']}: {row['reason']}"
        self.assertEqual(row["state"], state, told)
        for word in words:
            self.assertIn(word, row["reason"] or "", told)

    def test_accepted(self):
        with SmtpSink() as server:
            self.assert_row(self.send(server.port)[0], "delivered")
            self.assertEqual(server.mails()[0].get_content().strip(), "Grüße")

    def test_refused_recipient_does_not_stop_the_other(self):
        with NodeSmtp("plain", refuse={"stranger@example.org": "550 5.1.1 Nobody of that name"}) as server:
            rows = self.send(server.port, recipients="maker@example.org,stranger@example.org")
            states = {row["destination"]: row["state"] for row in rows}
            self.assertEqual(states, {"maker@example.org": "delivered", "stranger@example.org": "rejected"})
            refused = next(row for row in rows if row["state"] == "rejected")
            self.assert_row(refused, "rejected", "There is no mailbox", "Nobody of that name")

    def test_refusal_keeps_the_words_of_the_server(self):
        with SmtpSink("-f", "RCPT", "-B", "550 5.1.1 No such person here") as server:
            self.assert_row(self.send(server.port)[0], "rejected", "No such person here")

    def test_greylisting_is_tried_again(self):
        with SmtpSink("-r", "RCPT") as server:
            self.assert_row(self.send(server.port)[0], "deferred", "again later", "450")

    def test_message_refused_after_it_was_read(self):
        with SmtpSink("-f", ".") as server:
            self.assert_row(self.send(server.port)[0], "rejected", "refused")

    def test_server_gone_before_the_message(self):
        with SmtpSink("-q", "DATA") as server:
            self.assert_row(self.send(server.port)[0], "deferred", "lost")

    def test_server_gone_after_the_message_leaves_doubt(self):
        with SmtpSink("-q", ".") as server:
            row = self.send(server.port)[0]
            self.assert_row(row, "deferred", "may or may not")

    def test_no_server(self):
        with SmtpSink() as server:
            server.stop()
            self.assert_row(self.send(server.port)[0], "deferred", "No mail server answers")

    def test_right_password(self):
        with NodeSmtp("plain", users={"ada": PASSWORD}) as server:
            self.assert_row(self.send(server.port, "security=plain", "user=ada", password=PASSWORD)[0], "delivered")

    def test_wrong_password_holds_the_account(self):
        with NodeSmtp("plain", users={"ada": PASSWORD}) as server:
            row = self.send(server.port, "security=plain", "user=ada", password="wrong-password-1")[0]
            self.assert_row(row, "deferred", "user name or password")
            self.assertEqual(self.channel["health"], "held")
            self.assertIn("user name or password", self.channel["error"])
            self.assertEqual(server.mails(), [])

    def test_login_that_is_not_offered_sends_nothing(self):
        with SmtpSink("-e") as server:
            self.assert_row(self.send(server.port, "security=plain", "user=ada", password=PASSWORD)[0],
                            "deferred", "no login")
            self.assertEqual(server.mails(), [])

    def test_unknown_certificate_sends_nothing(self):
        for security in ("tls", "starttls"):
            with self.subTest(security), NodeSmtp(security) as server:
                self.assert_row(self.send(server.port, f"security={security}")[0], "deferred", "Nothing was sent")
                self.assertEqual(self.channel["health"], "held")
                self.assertEqual(server.mails(), [])

    def test_encryption_that_is_not_offered_sends_nothing(self):
        with SmtpSink() as server:
            self.assert_row(self.send(server.port, "security=starttls")[0], "deferred", "no encryption")
            self.assertEqual(server.mails(), [])

    def test_no_password_in_the_log(self):
        self.assertNotIn(PASSWORD, self.session.log())
        self.assertNotIn("wrong-password-1", self.session.log())


if __name__ == "__main__":
    import tap
    tap.main()
