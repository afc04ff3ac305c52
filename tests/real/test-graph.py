#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail by a Microsoft 365 account of the desktop: the running service, Microsoft Graph's documented contract.

The accounts come from a stand-in of GNOME Online Accounts that test-online-accounts.py compares with the real
one: Debian 12's daemon is older than Microsoft 365 mail. Each row is one answer of the server.
"""

import json
import pathlib
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from graph_server import GraphServer, become_microsoft  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from online_accounts import FakeAccounts, microsoft  # noqa: E402
from private_network import enter_network  # noqa: E402
from sent_rows import add_channel, send_row, send_rows, wait_rows  # noqa: E402

EVE = "account_1700000000_0"
TOKEN, NEXT_TOKEN = "EwCanary.first-0123456789", "EwCanary.second-0123456789"
ADDRESS = "eve@outlook.com"


def refusal(status, code, message="Their own words", **headers):
    return {"status": status, "headers": headers, "body": f'{{"error": {{"code": "{code}", "message": "{message}"}}}}'}


class Graph(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.keys = cls.enterClassContext(tempfile.TemporaryDirectory())
        become_microsoft(cls.keys)
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False, service=None))
        # The service is to be as talkative as it can be: it must not tell a token even then.
        cls.session.environment["G_MESSAGES_DEBUG"] = "all"
        cls.session.start_service()
        del cls.session.environment["G_MESSAGES_DEBUG"]
        cls.accounts = FakeAccounts(cls.session, {EVE: microsoft(ADDRESS, token=TOKEN)})

    def setUp(self):
        self.accounts.write({EVE: microsoft(ADDRESS, token=TOKEN)})
        self.server = self.enterContext(GraphServer(self.keys, [TOKEN]))
        self.channel = add_channel(self.session, f"account={ADDRESS}")
        self.addCleanup(self.session.ctl, "channel", "remove", self.channel)

    def health(self):
        return self.session.ctl_json("channel", "show", self.channel)["health"]

    def assert_row(self, row, state, *words):
        told = f"{row['state']}: {row['reason']}\n{self.server.requests()}\n{self.session.log()[-3000:]}"
        self.assertEqual(row["state"], state, told)
        for word in words:
            self.assertIn(word, row["reason"] or "", told)

    def test_message_arrives(self):
        for http2, version in ((True, "2.0"), (False, "1.1")):
            with self.subTest(version):
                self.server.stop()
                self.server.http2 = http2
                self.server.start()
                self.assert_row(send_row(self.session, self.channel, version), "delivered")
                request = self.server.requests()[-1]
                self.assertEqual((request["version"], request["subject"], request["text"].strip(), request["status"]),
                                 (version, version, "Grüße", 202))
                self.assertIn(ADDRESS, request["from"])

    def press(self, expect):
        report = json.loads(self.session.ctl("channel", "test", self.channel, "--json", expect=expect).stdout)
        return report, [(step["name"], step["result"]) for step in report["steps"]]

    def test_the_test_knows_the_way_by_graph(self):
        """No login, no greeting, and nothing about a host that nobody has set."""
        self.assertEqual(self.press(0)[1], [("start", "done"), ("connect", "done"), ("committing", "done")])
        self.server.stop()
        report, steps = self.press(1)
        self.assertEqual(steps, [("start", "done"), ("connect", "failed"), ("committing", "open")])
        self.assertNotIn("host", report["advice"])
        self.accounts.write({})
        report, steps = self.press(1)
        self.assertEqual(steps[0], ("start", "failed"))
        self.assertIn("Settings → Online Accounts", report["advice"])

    def test_each_recipient_gets_a_mail_of_his_own(self):
        self.session.ctl("channel", "set", self.channel, "to=one@example.org", "cc=two@example.org",
                         "bcc=three@example.org")
        rows = send_rows(self.session, self.channel)
        self.assertEqual([row["state"] for row in rows], ["delivered"] * 3)
        self.assertEqual({(request["to"], request["cc"]) for request in self.server.requests()},
                         {(f"{name}@example.org", "") for name in ("one", "two", "three")})

    def test_expired_token_is_fetched_anew_once(self):
        self.accounts.write({EVE: microsoft(ADDRESS, token="EwCanary.expired-0123456789", **{"next-token": TOKEN})})
        self.assert_row(send_row(self.session, self.channel), "delivered")
        self.assertEqual([request["status"] for request in self.server.requests()], [401, 202])
        self.assertEqual(len({request["raw"] for request in self.server.requests()}), 1)

    def test_token_that_stays_refused_holds_the_channel(self):
        self.server.set_tokens([])
        for more, n_requests in (({}, 1), ({"next-token": NEXT_TOKEN}, 2)):
            before = len(self.server.requests())
            channel = add_channel(self.session, f"account={EVE}")
            self.accounts.write({EVE: microsoft(ADDRESS, token=TOKEN, **more)})
            with self.subTest(more):
                self.assert_row(send_row(self.session, channel), "deferred")
                shown = self.session.ctl_json("channel", "show", channel)
                self.assertEqual((shown["health"], len(self.server.requests()) - before), ("held", n_requests))
                self.assertIn("Settings → Online Accounts", shown["error"])
            self.session.ctl("channel", "remove", channel)

    def test_refusals_that_hold_the_channel(self):
        for answer in (refusal(403, "ErrorAccessDenied"), refusal(403, "ErrorSendAsDenied"),
                       refusal(404, "MailboxNotEnabledForRESTAPI"), refusal(507, "ErrorQuotaExceeded")):
            self.server.answer(answer)
            self.session.ctl("channel", "resume", self.channel)
            title = str(len(self.server.requests()))
            with self.subTest(answer["body"]):
                self.assert_row(send_row(self.session, self.channel, title), "deferred", "Their own words")
                self.assertEqual(self.health(), "held")
                self.session.ctl("channel", "resume", self.channel)
                wait_rows(self.session, self.channel, ["delivered"], title)

    def test_refusals_of_one_message(self):
        for answer in (refusal(400, "ErrorInvalidRecipients"), refusal(413, "ErrorMessageSizeExceeded"),
                       {"status": 413, "body": "<html>too large</html>"}, refusal(418, "SomethingNew")):
            self.server.answer(answer)
            with self.subTest(answer["body"]):
                self.assert_row(send_row(self.session, self.channel, answer["body"][:30]), "rejected")
                self.assertNotEqual(self.health(), "held")

    def test_busy_server_is_asked_again(self):
        for answer in (refusal(429, "ApplicationThrottled", **{"Retry-After": "1"}),
                       refusal(503, "serviceNotAvailable", **{"Retry-After": "1"}),
                       {"status": 500, "size": 10 * 1024 * 1024, "headers": {"Retry-After": "1"}}):
            title = f"Busy {answer['status']}"
            self.server.answer(answer)
            with self.subTest(title):
                self.assert_row(send_row(self.session, self.channel, title), "deferred")
                self.assert_row(wait_rows(self.session, self.channel, ["delivered"], title)[0], "delivered")

    def test_endless_words_after_the_receipt_do_not_matter(self):
        self.server.answer({"status": 202, "size": 10 * 1024 * 1024})
        self.assert_row(send_row(self.session, self.channel), "delivered")
        self.assertEqual(len(self.server.requests()), 1)

    def test_lost_answer_leaves_doubt_and_the_same_mail_again(self):
        for http2 in (True, False):
            self.server.stop()
            self.server.http2 = http2
            self.server.start()
            self.server.answer({"drop": True})
            title = f"Doubt {http2}"
            with self.subTest(title):
                self.assert_row(send_row(self.session, self.channel, title), "deferred", "may or may not")
                self.assert_row(wait_rows(self.session, self.channel, ["delivered", "probable"], title)[0], "delivered")
                first, second = self.server.requests()[-2:]
                self.assertEqual(first["raw"], second["raw"])

    def test_answer_that_is_not_microsofts_leaves_doubt(self):
        self.server.answer({"status": 200, "body": "<html>Please log in to this hotel</html>"})
        self.assert_row(send_row(self.session, self.channel), "deferred", "does not come from Microsoft")

    def test_redirect_is_not_followed_with_the_token(self):
        with GraphServer(self.keys, [TOKEN], port=8443) as elsewhere:
            self.server.answer({"status": 307, "headers": {"Location": "https://graph.microsoft.com:8443/v1.0/me/sendMail"}})
            self.assertNotEqual(send_row(self.session, self.channel)["state"], "delivered")
            self.assertEqual(elsewhere.requests(), [])

    def test_no_server_is_no_doubt(self):
        self.server.stop()
        row = send_row(self.session, self.channel)
        self.assert_row(row, "deferred")
        self.assertNotIn("may or may not", row["reason"])

    def test_wrong_certificate_gets_no_token(self):
        self.server.stop()
        self.server.certificate = "wrong-name"
        self.server.start()
        self.assert_row(send_row(self.session, self.channel), "deferred", "certificate")
        self.assertEqual((self.health(), self.server.requests()), ("held", []))

    def test_token_is_told_to_nobody(self):
        send_row(self.session, self.channel)
        wait_until(self.server.requests)
        told = self.session.log() + self.session.ctl("history", "--json", "--limit", "1000").stdout + \
            self.session.ctl("channel", "list", "--json").stdout + \
            self.session.ctl("channel", "accounts", "--json").stdout
        self.assertIn("Online", told)
        self.assertNotIn("Canary", told)


if __name__ == "__main__":
    enter_network()
    import tap
    tap.main()
