#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The login at X in the browser: the running service, and oidc-provider instead of X."""

import json
import pathlib
import signal
import subprocess
import sys
import time
import urllib.parse

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import SERVICE, wait_until  # noqa: E402
from oauth_server import REDIRECTS, Browser, provision  # noqa: E402
from private_network import enter_network  # noqa: E402
from x_login_scene import LIMIT_S, Login, LoginScene, is_free  # noqa: E402

SECRET, OTHER_SECRET = "s3cretOfTheApp_" + "0aB-" * 9, "another_" + "9Zy_" * 11
FOREIGN = "http://127.0.0.1:48721/callback?state=someone-elses&code=someone-elses-code"


class SigningIn(LoginScene):
    def test_public_app_posts_after_the_login(self):
        server, channel = self.make_channel()
        bus = self.listen_to_the_bus()
        with Login(self.session, channel) as login:
            asked = urllib.parse.parse_qs(urllib.parse.urlparse(login.page).query)
            status, text = Browser().sign_in(login.page)
            self.assertEqual((status, json.loads(login.wait(0))), (200, {"state": "done"}))
        self.assertIn("You can close this page", text)
        self.assertEqual(asked["code_challenge_method"], ["S256"])
        self.assertEqual(self.send_row(channel, "First", "delivered")["remote_id"], "1001")
        self.assertEqual(len(server.posts()), 1)
        self.assertEqual([(grant["grant"], grant["basic"], grant["named"]) for grant in server.grants()],
                         [("authorization_code", False, True)])
        self.assert_untold(server.secrets())
        heard = bus()
        self.assertIn("LoginState", heard)
        self.assertEqual([secret for secret in server.secrets() if secret in heard], [])

    def test_app_with_a_secret_proves_it_by_basic(self):
        server, channel = self.make_channel(client_secret=SECRET, secret=SECRET)
        self.sign_in(channel)
        self.send_row(channel, "Basic", "delivered")
        self.assertEqual([(grant["basic"], grant["named"]) for grant in server.grants()], [(True, False)])
        self.assert_untold(server.secrets())

    def test_app_whose_secret_is_missing_or_wrong_says_so(self):
        for secret in (None, OTHER_SECRET):
            _, channel = self.make_channel(client_secret=SECRET, secret=secret)
            with self.subTest(secret), Login(self.session, channel) as login:
                status, text = Browser().sign_in(login.page)
                self.assertEqual(status, 400)
                for told in (text, login.wait(1)):
                    self.assertIn("client secret", told)

    def test_login_without_an_app_is_refused(self):
        channel = self.session.ctl("channel", "add", "x", "--name", "Keys").stdout.strip()
        self.addCleanup(self.session.ctl, "channel", "remove", channel)
        told = self.session.ctl("channel", "login", channel, expect=1).stderr
        self.assertIn("login in the browser", told)
        self.session.ctl("channel", "add", "desktop", "--name", "Desktop")
        told = self.session.ctl("channel", "login", "desktop", expect=1).stderr
        self.assertIn("nobody has to sign in", told)

    def test_channel_without_a_login_is_held_and_goes_on_after_it(self):
        server, channel = self.make_channel()
        self.send_row(channel, "Early", "deferred", "pending")
        wait_until(lambda: self.health(channel)[0] == "held")
        self.assertIn("Nobody has signed in", self.health(channel)[1])
        self.assertIn(f"octoheraldctl channel login {channel}", self.session.ctl("channel", "list").stdout)
        self.sign_in(channel)
        self.row(channel, "Early", "delivered")
        self.assertEqual((self.health(channel)[0], len(server.posts())), ("ok", 1))

    def test_whoever_does_not_allow_it_is_told_so(self):
        server, channel = self.make_channel()
        with Login(self.session, channel) as login:
            status, text = Browser().sign_in(login.page, answer=False)
            self.assertEqual(status, 400)
            for told in (text, login.wait(1)):
                self.assertIn("not allowed on X", told.replace("&apos;", "'").replace("&#39;", "'"))
        self.assertEqual(server.grants(), [])

    def test_strangers_do_not_disturb_a_login(self):
        """Any web page can send a browser to us, in the hope that we take a code of its own."""
        server, channel = self.make_channel()
        with Login(self.session, channel) as login:
            stranger = Browser()
            for address, status in ((FOREIGN, 400), (REDIRECTS[0], 400), ("http://127.0.0.1:48721/", 404),
                                    ("http://localhost:48721/callback?code=1", 404),
                                    (FOREIGN + "&" + "x" * 5000, 414), (FOREIGN + "&error=access_denied", 400)):
                with self.subTest(address[:60]):
                    self.assertEqual(stranger.visit(address)[0], status)
            self.assertEqual(stranger.visit(REDIRECTS[0] + "?code=1", {"state": "x"})[0], 405)
            self.assertEqual(server.grants(), [])
            Browser().sign_in(login.page)
            login.wait(0)

    def test_browser_on_another_computer_gets_by_with_its_address(self):
        server, channel = self.make_channel()
        with Login(self.session, channel) as login:
            login.paste("  " + Browser().allow(login.page) + " ")
            login.wait(0)
        self.send_row(channel, "Pasted", "delivered")
        self.assert_untold(server.secrets())

    def test_other_addresses_are_refused_with_a_reason(self):
        _, channel = self.make_channel()
        for address, words in ((FOREIGN, "another login"), ("https://evil.example/callback?code=1", "begins with"),
                               (REDIRECTS[1] + "?code=1", "begins with"), ("hello", "begins with")):
            with self.subTest(address), Login(self.session, channel) as login:
                login.paste(address)
                self.assertIn(words, login.wait(1))

    def test_code_that_is_too_old_is_told(self):
        _, channel = self.make_channel(code_s=1)
        with Login(self.session, channel) as login:
            home = Browser().allow(login.page)
            time.sleep(2)
            self.assertEqual(Browser().visit(home)[0], 400)
            self.assertIn("half a minute", login.wait(1))

    def test_interrupt_ends_the_login_and_frees_the_port(self):
        _, channel = self.make_channel()
        with Login(self.session, channel) as login:
            self.assertFalse(is_free(48721))
            login.process.send_signal(signal.SIGINT)
            self.assertIn("given up", login.wait(1))
        wait_until(lambda: is_free(48721))
        self.assertEqual(self.session.ctl_json("channel", "show", channel)["health"], "ok")

    def test_browser_of_the_desktop_opens_by_itself(self):
        """The whole way without a hand: the program of the desktop for web pages is one that signs in."""
        server, channel = self.make_channel()
        self.become_browser(f"import sys; sys.path.insert(0, {str(HERE)!r}); import oauth_server; "
                            "oauth_server.Browser().sign_in(sys.argv[1])")
        self.session.environment["DISPLAY"] = ":99"
        self.addCleanup(self.session.environment.pop, "DISPLAY")
        told = self.session.ctl("channel", "login", channel)
        self.assertIn("You have signed in", told.stdout)
        self.assertEqual(len(server.grants()), 1)

    def test_adding_says_how_to_go_on(self):
        server, channel = self.make_channel()
        told = self.session.ctl("channel", "set", channel, "login=browser", f"server={server.url}").stderr
        self.assertIn(f"octoheraldctl channel login {channel}", told)

    def test_second_service_does_not_take_part(self):
        server, channel = self.make_login(access_s=1)
        second = self.session.spawn([SERVICE], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.send_row(channel, "Two", "delivered")
        second.wait(LIMIT_S)
        self.send_row(channel, "Still", "delivered")
        given = [grant["given"] for grant in server.grants("refresh_token")]
        self.assertEqual(len(given), len(set(given)))
        self.assertEqual([grant.get("error") for grant in server.grants()], [None] * len(server.grants()))

    def test_two_logins_take_two_ports_and_the_same_channel_has_one(self):
        _, one = self.make_channel()
        _, two = self.make_channel()
        with Login(self.session, one) as first, Login(self.session, two) as second, Login(self.session, one) as again:
            self.assertEqual(first.page, again.page)
            self.assertIn(urllib.parse.quote(REDIRECTS[1], safe=""), second.page)
            Browser().sign_in(second.page)
            second.wait(0)
            Browser().sign_in(first.page)
            first.wait(0)
            again.wait(0)

    def test_removing_the_channel_ends_its_login(self):
        server, channel = self.make_channel()
        with Login(self.session, channel) as login:
            self.session.ctl("channel", "remove", channel)
            self.assertIn("removed", login.wait(1))
        self.session.ctl("channel", "add", "x", "--name", "Bench", f"server={server.url}")
        wait_until(lambda: is_free(48721))

    def test_closed_keyring_is_told_before_anybody_signs_in(self):
        _, channel = self.make_channel()
        self.set_lock(True)
        try:
            told = self.session.ctl("channel", "login", channel, expect=1).stderr
        finally:
            self.set_lock(False)
        self.assertIn("keyring is locked", told)


class Minutes(LoginScene):
    def test_login_that_nobody_finishes_ends_after_five_minutes(self):
        _, channel = self.make_channel()
        begin = time.monotonic()
        with Login(self.session, channel) as login:
            self.assertIn("in time", login.wait(1, limit=330))
        self.assertAlmostEqual(time.monotonic() - begin, 300, delta=10)
        wait_until(lambda: is_free(48721))
        self.sign_in(channel)


if __name__ == "__main__":
    # While the network is the real one
    provision()
    enter_network()
    import tap
    tap.main()
