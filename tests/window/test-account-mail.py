#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""E-mail accounts in the window, in an internet of this test's own: found by the address, tested, sent from the desktop's accounts.

The internet (real name server, real HTTPS, real mail server) is in namespaces, so this wants root; without it, it fails.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "real"), str(HERE.parent / "service"), str(HERE.parent)]

from account_steps import AccountSteps  # noqa: E402
from desk import Desk  # noqa: E402
from mail_scene import ANSWERS, NAMES, main  # noqa: E402
from online_accounts import FakeAccounts, microsoft  # noqa: E402
from private_internet import PrivateInternet  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

ADDRESS, PASSWORD = "ada@made.example", "correct horse 1"


class MailAccounts(AccountSteps, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.internet = cls.enterClassContext(PrivateInternet(ANSWERS))
        cls.internet.names.write(*NAMES)
        cls.desk = cls.enterClassContext(Desk(page="accounts", keyring=True))
        cls.server = NodeSmtp("tls", users={ADDRESS: PASSWORD}, port=465)
        cls.internet.certify(cls.server.folder, "good.pem", "smtp.made.example")
        cls.enterClassContext(cls.server)

    def setUp(self):
        self.addCleanup(self.remove_all)

    def begin(self, address):
        self.open_editor("E-mail")
        self.fill("Your E-mail Address", address)
        self.desk.keys("Tab")

    def test_address_and_password_are_enough(self):
        before = len(self.server.mails())
        self.begin(ADDRESS)
        self.desk.wait_for("Mail is sent by Made Mail.")
        self.fill("Password", PASSWORD)
        self.add_it()
        steps = self.send_test()
        self.desk.picture("account-test")
        self.assertGreaterEqual(len(steps), 4)
        self.assertTrue(all(name.endswith(", Done") for name in steps), steps)
        mail = self.server.mails()[before]
        self.assertEqual((mail["recipients"], mail["user"], bool(mail["secure"])), ([ADDRESS], ADDRESS, True))
        self.assertEqual(self.channels()[-1]["host"], "smtp.made.example")

    def test_sms_is_a_mail_to_the_address_of_the_phone(self):
        before = len(self.server.mails())
        self.open_editor("SMS")
        self.fill("Phone numbers", "+1 (555) 123-4567")
        self.choose_carrier("Google Fi")
        self.desk.wait_for("It works (as of")
        self.fill("Your E-mail Address", ADDRESS)
        self.desk.keys("Tab")
        self.desk.wait_for("Mail is sent by Made Mail.")
        self.fill("Password", PASSWORD)
        self.add_it()
        self.send_test()
        self.desk.picture("account-sms")
        self.assertEqual(self.server.mails()[before]["recipients"], ["5551234567@msg.fi.google.com"])
        self.assertEqual(self.channels()[-1]["gateway"], "google-fi")

    def test_corrected_address_leaves_nothing_of_the_first(self):
        self.begin(ADDRESS)
        self.desk.wait_for("Mail is sent by Made Mail.")
        self.fill("Your E-mail Address", "ada@nobody.example")
        self.desk.keys("Tab")
        self.desk.wait_gone("Mail is sent by Made Mail.")
        self.desk.find_shown("Outgoing mail server")
        self.fill("Password", PASSWORD)
        self.press("Add")
        self.desk.wait_for("“host” is missing")
        self.assertEqual(self.names(), ["Desktop"])

    def test_mistyped_address_is_no_recipient(self):
        self.begin("ada@nobody.example")
        self.desk.find_shown("Outgoing mail server")
        self.press("Add")
        self.desk.wait_for("“host” is missing")
        self.fill("Your E-mail Address", ADDRESS)
        self.desk.keys("Tab")
        self.desk.wait_for("Mail is sent by Made Mail.")
        self.add_it()
        self.assertEqual(self.channels()[-1]["to"], ADDRESS)

    def test_wrong_password_is_told_at_its_step(self):
        self.begin(ADDRESS)
        self.desk.wait_for("Mail is sent by Made Mail.")
        self.fill("Password", "wrong")
        self.add_it()
        steps = self.send_test()
        self.desk.picture("account-refused")
        failed = [name for name in steps if name.endswith(", Failed")]
        self.assertEqual(len(failed), 1, steps)
        self.assertIn("log in", failed[0].lower())
        self.desk.wait_for("What the Other Side Said")
        self.press("Done")
        self.desk.find_row("E-mail", "Needs you")

    def test_who_is_faster_than_the_search_waits_for_it(self):
        self.open_editor("E-mail")
        self.fill("Password", PASSWORD)
        self.go_to("Your E-mail Address")
        self.desk.type(ADDRESS)
        # The focus stays in the field.
        self.desk.keys("alt+a")
        self.desk.wait_for("is added. A test message shows whether it works.")
        self.assertEqual(self.channels()[-1]["host"], "smtp.made.example")

    def test_what_could_be_forged_is_asked_about(self):
        self.begin("ada@hosted.example")
        self.desk.wait_for("whose word can be forged")
        self.desk.picture("account-forged")
        self.press("Add")
        self.desk.wait_for("“host” is missing")
        self.assertEqual(self.names(), ["Desktop"])
        self.press("Use This Server")
        self.add_it()
        self.assertEqual(self.channels()[-1]["host"], "smtp.mailhost.example")

    def test_app_password_is_told_with_its_page(self):
        self.begin("ada@gmail.com")
        self.desk.wait_for("Mail is sent by Gmail", "Make an App Password")
        self.desk.picture("account-gmail")

    def test_unknown_server_is_asked_for(self):
        self.begin("ada@nobody.example")
        self.desk.find_shown("Outgoing mail server")
        self.press("Add")
        self.desk.wait_for("“host” is missing")
        self.assertEqual(self.names(), ["Desktop"])

    def test_wrong_address_is_told_at_the_field(self):
        self.begin("<b>ada</b> at home 🦑")
        self.desk.wait_for("An e-mail address looks like")
        self.press("Add")
        self.assertEqual(self.names(), ["Desktop"])

    def test_account_of_the_desktop_is_offered_first(self):
        accounts = FakeAccounts(self.desk, {"account_1": microsoft("ada@hotmail.com")})
        self.addCleanup(accounts.process.terminate)
        self.open_editor("E-mail")
        self.desk.point_and_click(self.desk.find("ada@hotmail.com", ("radio button", "check box")))
        self.desk.picture("account-desktop")
        self.add_it()
        channel = self.channels()[-1]
        self.assertEqual((channel["account"], channel["to"], channel.get("host")), ("account_1", "ada@hotmail.com", None))


if __name__ == "__main__":
    main()
