#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The page of accounts: X by pasted codes, removed and taken back, a keyring that is locked and unlocked."""

import pathlib
import re
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "real"), str(HERE.parent / "service"), str(HERE.parent)]

from account_steps import AccountSteps  # noqa: E402
from desk import DEMO, Desk  # noqa: E402
from oauth_server import Browser  # noqa: E402
from stand_in_browser import StandInBrowser  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

MAIL = ("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", "security=starttls", "port=9", "user=ada", "from=ada@example.org",
        "to=ada@example.org", "--secret", "password=-")
PROMPTER = "[D-BUS Service]\nName=org.gnome.keyring.SystemPrompter\nExec=/usr/libexec/gcr-prompter\n"


class Codes(AccountSteps, unittest.TestCase):
    def test_x_by_pasted_codes(self):
        x = self.enterContext(XStandIn(DEMO))
        self.desk = self.enterContext(Desk(page="accounts"))
        self.open_editor("X (Twitter)")
        self.fill("API key", x.keys["access-token"])
        self.desk.keys("Tab")
        self.desk.wait_for("this looks like the access token")
        self.desk.picture("account-codes", window="root")
        self.desk.keys("shift+Tab", "shift+Tab")
        for label, name in (("API key", "api-key"), ("API key secret", "api-secret"), ("Access token", "access-token"),
                            ("Access token secret", "access-token-secret")):
            self.fill(label, x.keys[name])
        self.go_to("More")
        self.desk.keys("Return")
        self.fill("Server", x.url)
        self.add_it()
        self.assertEqual(x.posts(), [], "nobody is told of an account")
        steps = self.send_test()
        self.assertTrue(steps and all(name.endswith(", Done") for name in steps), steps)
        self.assertEqual(len(x.posts()), 1)
        self.desk.wait_for("Look at It in the Browser")
        self.desk.picture("account-x", window="root")
        self.press("Done")
        self.desk.find_row("X (Twitter)", "Ready", "1 of 15 messages today")
        self.ask_price(x)

    def ask_price(self, x):
        """What costs nothing is sent at once; here nothing is sent before somebody has seen what it costs."""
        self.desk.wait_gone("The test message was")
        self.desk.click("Send a Test Message by X (Twitter)")
        self.desk.wait_for("Everybody can read it, and it costs about $")
        self.assertEqual(len(x.posts()), 1)


class BrowserLogin(AccountSteps, unittest.TestCase):
    """X in the browser of somebody who allows it"""

    def setUp(self):
        self.x = self.enterContext(XStandIn(DEMO))
        self.desk = Desk(page="accounts")
        self.browser = StandInBrowser(self.desk)
        self.enterContext(self.desk)

    def seconds_left(self):
        for thing in self.desk.look():
            told = re.search(r"allow what it asks\. (\d+):(\d\d) left", thing.words)
            if told:
                return 60 * int(told[1]) + int(told[2])
        return None

    def test_signed_in_posts(self):
        settings = ("login=browser", f"client-id={self.x.client_id}", f"server={self.x.url}")
        self.open_editor("X (Twitter)")
        self.go_to("Login")
        self.desk.keys("space", "Down", "Return")
        self.fill("Client ID", self.x.client_id)
        self.go_to("More")
        self.desk.keys("Return")
        self.fill("Server", self.x.url)
        self.add_it()
        channel = self.channels()[-1]
        self.assertEqual([f"{name}={channel[name]}" for name in ("login", "client-id", "server")], list(settings))
        self.press("Sign In with the Browser")
        first = self.desk.wait_until(self.seconds_left, "no time is told")
        self.assertLessEqual(first, 300)
        self.desk.wait_until(lambda: (self.seconds_left() or first) < first, "the time stands still")
        [page] = self.desk.wait_until(self.browser.pages, "no page is opened")
        browser = Browser()
        _, _, home = browser.visit(page)
        browser.visit(home)
        self.desk.wait_for("You have signed in.")
        self.desk.wait_gone_from_screen(" left.")
        self.send_test()
        self.assertEqual(len(self.x.posts()), 1)


class Phone(AccountSteps, unittest.TestCase):
    def test_carrier_that_was_not_chosen_is_asked_for(self):
        self.desk = self.enterContext(Desk(page="accounts"))
        self.open_editor("SMS")
        self.press("Add")
        self.desk.wait_for("Please choose the carrier of the phone.")
        self.assertEqual(self.names(), ["Desktop"])


    def test_another_carrier_begins_with_an_empty_field(self):
        self.desk = self.enterContext(Desk(page="accounts"))
        self.open_editor("SMS")
        self.choose_carrier("Google Fi")
        self.desk.wait_for("It works (as of")
        self.choose_carrier("AT&T")
        self.desk.wait_for("nothing would arrive.")
        self.choose_carrier("Another One")
        domain = self.desk.find_shown("Domain of the Carrier")
        self.desk.wait_gone("nothing would arrive.")
        self.assertEqual(domain.text, "")
        self.press("Add")
        self.desk.wait_for("Please enter the domain of your carrier.")
        self.assertEqual(self.names(), ["Desktop"])


class Switched(AccountSteps, unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk(page="accounts"))
        self.desk.ctl(*MAIL, input="x")
        self.desk.find_row("Mail", "Ready")

    def is_enabled(self):
        return next(channel["enabled"] for channel in self.channels() if channel["name"] == "Mail")

    def test_what_is_switched_last_holds(self):
        for presses, is_enabled in ((2, True), (3, False), (3, True)):
            switch = self.desk.find("Messages by Mail", ("switch", "check box"))
            for _press in range(presses):
                self.desk.point_and_click(switch)
            with self.subTest(presses=presses):
                self.desk.wait_until(lambda: self.is_enabled() == is_enabled and (  # pylint: disable=cell-var-from-loop
                    "checked" in self.desk.find("Messages by Mail", ("switch", "check box")).states) == is_enabled, "not as it was switched")

    def test_removed_meanwhile_is_told(self):
        self.go_to("Mail, Ready")
        self.desk.keys("Return")
        self.fill("Name of the Account", "Ada’s mail")
        self.desk.ctl("channel", "remove", "mail")
        self.press("Save")
        self.desk.wait_for("It has been removed meanwhile.")


class Removed(AccountSteps, unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk(page="accounts"))
        self.desk.ctl(*MAIL, input="x")

    def remove(self):
        self.desk.find_row("Mail", "Ready")
        self.go_to("Mail, Ready")
        self.desk.keys("Delete")
        self.desk.wait_for("“Mail” is removed.")
        self.desk.wait_until(lambda: not any(thing.name.startswith("Mail, ") for thing in self.desk.look()), "it is still shown")

    def test_is_taken_back_or_gone_with_the_window(self):
        self.remove()
        self.assertIn("Mail", self.names(), "nobody could put its password back")
        self.desk.click("Undo")
        self.desk.find_row("Mail", "Ready")
        self.remove()
        self.desk.close_window()
        self.desk.wait_until(lambda: self.names() == ["Desktop"], "it is still there")


class Keyring(AccountSteps, unittest.TestCase):
    def setUp(self):
        self.desk = self.enterContext(Desk(page="accounts"))
        pathlib.Path(self.desk.folder, "services", "prompter.service").write_text(PROMPTER, encoding="ascii")
        self.desk.reload_bus()
        self.desk.ctl(*MAIL, input="x")

    def lock(self):
        self.desk.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets", "-o", "/org/freedesktop/secrets", "-m",
                       "org.freedesktop.Secret.Service.Lock", "['/org/freedesktop/secrets/collection/login']"])
        # Noticed as soon as a secret is wanted
        self.desk.call("/io/github/octoherald/OctoHerald/channels/mail", "io.github.octoherald.OctoHerald.Channel1.ListSecrets")

    def asks(self):
        return self.desk.window_id("Unlock .* Keyring")

    def answer(self, *keys):
        """The keyring's own window"""
        self.desk.wait_until(self.asks, "nobody asks for the password")
        time.sleep(1)
        self.desk.keys(*keys)
        self.desk.wait_until(lambda: not self.asks(), "it still asks")

    def test_is_unlocked_from_the_page(self):
        self.lock()
        self.desk.find_shown("The Keyring Is Locked")
        self.desk.picture("account-locked")
        self.desk.click("Unlock Keyring")
        self.answer("Escape")
        self.desk.wait_for("Please unlock it; until then nothing that needs a password is sent.")
        self.desk.click("Unlock Keyring")
        self.answer("t", "e", "s", "t", "Return")
        self.desk.wait_gone_from_screen("The Keyring Is Locked")


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
