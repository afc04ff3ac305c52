#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail account of the running service and a real Dovecot: who gets in, how often it is tried, and where the
password must not be found."""

import base64
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from dovecot_server import MECHANISMS, Dovecot  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from smtp_server import SmtpSink  # noqa: E402

USER = "ada@example.org"
PASSWORD = "canary-right-77 ü\\\""
WRONG = "canary-wrong-66 ü\\\""


def forms(secret):
    """How it could turn up."""
    plain = secret.encode()
    yield plain
    # Within something longer it begins at any of three places
    for offset in range(3):
        yield base64.b64encode(b"x" * offset + plain)[4 if offset else 0:-4]


class MailLogin(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))

    def add(self, port, *settings, password=None):
        more = {"input": password} if password is not None else {}
        secret = ["--secret", "password=-"] if password is not None else []
        # A name of its own, or it would get the history of one that was removed
        return self.session.ctl("channel", "add", "email", "--name", f"account at {port}", "host=127.0.0.1",
                                f"port={port}", "from=herald@example.org", "to=maker@example.org",
                                *(settings or ["security=plain"]), *secret, **more).stdout.strip()

    def send(self, channel):
        self.session.ctl("send", "--title", "Hello", "--text", "Text", "--channels", channel)

    def row(self, channel):
        """A message of the channel that was tried, as soon as there is one."""
        def look():
            return next((message for message in self.session.ctl_json("history", "--limit", "1000")["messages"]
                         if message["channel"] == channel and message["attempts"] and
                         message["state"] not in ("sending", "committing")), None)
        return wait_until(look)

    def channel(self, channel):
        return next(entry for entry in self.session.ctl_json("channel", "list")["channels"] if entry["id"] == channel)

    def assert_delivered(self, channel):
        row = self.row(channel)
        self.assertEqual(row["state"], "delivered", row["reason"])

    def assert_nowhere(self, *secrets):
        """Neither in a log nor in a file nor in what the command line tells."""
        told = self.session.log().encode()
        for command in (["history", "--json", "--limit", "1000"], ["channel", "list", "--json"], ["status", "--json"]):
            told += self.session.ctl(*command).stdout.encode()
        n_files = 0
        for path in pathlib.Path(self.session.folder).rglob("*"):
            # The keyring's own file is where it belongs.
            if path.is_file() and "keyrings" not in path.parts:
                told += path.read_bytes()
                n_files += 1
        self.assertGreater(n_files, 3)
        for secret in secrets:
            for form in forms(secret):
                self.assertNotIn(form, told)

    def test_each_way_and_no_trace_of_the_password(self):
        for mechanism in MECHANISMS[:4]:
            with self.subTest(mechanism), Dovecot([mechanism], users={USER: PASSWORD}, security="plain") as server:
                channel = self.add(server.port, "security=plain", f"user={USER}", password=PASSWORD)
                self.send(channel)
                self.assert_delivered(channel)
                self.assertIn(f"method={mechanism}", server.output())
                self.session.ctl("channel", "remove", channel)
        self.assert_nowhere(PASSWORD)

    def test_wrong_password_is_tried_no_more_than_twice(self):
        for mechanisms, most in ((["PLAIN", "LOGIN"], 1), (["SCRAM-SHA-256", "CRAM-MD5", "PLAIN", "LOGIN"], 2)):
            with self.subTest(mechanisms), Dovecot(mechanisms, users={USER: PASSWORD}, security="plain") as server:
                channel = self.add(server.port, "security=plain", f"user={USER}", password=WRONG)
                for _message in range(3):
                    self.send(channel)
                row = self.row(channel)
                self.assertEqual(row["state"], "deferred", row["reason"])
                self.assertIn("user name or password", row["reason"])
                wait_until(lambda: self.channel(channel)["health"] == "held")
                # Time for what must not come
                time.sleep(3)
                self.assertEqual(server.output().count("Password mismatch"), most, server.output())
                self.assertEqual(server.mails(), [])
                self.session.ctl("channel", "remove", channel)
        self.assert_nowhere(WRONG)

    def test_user_without_a_password_needs_no_login(self):
        with SmtpSink() as server:
            channel = self.add(server.port, "security=plain", f"user={USER}")
            self.send(channel)
            self.assert_delivered(channel)
        with Dovecot(users={USER: PASSWORD}, security="plain") as server:
            other = self.add(server.port, "security=plain", f"user={USER}")
            self.send(other)
            row = self.row(other)
            self.assertEqual(row["state"], "deferred")
            self.assertIn("wants a login", row["reason"])
            self.assertEqual(server.mails(), [])

    def test_way_that_is_wanted_wants_a_password(self):
        with SmtpSink() as server:
            channel = self.add(server.port, "security=plain", f"user={USER}", "auth=plain")
            self.send(channel)
            row = self.row(channel)
            self.assertEqual(row["state"], "deferred")
            self.assertIn("password", row["reason"])
            self.assertEqual(server.mails(), [])

    def test_locked_keyring_sends_nothing(self):
        with HeraldSession(notifications=False) as session, SmtpSink() as server:
            self.session, before = session, self.session
            self.addCleanup(setattr, self, "session", before)
            channel = self.add(server.port, "security=plain", f"user={USER}", password=PASSWORD)
            session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o",
                         "/org/freedesktop/secrets", "-m", "org.freedesktop.Secret.Service.Lock",
                         "[objectpath '/org/freedesktop/secrets/collection/login']"])
            self.send(channel)
            row = self.row(channel)
            self.assertEqual(row["state"], "deferred")
            self.assertIn("locked", row["reason"])
            self.assertEqual(server.mails(), [])


if __name__ == "__main__":
    import tap
    tap.main()
