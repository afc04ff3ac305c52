#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts of a channel that somebody has signed in for with a browser, at X as octoherald-demo plays it."""

import json
import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import wait_until  # noqa: E402
from oauth_server import Browser  # noqa: E402
from private_network import enter_network  # noqa: E402
from x_login_scene import Login, LoginScene  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

PICTURE = HERE.parent.parent / "data/pictures/camera-offline.png"
TOKENS = "/2/oauth2/token"


class Posts(LoginScene):
    def setUp(self):
        self.x = self.enterContext(XStandIn(os.environ["OCTOHERALD_DEMO"]))

    def make_channel_here(self, client_id, secret=None):
        channel = self.session.ctl("channel", "add", "x", "--name", "Bench", "login=browser", f"client-id={client_id}",
                                   f"server={self.x.url}", *(["--secret", "client-secret=-"] if secret else []),
                                   **({"input": secret} if secret else {})).stdout.strip()
        self.addCleanup(self.session.ctl, "channel", "remove", channel)
        return channel

    def sign_in_here(self, channel, status=0):
        """This X allows it at once: the page is already the way home."""
        browser = Browser()
        with Login(self.session, channel) as login:
            _, _, home = browser.visit(login.page)
            browser.visit(home)
            return login.wait(status)

    def send_picture(self, channel, title, *states):
        self.session.ctl("send", "--title", title, "--text", title, "--picture", str(PICTURE), "--channels", channel)
        return self.row(channel, title, *states)

    def test_both_kinds_of_app_post_text_and_picture(self):
        for client in ((self.x.client_id,), self.x.web_client):
            channel = self.make_channel_here(*client)
            with self.subTest(client[0]):
                self.assertEqual(json.loads(self.sign_in_here(channel)), {"state": "done"})
                row = self.send_picture(channel, f"As {client[0]}", "delivered")
                post = self.x.posts()[-1]
                self.assertEqual((row["remote_id"], len(post["media"])), (post["id"], 1))
        self.assertEqual(len(self.x.posts()), 2)

    def test_post_that_is_refused_for_its_token_goes_out_once_with_its_picture(self):
        channel = self.make_channel_here(self.x.client_id)
        self.sign_in_here(channel)
        for path in ("/2/tweets", "/2/media/upload"):
            n_posts, n_tokens = len(self.x.posts()), len(self.x.requests(TOKENS))
            self.x.play("unauthorized", path=path, times=1)
            with self.subTest(path):
                self.send_picture(channel, path, "delivered")
                self.assertEqual((len(self.x.posts()) - n_posts, len(self.x.requests(TOKENS)) - n_tokens), (1, 1))
                self.assertEqual(len(self.x.posts()[-1]["media"]), 1)

    def test_token_that_stays_refused_asks_for_a_new_login(self):
        channel = self.make_channel_here(self.x.client_id)
        self.sign_in_here(channel)
        self.x.play("unauthorized", path="/2/tweets", times=2)
        self.send(channel, "Twice")
        wait_until(lambda: self.health(channel)[0] == "held")
        self.assertIn("Please sign in again", self.health(channel)[1])
        self.assertEqual((len(self.x.posts()), len(self.x.requests("/2/tweets"))), (0, 2))
        self.sign_in_here(channel)
        self.row(channel, "Twice", "delivered")
        self.assertEqual(len(self.x.posts()), 1)

    def test_post_that_was_refused_for_its_token_is_in_no_doubt(self):
        """X took nothing; that the token cannot be renewed at once, or the picture not sent again, says nothing else. If X
        says later that it has such a post already, that is another one."""
        channel = self.make_channel_here(self.x.client_id)
        self.sign_in_here(channel)
        for fault, path in (("html", TOKENS), ("cut", TOKENS), ("html", "/2/media/upload"), ("cut", "/2/media/upload")):
            title = f"{fault} at {path}"
            self.x.play("unauthorized", path="/2/tweets", times=1)
            self.x.play(fault, path=path, times=1, done=False, **({"before": 1} if path != TOKENS else {}))
            self.x.play("duplicate", path="/2/tweets", times=1)
            self.session.ctl("channel", "set", channel, "without-picture=false")
            self.session.ctl("send", "--title", title, "--text", title, "--picture", str(PICTURE), "--channels", channel)
            with self.subTest(title):
                self.row(channel, title, "deferred")
                self.session.ctl("channel", "resume", channel)
                self.row(channel, title, "rejected")
            self.x.stop_faults()
        self.assertEqual(self.x.posts(), [])

    def test_account_is_named_by_the_check(self):
        channel = self.make_channel_here(self.x.client_id)
        self.sign_in_here(channel)
        self.assertIn("@demo_bench", self.session.ctl("channel", "check", channel).stdout)
        self.x.play("unauthorized", path="/2/users/me", times=1)
        self.assertIn("@demo_bench", self.session.ctl("channel", "check", channel).stdout)

    def test_stranger_answers_to_the_token_request_cost_nothing(self):
        channel = self.make_channel_here(self.x.client_id)
        self.sign_in_here(channel)
        for i, fault in enumerate(("unavailable", "edge-busy", "too-many", "html", "wrong-types", "invalid-utf8", "huge",
                                   "deep", "redirect", "not-json")):
            self.x.play("unauthorized", path="/2/tweets", times=1)
            self.x.play(fault, path=TOKENS, times=1, done=False)
            self.send(channel, f"Post {i}")
            with self.subTest(fault):
                wait_until(lambda: self.health(channel)[0] in ("waiting", "held"))
                self.assertEqual(self.health(channel)[0], "waiting", self.health(channel))
                self.session.ctl("channel", "resume", channel)
                self.row(channel, f"Post {i}", "delivered")
                self.x.stop_faults()
        self.assertEqual(len(self.x.posts()), 10)


if __name__ == "__main__":
    enter_network()
    import tap
    tap.main()
