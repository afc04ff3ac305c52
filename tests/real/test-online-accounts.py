#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail by the accounts that the desktop has: GNOME Online Accounts, the running service, a real mail server.

Debian's own daemon gives the password of an IMAP account. Tokens of Google's kind, and every fault, come from a
stand-in, which is compared with the daemon here.
"""

import pathlib
import sys
import unittest
import xml.etree.ElementTree as ElementTree

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession  # noqa: E402
from online_accounts import NAME, FakeAccounts, RealAccounts, account_path, google  # noqa: E402
from sent_rows import add_channel, send_row  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

ADA, BOB = "account_1700000000_0", "account_1700000000_1"
PASSWORD = "desktop-password-4711"


def interfaces(session, path):
    """{interface: {method or property: its types}}"""
    answer = session.run(["gdbus", "introspect", "--xml", "--session", "-d", NAME, "-o", path]).stdout
    return {interface.get("name"): {
        child.get("name"): child.get("type") or [(entry.get("type"), entry.get("direction")) for entry in child]
        for child in interface if child.tag in ("method", "property")}
        for interface in ElementTree.fromstring(answer).iter("interface")}


class RealDaemon(unittest.TestCase):
    """goa-daemon of Debian, with the session's keyring. There is no network for it, so it warns of all accounts."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(NodeSmtp("plain", users={"ada": PASSWORD}))
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        cls.daemon = RealAccounts(cls.session, {
            ADA: {"Provider": "imap_smtp", "Identity": "ada", "PresentationIdentity": "ada@example.org",
                  "Enabled": "true", "EmailAddress": "ada@example.org", "Name": "Ada", "ImapHost": "127.0.0.1:1",
                  "ImapUserName": "ada", "SmtpHost": f"localhost:{cls.server.port}", "SmtpUseAuth": "true",
                  "SmtpUserName": "ada", "SmtpAuthPlain": "true"},
            BOB: {"Provider": "google", "Identity": "bob@gmail.com", "PresentationIdentity": "bob@gmail.com",
                  "MailEnabled": "true"}}, {ADA: {"imap-password": "other", "smtp-password": PASSWORD}})

    def test_accounts_are_listed(self):
        accounts = self.session.ctl_json("channel", "accounts")["accounts"]
        self.assertEqual({(entry["id"], entry["address"], entry["provider"], entry["server"]) for entry in accounts},
                         {(ADA, "ada@example.org", "IMAP and SMTP", "localhost"),
                          (BOB, "bob@gmail.com", "Google", "smtp.gmail.com")})
        self.assertIn("ada@example.org", self.session.ctl("channel", "accounts").stdout)

    def test_mail_goes_out_with_the_password_of_the_desktop(self):
        row = send_row(self.session, add_channel(self.session, "account=ada@example.org"))
        self.assertEqual(row["state"], "delivered", row)
        mail = self.server.mails()[-1]
        self.assertEqual((mail["sender"], mail["user"]), ("ada@example.org", "ada"))

    def test_google_without_credentials_is_held_with_what_to_do(self):
        channel = add_channel(self.session, f"account={BOB}")
        row = send_row(self.session, channel)
        self.assertEqual(row["state"], "deferred", row)
        self.assertIn("Settings → Online Accounts", row["reason"])
        self.assertEqual(self.session.ctl_json("channel", "show", channel)["health"], "held")

    def test_stand_in_looks_like_the_daemon(self):
        n_compared = 0
        real_objects = {path: interfaces(self.session, path) for path in (account_path(ADA), account_path(BOB))}
        with HeraldSession(service=None, display=False, notifications=False, keyring=False) as session:
            FakeAccounts(session, {ADA: google("bob@gmail.com", 1)})
            for path, has_token in ((account_path(ADA), False), (account_path(BOB), True)):
                real = real_objects[path]
                for interface, members in interfaces(session, path).items():
                    if interface.startswith(NAME) and ("OAuth2" not in interface or has_token) and \
                            ("Password" not in interface or not has_token):
                        for name, types in members.items():
                            self.assertEqual(types, real[interface].get(name), f"{interface}.{name}")
                            n_compared += 1
        self.assertGreater(n_compared, 40)

    def test_stand_in_of_google_has_the_values_of_the_daemon(self):
        for interface, properties in google("bob@gmail.com", 0)["properties"].items():
            for name, value in properties.items():
                answer = self.session.run(["gdbus", "call", "--session", "-d", NAME, "-o", account_path(BOB), "-m",
                                           "org.freedesktop.DBus.Properties.Get", f"{NAME}.{interface}", name]).stdout
                # What belongs to this account or this test
                if name not in ("SmtpHost", "AttentionNeeded", "ClientId", "ClientSecret"):
                    wanted = str(value).lower() if isinstance(value, bool) else f"'{value}'"
                    self.assertEqual(answer.strip(), f"(<{wanted}>,)", f"{interface}.{name}")

    def test_password_is_told_to_nobody(self):
        told = self.session.log() + self.session.ctl("history", "--json").stdout + \
            self.session.ctl("channel", "list", "--json").stdout
        self.assertNotIn(PASSWORD, told)


if __name__ == "__main__":
    import tap
    tap.main()
