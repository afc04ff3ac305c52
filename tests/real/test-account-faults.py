#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail by accounts of the desktop that log in with a token (XOAUTH2), and what can go wrong with them.

npm's smtp-server takes the mail. The accounts come from a stand-in that test-online-accounts.py compares with the
real daemon, which cannot be made to hang, or to have a token, on command.
"""

import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import BUS_NAME, OBJECT_PATH, HeraldSession, wait_until  # noqa: E402
from online_accounts import FakeAccounts, google  # noqa: E402
from sent_rows import add_channel, send_row, send_rows, wait_rows  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

BOB, OTHER = "account_1700000000_0", "account_1700000000_1"
ADDRESS = "bob@gmail.com"
TOKEN, OLD_TOKEN = "ya29.Canary-right_0123456789", "ya29.Canary-old_0123456789"
PASSWORD = "Canary-password-4711"


class Scene(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(NodeSmtp("plain", users={ADDRESS: TOKEN, "ada": PASSWORD},
                                                    mechanisms=("XOAUTH2", "PLAIN")))
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False, service=None))
        # The service is to be as talkative as it can be: it must not tell a token even then.
        cls.session.environment["G_MESSAGES_DEBUG"] = "all"
        cls.session.start_service()
        del cls.session.environment["G_MESSAGES_DEBUG"]
        cls.accounts = FakeAccounts(cls.session)

    def account(self, **more):
        """Google's, on this server, without encryption."""
        account = google(ADDRESS, self.server.port, **{"token": TOKEN, **more})
        account["properties"]["Mail"].update(SmtpUseSsl=False, SmtpUseTls=False)
        return account

    def setUp(self):
        self.accounts.write({BOB: self.account()})
        self.channel = add_channel(self.session, f"account={ADDRESS}")
        self.addCleanup(self.session.ctl, "channel", "remove", self.channel)
        self.n_calls = len(self.accounts.calls())
        self.n_logins = len(self.server.records("login"))
        self.n_mails = len(self.server.mails())

    def calls(self):
        return [call for call in self.accounts.calls()[self.n_calls:] if call != "GetManagedObjects"]

    def logins(self):
        return [login["right"] for login in self.server.records("login")[self.n_logins:]]

    def assert_held(self, row, *words):
        shown = self.session.ctl_json("channel", "show", self.channel)
        self.assertEqual((row["state"], shown["health"]), ("deferred", "held"), row)
        for word in words:
            self.assertIn(word, shown["error"])
        self.assertEqual(len(self.server.mails()), self.n_mails)

    def assert_arrives_after_resume(self):
        self.session.ctl("channel", "resume", self.channel)
        wait_rows(self.session, self.channel, ["delivered"])


class AccountFaults(Scene):
    def test_message_arrives_from_the_address_of_the_account(self):
        self.assertEqual(send_row(self.session, self.channel)["state"], "delivered")
        mail = self.server.mails()[-1]
        self.assertEqual((mail["sender"], mail["user"]), (ADDRESS, ADDRESS))
        self.assertEqual(self.calls(), ["GetAccessToken"])
        self.assertEqual(self.server.records("login")[-1]["method"], "XOAUTH2")

    def test_the_test_says_what_to_do_about_the_account(self):
        """Not about host, port and password: nobody has set those."""
        self.accounts.write({BOB: self.account(token="never-right-0123456789")})
        report = json.loads(self.session.ctl("channel", "test", self.channel, "--json", expect=1).stdout)
        self.assertEqual([step["name"] for step in report["steps"]],
                         ["start", "connect", "greeting", "login", "sender", "recipient", "data", "committing"])
        self.assertEqual(report["step"], "login")
        self.assertIn("Settings → Online Accounts", report["advice"])

    def test_burst_keeps_its_login(self):
        self.session.ctl("channel", "set", self.channel, "to=" + ",".join(f"maker{i}@example.org" for i in range(10)))
        self.assertEqual({row["state"] for row in send_rows(self.session, self.channel)}, {"delivered"})
        # There are several connections side by side, and none is made for each message.
        self.assertLessEqual(len(self.logins()), 4)

    def test_token_that_expired_is_fetched_anew_once(self):
        self.accounts.write({BOB: self.account(token=OLD_TOKEN, **{"next-token": TOKEN})})
        self.assertEqual(send_row(self.session, self.channel)["state"], "delivered")
        self.assertEqual(self.calls(), ["GetAccessToken", "EnsureCredentials", "GetAccessToken"])
        self.assertEqual(self.logins(), [False, True])

    def test_token_that_stays_refused_is_not_hammered(self):
        self.accounts.write({BOB: self.account(token=OLD_TOKEN)})
        self.assert_held(send_row(self.session, self.channel), ADDRESS, "Settings → Online Accounts")
        self.assertEqual(self.logins(), [False])
        self.accounts.write({BOB: self.account()})
        self.assert_arrives_after_resume()

    def test_wrong_password_is_tried_once(self):
        account = self.account(password="Canary-wrong-password")
        account["properties"]["PasswordBased"] = account["properties"].pop("OAuth2Based") and {}
        account["properties"]["Mail"]["SmtpUserName"] = "ada"
        self.accounts.write({BOB: account})
        self.assert_held(send_row(self.session, self.channel), "Settings → Online Accounts")
        self.assertEqual((self.logins(), self.calls()), ([False], ["GetPassword"]))
        self.accounts.write({BOB: {**account, "password": PASSWORD}})
        self.assert_arrives_after_resume()

    def test_account_that_needs_its_user_is_held(self):
        self.accounts.write({BOB: self.account(error="NotAuthorized")})
        self.assert_held(send_row(self.session, self.channel), ADDRESS, "sign in again")
        self.accounts.write({BOB: self.account()})
        self.assert_arrives_after_resume()

    def test_trouble_of_the_daemon_is_waited_for(self):
        self.accounts.write({BOB: self.account(error="Failed")})
        row = send_row(self.session, self.channel)
        self.assertEqual(row["state"], "deferred")
        self.assertIn("just now", row["reason"])
        self.assertIn("The daemon's own words", row["reason"])
        self.accounts.write({BOB: self.account()})
        wait_rows(self.session, self.channel, ["delivered"])

    def test_account_that_vanished_and_came_back_by_another_id(self):
        self.accounts.write({})
        self.assert_held(send_row(self.session, self.channel), ADDRESS, "no account")
        self.accounts.write({OTHER: self.account()})
        self.assert_arrives_after_resume()

    def test_account_removed_between_two_questions_is_asked_again(self):
        self.accounts.write({BOB: self.account(**{"no-account": True})})
        self.assertEqual(send_row(self.session, self.channel)["state"], "deferred")
        self.accounts.write({BOB: self.account()})
        wait_rows(self.session, self.channel, ["delivered"])

    def test_mail_switched_off_is_told(self):
        account = self.account()
        del account["properties"]["Mail"]
        account["properties"]["Account"]["MailDisabled"] = True
        self.accounts.write({BOB: account})
        self.assert_held(send_row(self.session, self.channel), "switch Mail on")

    def test_warning_of_the_daemon_stops_nobody(self):
        account = self.account()
        account["properties"]["Account"]["AttentionNeeded"] = True
        self.accounts.write({BOB: account})
        self.assertIn("could not log in", self.session.ctl("channel", "accounts").stdout)
        self.assertEqual(send_row(self.session, self.channel)["state"], "delivered")

    def test_token_of_two_lines_goes_nowhere(self):
        self.accounts.write({BOB: self.account(token="ya29.Canary\r\nMAIL FROM:<eve@example.org>")})
        self.assert_held(send_row(self.session, self.channel), "sign in again")
        self.assertEqual(self.logins(), [])

    def test_unknown_account_is_refused_when_it_is_added(self):
        done = self.session.ctl("channel", "add", "email", "--name", "Wrong", "account=eve@example.org",
                                "to=maker@example.org", expect=1)
        self.assertIn("no account “eve@example.org”", done.stderr)

    def test_no_daemon_is_told_and_waited_for(self):
        daemon = self.accounts.process
        daemon.terminate()
        daemon.wait(10)
        self.assert_held(send_row(self.session, self.channel), "no Online Accounts")
        self.session.ctl("channel", "accounts", expect=1)
        type(self).accounts = FakeAccounts(self.session, {BOB: self.account()})
        self.assert_arrives_after_resume()

    def test_secrets_are_told_to_nobody(self):
        send_row(self.session, self.channel)
        paths = [OBJECT_PATH, f"{OBJECT_PATH}/channels/{self.channel.replace('-', '_2d')}"]
        told = self.session.log() + self.session.ctl("history", "--json", "--limit", "1000").stdout + \
            self.session.ctl("channel", "list", "--json").stdout + \
            "".join(self.session.call(path, "org.freedesktop.DBus.Properties.GetAll", interface).stdout
                    for path in paths for interface in (f"{BUS_NAME.removesuffix('Service')}Service1",
                                                        f"{BUS_NAME.removesuffix('Service')}Channel1"))
        self.assertIn("Online Accounts", told)
        self.assertNotIn("Canary", told)


class Minutes(Scene):
    """What takes as long as it says: for the suite deep."""

    def test_daemon_that_hangs_is_waited_for(self):
        for hang in ("all", True):
            title = f"Hang {hang}"
            self.accounts.write({BOB: self.account(hang=hang)})
            with self.subTest(title):
                row = send_row(self.session, self.channel, title)
                self.assertEqual(row["state"], "deferred")
                self.assertIn("do not answer", row["reason"])
                self.accounts.write({BOB: self.account()})
                wait_rows(self.session, self.channel, ["delivered"], title)


if __name__ == "__main__":
    import tap
    tap.main()
