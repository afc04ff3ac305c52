#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens of X that end, are taken back, get lost: the running service, and oidc-provider, which lets a refresh token be used
once and takes back the whole login when it comes twice."""

import http.server
import pathlib
import sys
import threading
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import wait_until  # noqa: E402
from oauth_server import provision  # noqa: E402
from private_network import enter_network  # noqa: E402
from x_login_scene import LoginScene  # noqa: E402

# Shorter than what the service leaves as a margin: each post needs a new one.
SHORT_S = 30
N_POSTS = 12
NEW_PAIR = '{"token_type":"bearer","access_token":%s,"refresh_token":%s,"expires_in":7200}'


class Elsewhere:
    """A server that nobody has asked for anything, and what reaches it all the same."""

    def __init__(self):
        self.reached = reached = []

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                reached.append(self.requestline)
                self.send_error(404)
            do_GET = do_POST

        self.server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


class Tokens(LoginScene):
    def assert_posts(self, server, n_posts):
        self.assertEqual(len(server.posts()), n_posts, server.journal())

    def assert_once(self, server):
        """No refresh token was given twice."""
        given = [grant["given"] for grant in server.grants("refresh_token")]
        self.assertEqual(len(given), len(set(given)), server.journal())

    def test_each_token_that_ends_is_renewed_once(self):
        server, channel = self.make_login(access_s=SHORT_S)
        for i in range(N_POSTS):
            self.send(channel, f"Post {i}")
        for i in range(N_POSTS):
            self.row(channel, f"Post {i}", "delivered")
        self.assert_posts(server, N_POSTS)
        self.assertEqual([grant.get("error") for grant in server.grants()], [None] * (N_POSTS + 1))
        self.assert_once(server)
        self.assert_untold(server.secrets())

    def test_token_that_is_good_is_used_on_also_after_a_restart(self):
        server, channel = self.make_login()
        for i in range(3):
            self.send_row(channel, f"Good {i}", "delivered")
            self.session.stop_service()
            self.session.start_service()
        self.assertEqual(len(server.grants()), 1)
        self.assertEqual(len({entry["bearer"] for entry in server.journal() if "post" in entry}), 1)

    def test_new_pair_outlives_a_service_that_is_killed(self):
        server, channel = self.make_login(access_s=SHORT_S)
        for i in range(3):
            self.send_row(channel, f"Killed {i}", "delivered")
            self.session.service.kill()
            self.session.service.wait()
            self.session.start_service()
        self.assert_posts(server, 3)
        self.assert_once(server)

    def test_token_that_is_taken_back_is_renewed_and_the_post_goes_out_once(self):
        server, channel = self.make_login()
        server.forget("access")
        self.send_row(channel, "Taken back", "delivered")
        self.assertEqual([entry["status"] for entry in server.journal() if "post" in entry], [401, 201])
        self.assertEqual(len(server.grants("refresh_token")), 1)

    def test_login_that_is_taken_back_holds_all_and_a_new_one_lets_them_go(self):
        server, channel = self.make_login()
        server.forget("refresh")
        server.forget("access")
        for i in range(N_POSTS):
            self.send(channel, f"Held {i}")
        wait_until(lambda: self.health(channel)[0] == "held")
        self.assertIn("Please sign in again", self.health(channel)[1])
        self.assertEqual([grant["error"] for grant in server.grants("refresh_token")], ["invalid_grant"])
        self.session.stop_service()
        self.session.start_service()
        wait_until(lambda: self.health(channel)[0] == "held")
        self.sign_in(channel)
        for i in range(N_POSTS):
            self.row(channel, f"Held {i}", "delivered")
        self.assert_posts(server, N_POSTS)

    def test_answer_that_gets_lost_costs_the_login_and_no_post(self):
        """The refresh token is spent, and nobody has the new one: all that can be done is to say so."""
        server, channel = self.make_login(access_s=SHORT_S)
        server.spoil({"after": "lost"})
        self.send(channel, "Lost")
        wait_until(lambda: self.health(channel)[0] == "held")
        self.assertIn("sign in again", self.health(channel)[1])
        self.sign_in(channel)
        self.row(channel, "Lost", "delivered")
        self.assert_posts(server, 1)

    def test_server_in_trouble_is_asked_again_with_the_same_token(self):
        server, channel = self.make_login(access_s=SHORT_S)
        for title, fault in (("Down", {"status": 503, "body": "<html>"}), ("Cut", {"drop": True}),
                             ("Nonsense", {"status": 200, "body": "[]"}),
                             ("Types", {"status": 200, "body": NEW_PAIR % ('5', '{"a":1}')}),
                             ("Bytes", {"status": 200, "body": NEW_PAIR % ('"\xff\xfe"', '"R"')}),
                             ("Header", {"status": 200, "body": NEW_PAIR % ('"A\\r\\nX: y"', '"R"')}),
                             ("Half", {"status": 200, "body": '{"token_type":"bearer","access_to'}),
                             ("Large", {"status": 200, "megabytes": 10})):
            n_posts = len(server.posts())
            server.spoil(fault)
            self.send(channel, title)
            with self.subTest(title):
                wait_until(lambda: self.health(channel)[0] == "waiting")
                self.assertNotIn("sign in", self.health(channel)[1])
                self.session.ctl("channel", "resume", channel)
                self.row(channel, title, "delivered")
                self.assert_posts(server, n_posts + 1)
        self.assert_once(server)

    def test_redirect_gets_no_token(self):
        elsewhere = Elsewhere()
        server, channel = self.make_login(access_s=SHORT_S)
        for status in (302, 307, 308):
            server.spoil({"status": status, "headers": {"Location": elsewhere.url}})
            self.send(channel, str(status))
            with self.subTest(status):
                wait_until(lambda: self.health(channel)[0] == "waiting")
                self.assertIn("does not come from X", self.health(channel)[1])
                self.session.ctl("channel", "resume", channel)
                self.row(channel, str(status), "delivered")
        self.assertEqual(elsewhere.reached, [])

    def test_other_server_and_other_app_get_no_token(self):
        elsewhere = Elsewhere()
        _, channel = self.make_login()
        for change in (f"server={elsewhere.url}", "client-id=another"):
            before = self.session.ctl_json("channel", "show", channel)
            self.session.ctl("channel", "set", channel, change)
            with self.subTest(change):
                self.send(channel, change)
                wait_until(lambda: self.health(channel)[0] == "held")
                self.assertIn("Nobody has signed in", self.health(channel)[1])
            name = change.partition("=")[0]
            self.session.ctl("channel", "set", channel, f"{name}={before[name]}")
            self.row(channel, change, "delivered")
        self.assertEqual(elsewhere.reached, [])

    def test_closed_keyring_spends_no_token(self):
        server, channel = self.make_login(access_s=SHORT_S)
        self.set_lock(True)
        try:
            self.send(channel, "Closed")
            wait_until(lambda: self.health(channel)[0] == "held")
            self.assertIn("keyring is locked", self.health(channel)[1])
            self.assertEqual(len(server.grants()), 1)
        finally:
            self.set_lock(False)
        self.session.ctl("channel", "resume", channel)
        self.row(channel, "Closed", "delivered")
        self.assert_once(server)

    def test_keyring_that_closes_meanwhile_costs_nothing(self):
        """The new pair waits in memory until the keyring is open; the old one is not used again."""
        server, channel = self.make_login(access_s=SHORT_S)
        server.spoil({"wait": 3})
        self.send(channel, "Meanwhile")
        time.sleep(1)
        self.set_lock(True)
        try:
            wait_until(lambda: self.health(channel)[0] == "held")
            self.assertIn("keyring", self.health(channel)[1])
            self.assert_posts(server, 0)
        finally:
            self.set_lock(False)
        self.session.ctl("channel", "resume", channel)
        self.row(channel, "Meanwhile", "delivered")
        self.assertEqual(len(server.grants("refresh_token")), 1)
        self.assert_once(server)

    def test_post_is_cancelled_and_the_tokens_are_not(self):
        """Nobody waits for the answer any more; it is kept all the same."""
        server, channel = self.make_login(access_s=SHORT_S)
        server.spoil({"wait": 2})
        self.send(channel, "Cancelled")
        time.sleep(1)
        self.session.ctl("channel", "disable", channel)
        wait_until(lambda: len(server.grants("refresh_token")) == 1)
        self.session.ctl("channel", "enable", channel)
        self.send_row(channel, "After", "delivered")
        self.assert_once(server)
        self.assertEqual([grant.get("error") for grant in server.grants()], [None] * len(server.grants()))

    def test_nothing_is_renewed_while_nothing_is_sent(self):
        server, channel = self.make_login(access_s=1)
        time.sleep(3)
        self.session.stop_service()
        self.session.start_service()
        self.assertEqual(len(server.grants()), 1)
        self.assertEqual(self.health(channel)[0], "ok")


if __name__ == "__main__":
    # While the network is the real one
    provision()
    enter_network()
    import tap
    tap.main()
