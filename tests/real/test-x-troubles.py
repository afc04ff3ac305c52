#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service does when X cannot be reached, is not X, refuses the keys, has no credit left, or is cut off."""

import os
import pathlib
import random
import socket
import ssl
import subprocess
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import HeraldSession, wait_until  # noqa: E402
from loopback import free_port  # noqa: E402
from mail_proxy import Cut, MailProxy  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

SEED = int(os.environ.get("SEED", str(time.time_ns() % 1000000)))
PROGRAM = os.environ["OCTOHERALD_DEMO"]
N_WAITING = 50
N_CUTS = 16
SETTLE_S = 60
MINUTES_S = 150


class Scene(unittest.TestCase):
    def setUp(self):
        self.x = self.enterContext(XStandIn(PROGRAM))
        self.session = self.enterContext(HeraldSession())

    def secrets(self, **changed):
        words = []
        for field, key in {**self.x.keys, **{name.replace("_", "-"): key for name, key in changed.items()}}.items():
            path = os.path.join(self.session.folder, f"{field}.txt")
            with open(path, "w", encoding="utf-8") as file:
                file.write(key)
            words += ["--secret", f"{field}={path}"]
        return words

    def add(self, name, server, **changed):
        return self.session.ctl("channel", "add", "x", "--name", name, f"server={server}", "posts-per-day=1000",
                                *self.secrets(**changed)).stdout.strip()

    def say(self, channel, number):
        self.session.ctl("send", "--title", f"Message {number}", "--text", f"Layer {number}", "--channels", channel)

    def rows(self):
        return self.session.ctl_json("history", "--limit", "1000")["messages"]

    def states(self):
        found = {}
        for row in self.rows():
            found[row["state"]] = found.get(row["state"], 0) + 1
        return found

    def channel(self, identifier):
        return next(entry for entry in self.session.ctl_json("channel", "list")["channels"] if entry["id"] == identifier)

    def wait_health(self, identifier, health):
        wait_until(lambda: self.channel(identifier)["health"] == health)
        return self.channel(identifier)["error"]

    def notices(self):
        self.session.run(["dunstctl", "close-all"])
        return [entry for entry in self.session.notifications() if entry["summary"] == "“Feed” needs you"]


class Troubles(Scene):
    def hold(self, gist):
        """Fifty messages wait for a person, who is told once, also after a restart; X was asked once each time."""
        for number in range(N_WAITING):
            self.say("feed", number)
        self.assertIn(gist, self.wait_health("feed", "held"))
        wait_until(self.notices)
        time.sleep(2)
        self.assertEqual(len(self.x.requests("/2/tweets")), 1)
        self.assertEqual(self.session.ctl_json("status")["outbox"]["held"], N_WAITING)

        self.session.stop_service()
        self.session.start_service()
        self.wait_health("feed", "held")
        time.sleep(2)
        self.assertEqual(len(self.x.requests("/2/tweets")), 2)
        self.assertEqual(len(self.notices()), 1)

    def go_on(self):
        wait_until(lambda: self.states() == {"delivered": N_WAITING}, SETTLE_S)
        self.assertEqual(len(self.x.posts()), N_WAITING)
        self.assertEqual(self.channel("feed")["health"], "ok")

    def test_wrong_key_is_tried_once_for_all(self):
        self.add("Feed", self.x.url, access_token_secret=self.x.keys["access-token-secret"][::-1])
        self.hold("keys")
        self.session.ctl("channel", "set", "feed", *self.secrets())
        self.go_on()

    def test_empty_account_goes_on_when_told(self):
        self.add("Feed", self.x.url)
        self.x.play("no-credits", path="/2/tweets", times=2)
        self.hold("console.x.com")
        self.session.ctl("channel", "resume", "feed")
        self.go_on()

    def test_app_that_may_only_read_goes_on_when_told(self):
        self.add("Feed", self.x.url)
        self.x.play("no-permission", path="/2/tweets", times=2)
        self.hold("Read and write")
        self.session.ctl("channel", "resume", "feed")
        self.go_on()

    def test_x_that_cannot_be_reached_is_waited_for(self):
        port = free_port()
        for name, server, gist in (("Nobody", f"http://127.0.0.1:{port}", "no server answers"),
                                   ("Nowhere", "https://x.nowhere.invalid", "x.nowhere.invalid")):
            identifier = self.add(name, server)
            self.say(identifier, name)
            self.assertIn(gist, self.wait_health(identifier, "waiting"))
        self.assertEqual([row["state"] for row in self.rows()], ["deferred", "deferred"])

    def test_x_that_cannot_prove_who_it_is_gets_nothing(self):
        heard = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        path = os.path.join(self.session.folder, "x.pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", path, "-out", path + ".crt",
                        "-subj", "/CN=localhost", "-days", "2"], check=True, stderr=subprocess.DEVNULL, timeout=60)
        context.load_cert_chain(path + ".crt", path)

        def serve(listener):
            while True:
                try:
                    raw, _address = listener.accept()
                except OSError:
                    return
                try:
                    with raw, context.wrap_socket(raw, server_side=True) as connection:
                        heard.append(connection.recv(65536))
                except OSError:
                    heard.append(b"")

        with socket.create_server(("127.0.0.1", 0)) as listener:
            threading.Thread(target=serve, args=[listener], daemon=True).start()
            identifier = self.add("Feed", f"https://localhost:{listener.getsockname()[1]}")
            self.say(identifier, 1)
            self.assertIn("certificate", self.wait_health(identifier, "held"))
            wait_until(lambda: heard)
            self.assertEqual(set(heard), {b""})
            listener.shutdown(socket.SHUT_RDWR)
        self.assertEqual(self.rows()[0]["state"], "deferred")

    def test_cut_anywhere_nothing_is_posted_twice_or_called_posted(self):
        """Each channel is a line of its own, which is cut in the first attempt; the second is whole."""
        dice = random.Random(SEED)
        backend = int(self.x.url.rsplit(":", 1)[1])
        self.x.play("no-limits")
        lengths = {}
        for number in range(N_CUTS + 1):
            proxy = self.enterContext(MailProxy(backend))
            identifier = self.add(f"Feed {number}", f"http://127.0.0.1:{proxy.port}")
            if lengths:
                direction = dice.choice(["question", "answer"])
                proxy.plan = Cut(direction, dice.randrange(lengths[direction]), dice.choice(["reset", "close"]))
            self.say(identifier, number)
            if not lengths:
                wait_until(self.x.posts)
                wait_until(lambda: self.states() == {"delivered": 1})
                lengths = {"question": len(proxy.asked), "answer": len(proxy.answered)}
        wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0, SETTLE_S)

        texts = [post["text"] for post in self.x.posts()]
        print(f"# seed {SEED}: {N_CUTS} cuts, {len(texts)} posts, {len(self.x.requests('/2/tweets'))} requests, "
              f"{self.states()}", flush=True)
        self.assertEqual(len(texts), len(set(texts)))
        self.assertEqual(len(texts), N_CUTS + 1)
        self.assertEqual(self.states(), {"delivered": N_CUTS + 1})


class Minutes(Scene):
    def test_x_that_says_nothing_is_asked_once_more(self):
        """Posted, but never answered; then neither posted nor answered, twice"""
        self.add("Feed", self.x.url)
        self.x.play("silence", path="/2/tweets", times=1, done=True)
        self.say("feed", 1)
        wait_until(lambda: self.states() == {"delivered": 1}, MINUTES_S)
        self.assertEqual(len(self.x.posts()), 1)

        self.x.play("silence", path="/2/tweets", times=2, done=False)
        self.say("feed", 2)
        wait_until(lambda: self.states() == {"delivered": 1, "probable": 1}, 2 * MINUTES_S)
        self.assertEqual(len(self.x.posts()), 1)
        self.assertEqual(len(self.x.requests("/2/tweets")), 4)


if __name__ == "__main__":
    import tap
    tap.main()
