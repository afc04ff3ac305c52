#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The settings of a mail account that people bring along from OctoText (F76-F83, G1, G13, G14), each seen by a real mail server."""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL, HeraldSession  # noqa: E402
from smtp_server import NodeSmtp, SmtpSink  # noqa: E402

PASSWORD = "right-password-77"


class MailSettings(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))

    def add(self, port, *settings, password=None, to=("to=maker@example.org",)):
        secret = {"input": password} if password else {}
        channel = self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={port}",
                                   "from=herald@example.org", *to, *settings,
                                   *(["--secret", "password=-"] if password else []), **secret).stdout.strip()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", channel])
        return channel

    def press(self, channel, expect=0):
        return self.session.ctl("channel", "test", channel, expect=expect).stdout

    def types(self):
        fields = next(entry for entry in self.session.ctl_json("channel", "types")["types"] if entry["id"] == "email")
        return {field["name"]: field for field in fields["fields"]}

    def test_f76_g14_server_and_port_are_settings(self):
        with SmtpSink() as first, SmtpSink() as second:
            channel = self.add(first.port, "security=plain")
            self.press(channel)
            self.session.ctl("channel", "set", channel, f"port={second.port}", "host=localhost")
            self.press(channel)
            self.assertEqual((len(first.mails()), len(second.mails())), (1, 1))
        self.session.ctl("channel", "set", channel, "port=70000", expect=1)

    def test_f77_encryption_needs_no_asking_for(self):
        """OctoText begins with STARTTLS; RFC 8314 has it encrypted from the first byte, and so have we."""
        self.assertEqual(self.types()["security"]["fallback"], "tls")
        with NodeSmtp("plain") as server:
            self.assertIn("✗ Encrypt the connection", " ".join(self.press(self.add(server.port), expect=1).split()))
            self.assertEqual(server.mails(), [])
        with NodeSmtp("starttls") as server:
            self.press(self.add(server.port, "security=starttls", f"certificate={server.fingerprint}"))
            self.assertEqual([mail["secure"] for mail in server.mails()], [True])

    def test_f78_encryption_from_the_first_byte(self):
        with NodeSmtp("tls") as server:
            self.press(self.add(server.port, "security=tls", f"certificate={server.fingerprint}"))
            self.assertEqual([mail["secure"] for mail in server.mails()], [True])

    def log_in(self, user):
        with NodeSmtp("plain", users={user: PASSWORD}) as server:
            self.press(self.add(server.port, "security=plain", f"user={user}", password=PASSWORD))
            self.assertEqual([mail["user"] for mail in server.mails()], [user])

    def test_f79_login_with_an_address(self):
        self.log_in("ada@example.org")

    def test_f80_login_with_a_bare_name(self):
        self.log_in("ada")

    def test_g1_sender_need_not_be_the_login(self):
        with NodeSmtp("plain", users={"ada@example.org": PASSWORD}) as server:
            self.press(self.add(server.port, "security=plain", "user=ada@example.org", "from=printer@made.example",
                                password=PASSWORD))
            mail = server.mails()[0]
            self.assertEqual((mail["sender"], mail["user"]), ("printer@made.example", "ada@example.org"))
            self.assertIn("printer@made.example", mail["from"])

    def test_f81_no_password_is_no_login(self):
        with NodeSmtp("plain") as server:
            self.press(self.add(server.port, "security=plain", "user=ada@example.org"))
            self.assertEqual((len(server.mails()), server.records("login")), (1, []))

    def test_f82_main_recipient_from_two_parts(self):
        with SmtpSink() as server:
            self.press(self.add(server.port, "security=plain", "sms=true", "phone=+1 (555) 123-4567",
                               "gateway=sms.example.org", to=()))
            self.press(self.add(server.port, "security=plain", "sms=true", "phone=5551234568", "gateway=verizon", to=()))
            self.assertEqual([mail.recipient for mail in server.mails()],
                             ["15551234567@sms.example.org", "5551234568@vtext.com"])

    def test_f83_further_recipients_as_people_part_them(self):
        with SmtpSink() as server:
            self.press(self.add(server.port, "security=plain", "cc= a@example.org,  b@example.org\nc@example.org, ",
                               "bcc=hidden@example.org;"))
            mails = server.mails()
            self.assertEqual(sorted(mail.recipient for mail in mails),
                             ["a@example.org", "b@example.org", "c@example.org", "hidden@example.org",
                              "maker@example.org"])
            for mail in mails:
                self.assertEqual(mail["Cc"].replace(" ", ""), "a@example.org,b@example.org,c@example.org")
                self.assertNotIn(b"hidden", mail.raw.partition(b"\n\n")[0].replace(b"for <hidden", b""))

    def test_g13_recipients_do_not_see_each_other(self):
        friends = ["bea@example.org", "cem@example.org"]
        with SmtpSink() as server:
            self.press(self.add(server.port, "security=plain", f"bcc={','.join(friends)}"))
            mails = server.mails()
            self.assertEqual(sorted(mail.recipient for mail in mails), [*friends, "maker@example.org"])
            for mail in mails:
                told = mail.as_string().replace(f"for <{mail.recipient}", "")
                self.assertFalse([friend for friend in friends if friend in told], told)


if __name__ == "__main__":
    import tap
    tap.main()
