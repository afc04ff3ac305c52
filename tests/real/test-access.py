#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting into a real OctoPrint: a key of our own, and through what people put in front of it.

    test-access.py PROGRAM [TEST…]        (printer-access)
"""

import contextlib
import pathlib
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from front_server import PASSWORD, USER, Front  # noqa: E402
from octoprint_browser import Browser  # noqa: E402
from octoprint_server import ADMIN_KEY, OctoPrintServer  # noqa: E402

PROGRAM = sys.argv.pop(1)
LIMIT_S = 90
LOGIN = ("--user", USER, "--password", PASSWORD)
KEY = ("--key", ADMIN_KEY)


def read(line):
    word, _space, value = line.strip().partition(" ")
    return word, value


def access(*arguments):
    """What the program prints, as a dictionary."""
    done = subprocess.run([PROGRAM, *arguments], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True,
                          text=True, timeout=LIMIT_S)
    return dict(map(read, done.stdout.splitlines()))


class Request:
    """A request for a key that waits for a person."""

    def __init__(self, url, name):
        self.process = subprocess.Popen([PROGRAM, "--url", url, "--request", name], stdin=subprocess.DEVNULL,
                                        stdout=subprocess.PIPE, text=True)
        self.first = read(self.process.stdout.readline())

    @property
    def page(self):
        assert self.first[0] == "page", self.first
        return self.first[1]

    def end(self):
        """What came of it, as a dictionary."""
        output, _errors = self.process.communicate(timeout=LIMIT_S)
        return dict(map(read, output.splitlines()))


class Keys(unittest.TestCase):
    """A key of our own, allowed or not on OctoPrint's own page."""

    VERSION = "1.11.8"
    # Since 1.11.2 it takes three requests a minute.
    IS_LIMITED = True

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(OctoPrintServer(cls.VERSION))

    def test_1_key_is_granted_and_good(self):
        begin = time.monotonic()
        request = Request(self.server.url, "OctoHerald on test")
        self.assertTrue(request.page.startswith(self.server.url + "/plugin/appkeys/auth/"), request.page)
        Browser().decide(self.server.url, request.page, True)
        key = request.end()["key"]
        self.assertGreaterEqual(len(key), 32)
        self.assertNotEqual(key, ADMIN_KEY)
        self.assertLess(time.monotonic() - begin, 30)
        visit = access("--url", self.server.url, "--key", key)
        self.assertEqual((visit.get("user"), visit.get("version")), ("admin", self.VERSION), visit)
        self.assertIn("live", visit)

    def test_2_denied_is_told(self):
        request = Request(self.server.url, "Somebody")
        Browser().decide(self.server.url, request.page, False)
        self.assertTrue(request.end()["error"].startswith("rejected "))

    def test_3_below_a_path_the_page_is_there_too(self):
        with Front("nginx", self.server.port) as front:
            url = front.url("prefix")
            request = Request(url, "OctoHerald on test")
            self.assertTrue(request.page.startswith(url + "/plugin/appkeys/auth/"), request.page)
            Browser().decide(url, request.page, True)
            self.assertIn("live", access("--url", url, "--key", request.end()["key"]))

    def test_4_asked_too_often(self):
        """Without a limit a fourth request waits like any other."""
        request = Request(self.server.url, "Impatient")
        if self.IS_LIMITED:
            word, value = request.first
            self.assertEqual((word, value.split()[0]), ("error", "busy"))
        else:
            self.assertTrue(request.page)
            request.process.terminate()
        request.end()

    def test_5_switched_off(self):
        self.assertEqual(Request(self.server.url + "/nothing-here", "x").first[1].split()[0], "settings")


class OldKeys(Keys):
    VERSION = "1.8.7"
    IS_LIMITED = False


class MiddleKeys(Keys):
    VERSION = "1.10.3"
    IS_LIMITED = False


class NewKeys(Keys):
    VERSION = "2.0.0rc7"


class Fronts(unittest.TestCase):
    """nginx and haproxy before one OctoPrint."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(OctoPrintServer("1.11.8"))
        cls.fronts = [cls.enterClassContext(Front(kind, cls.server.port)) for kind in ("nginx", "haproxy")]

    def each_front(self):
        for front in self.fronts:
            with self.subTest(front=front.kind):
                yield front

    def assert_live(self, visit):
        self.assertEqual((visit.get("user"), visit.get("error"), "live" in visit), ("admin", None, True), visit)

    def assert_error(self, visit, kind, words):
        self.assertEqual(visit.get("error", "").split()[:1], [kind], visit)
        self.assertIn(words, visit["error"])

    def test_below_a_path(self):
        for front in self.each_front():
            self.assert_live(access("--url", front.url("prefix"), *KEY))

    def test_login_of_a_proxy(self):
        for front in self.each_front():
            url = front.url("login")
            self.assert_error(access("--url", url, *KEY), "unauthorized", "wants a user name and password")
            self.assert_error(access("--url", url, *KEY, "--user", USER, "--password", "wrong"),
                              "unauthorized", "does not accept the user name and password")
            self.assert_live(access("--url", url, *KEY, *LOGIN))
            self.assert_error(access("--url", url, "--key", "BADKEYBADKEY", *LOGIN), "unauthorized", "the key")

    def test_certificate_is_shown_pinned_and_watched(self):
        for front in self.each_front():
            url, first = front.url("tls"), front.fingerprint()
            unknown = access("--url", url, *KEY)
            self.assert_error(unknown, "untrusted", first)
            self.assertEqual(unknown["certificate"], first)
            self.assertIn("CN=octopi", unknown["error"])
            self.assert_live(access("--url", url, *KEY, "--certificate", first))

            front.change_key()
            second = front.fingerprint()
            changed = access("--url", url, *KEY, "--certificate", first)
            self.assert_error(changed, "untrusted", "another key than the one you trusted")
            self.assertIn(first, changed["error"])
            self.assertEqual(changed["certificate"], second)
            self.assert_live(access("--url", url, *KEY, "--certificate", second))

    def test_no_websockets(self):
        for front in self.each_front():
            visit = access("--url", front.url("no-upgrade"), *KEY)
            self.assertEqual(visit.get("user"), "admin")
            self.assert_error(visit, "protocol", "live updates")

    def test_search_finds_each_manner(self):
        for front in self.each_front():
            for manner in front.ports:
                url = front.url(manner)
                self.assertEqual(access("--search", url.partition("://")[2] + "/"), {"found": url})

    def test_stopped_server_behind_a_proxy_is_told(self):
        with contextlib.ExitStack() as stack:
            for kind in ("nginx", "haproxy"):
                front = stack.enter_context(Front(kind, 9))
                with self.subTest(front=kind):
                    self.assert_error(access("--url", front.url("prefix"), *KEY), "busy", "starting or stopped")
                    self.assertEqual(access("--search", front.url("prefix")), {"found": front.url("prefix")})


if __name__ == "__main__":
    import tap
    tap.main()
