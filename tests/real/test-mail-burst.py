#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Many messages by one account, and a server that is trusted by its fingerprint, through the running service."""

import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

PASSWORD = "right-password-77"
USERS = {"ada": PASSWORD}
N_MESSAGES = 30


class MailBurst(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))

    def add_channel(self, server, *settings, to="maker@example.org", password=PASSWORD):
        channel = self.session.ctl("channel", "add", "email", "--name", self.id().rpartition("_")[2], "host=localhost",
                                   f"port={server.port}", "from=herald@example.org", f"to={to}", "user=ada", *settings,
                                   "--secret", "password=-", input=password).stdout.strip()
        self.addCleanup(lambda: self.session.ctl("channel", "remove", channel))
        return channel

    def send(self, channel, text="Hello"):
        self.session.ctl("send", "--text", text, "--channels", channel)

    def rows(self, channel):
        messages = self.session.ctl_json("history", "--limit", "1000")["messages"]
        return [message for message in messages if message["channel"] == channel]

    def test_messages_after_each_other_share_one_login(self):
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add_channel(server, "security=plain")
            for i in range(N_MESSAGES):
                self.send(channel, f"message {i}")
            wait_until(lambda: len(server.mails()) == N_MESSAGES)
            self.assertEqual([mail["text"].strip() for mail in server.mails()],
                             [f"message {i}" for i in range(N_MESSAGES)])
            self.assertEqual(len(server.records("login")), 1)

    def test_recipients_share_few_logins(self):
        recipients = [f"maker{i}@example.org" for i in range(10)]
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add_channel(server, "security=plain", to=",".join(recipients))
            for i in range(3):
                self.send(channel, f"message {i}")
            wait_until(lambda: len(server.mails()) == 3 * len(recipients))
            self.assertLessEqual(len(server.records("login")), 4)

    def test_wrong_password_is_tried_once_for_all(self):
        recipients = [f"maker{i}@example.org" for i in range(10)]
        with NodeSmtp("plain", users=USERS) as server:
            channel = self.add_channel(server, "security=plain", to=",".join(recipients), password="wrong-password-1")
            for i in range(3):
                self.send(channel, f"message {i}")
            wait_until(lambda: any(entry["id"] == channel and entry["health"] == "held"
                                   for entry in self.session.ctl_json("channel", "list")["channels"]))
            self.assertEqual([login["right"] for login in server.records("login")], [False])
            self.assertEqual(server.mails(), [])

    def test_told_fingerprint_is_what_trusts_the_server(self):
        for security in ("tls", "starttls"):
            with self.subTest(security), NodeSmtp(security, users=USERS, certificate="self-signed") as server:
                channel = self.add_channel(server, f"security={security}")
                self.send(channel)
                row = wait_until(lambda: next((row for row in self.rows(channel) if row["reason"]), None))
                told = re.search("SHA256:[0-9A-F]{64}", row["reason"])
                self.assertIsNotNone(told, row["reason"])
                self.assertEqual(server.records("login"), [])

                # As a person pastes it
                self.session.ctl("channel", "set", channel, f"certificate={told.group().lower()}")
                self.session.ctl("channel", "resume", channel)
                wait_until(lambda: len(server.mails()) == 1)


if __name__ == "__main__":
    import tap
    tap.main()
