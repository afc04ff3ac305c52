#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OctoPrint on another computer is found by a real Avahi and by SSDP, as one (TAP).

The other computer and the network are namespaces, so this wants root; without it, the test fails.
"""

import json
import os
import pathlib
import subprocess
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

import tap  # noqa: E402
from avahi_daemon import AvahiDaemon, provision as provision_avahi  # noqa: E402
from herald_session import CTL, HeraldSession  # noqa: E402
from octoprint_server import OctoPrintServer, provision as provision_octoprint  # noqa: E402
from private_network import Neighbour, enter_network, run  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
PORT = 5000
NAME = "MK3 & <b>"
NAMES = "hosts: files mdns4_minimal [NOTFOUND=return]\n"
NO_NAMES = "hosts: files\n"

# Three seconds of looking, at most two and a half of asking, and two busy cores.
LIMIT_S = 9


class Discovery(unittest.TestCase):
    """One network for all; the tests run in the order of their names, each takes something away."""

    @classmethod
    def setUpClass(cls):
        cls.pi = cls.enterClassContext(Neighbour("octopi"))
        cls.avahi = cls.enterClassContext(AvahiDaemon())
        cls.server = cls.enterClassContext(OctoPrintServer(
            VERSION, port=PORT, name=NAME, disable_discovery=False, address=cls.pi.address,
            inside=cls.pi.inside))
        cls.session = cls.enterClassContext(HeraldSession(keyring=False, display=False, notifications=False,
                                                          service=False))
        cls.session.environment.update(cls.avahi.environment)
        cls.look_up_names(NAMES)
        cls.session.start_service()

    @classmethod
    def look_up_names(cls, how):
        cls.avahi.place(pathlib.Path("/etc/nsswitch.conf"), how)

    def discover(self):
        begin = time.monotonic()
        found = self.session.ctl_json("printer", "discover")["found"]
        elapsed = time.monotonic() - begin
        print(f"# {elapsed:.1f} s: {json.dumps(found)}", flush=True)
        self.assertLess(elapsed, LIMIT_S, self.session.log())
        return found

    def one(self):
        found = self.discover()
        self.assertEqual(len(found), 1, f"{found} {self.avahi.log()[-2000:]}")
        return found[0]

    def uuid(self):
        settings = self.server.expect("GET", "/api/settings")
        return settings["plugins"]["discovery"]["upnpUuid"]

    def test_1_one_server_is_found_once_by_both_ways(self):
        self.assertEqual(self.one(), {
            "name": NAME, "url": f"http://octopi.local:{PORT}", "version": VERSION, "uuid": self.uuid(),
            "user": None, "sources": ["mdns", "ssdp"], "known": None})

    def test_2_people_are_shown_how_to_add_it(self):
        text = self.session.ctl("printer", "discover").stdout
        self.assertIn(NAME, text)
        self.assertIn("printer add", text)
        self.assertNotIn("already set up", text)

    def test_3_one_that_is_watched_is_known_by_any_of_its_addresses(self):
        identifier = self.session.ctl("printer", "add", "--name", "Bench", "--url",
                                      f"http://{self.pi.address}:{PORT}/").stdout.strip()
        self.assertEqual(self.one()["known"], identifier)
        text = self.session.ctl("printer", "discover").stdout
        self.assertIn(f"already set up as {identifier}", text)
        self.assertNotIn("printer add", text)

    def announce(self, *services):
        """Somebody on the other computer announces whatever he likes, until the end of the test."""
        announced = [{"type": "_octoprint._tcp", "address": self.pi.address, **service,
                      "txt": {key: value.encode().hex() for key, value in service["txt"].items()}}
                     for service in services]
        process = subprocess.Popen(
            [*self.pi.inside, f"{provision_octoprint(VERSION)}/bin/python", HERE / "announce.py", self.pi.address],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.communicate, timeout=LIMIT_S)
        process.stdin.write(json.dumps(announced) + "\n")
        process.stdin.flush()
        self.assertEqual(process.stdout.readline(), "ready\n")

    def test_4_what_strangers_announce_harms_nobody(self):
        self.announce(
            # Nobody answers there, so its name, which is another one's, is not shown
            {"name": 'OctoPrint instance "Clone"', "host": "octopi.local", "port": 5001,
             "txt": {"uuid": "CLONE-1", "path": "//evil.example", "version": "9" * 200, "u": "maker", "p": "secret"}},
            # The same server again, by its own word
            {"name": "Impostor", "host": "other.local", "port": 5002, "txt": {"uuid": self.uuid()}},
            # This computer's own services
            {"name": "Inside", "host": "inside.local", "address": "127.0.0.1", "port": 631, "txt": {"uuid": "i"}},
            {"name": "\u202egnihton\u200b", "host": "odd.local", "port": 5003, "txt": {"uuid": "../x", "path": "x"}})
        found = {entry["name"]: entry for entry in self.discover()}
        self.assertEqual(set(found), {NAME, "Clone", "gnihton"})
        self.assertEqual((found[NAME]["url"], found[NAME]["uuid"]),
                         (f"http://octopi.local:{PORT}", self.uuid()))
        self.assertEqual((found["Clone"]["url"], found["Clone"]["user"], found["Clone"]["sources"]),
                         (f"http://{self.pi.address}:5001//evil.example", "maker", ["mdns"]))
        self.assertLess(len(found["Clone"]["version"]), 70)
        self.assertEqual((found["gnihton"]["url"], found["gnihton"]["uuid"]),
                         (f"http://{self.pi.address}:5003", None))
        self.assertNotIn("secret", json.dumps(found) + self.session.log())

    def test_5_the_service_may_end_in_the_middle(self):
        searches = [self.session.spawn([CTL, "printer", "discover"], stderr=subprocess.PIPE, text=True)
                    for _ in range(3)]
        time.sleep(1)
        self.session.stop_service()
        for search in searches:
            self.assertNotEqual(search.communicate(timeout=LIMIT_S)[1], "")
            self.assertIn(search.returncode, (1, 3))
        self.session.start_service()

    def test_6_where_nobody_knows_names_an_address_is_shown(self):
        self.session.stop_service()
        self.look_up_names(NO_NAMES)
        self.session.start_service()
        found = self.one()
        self.assertEqual((found["url"], found["sources"]),
                         (f"http://{self.pi.address}:{PORT}", ["mdns", "ssdp"]))

    def test_7_without_avahi_it_is_found_by_ssdp(self):
        self.avahi.stop_daemon()
        found = self.one()
        self.assertEqual((found["name"], found["uuid"], found["version"], found["sources"]),
                         (NAME, self.uuid(), None, ["ssdp"]))

    def test_8_nothing_is_found_and_nobody_is_left_alone(self):
        self.server.stop()
        self.assertEqual(self.discover(), [])
        self.assertIn("printer add", self.session.ctl("printer", "discover").stdout)

    def test_9_without_a_network_it_says_so(self):
        run("ip", "link", "set", "eth0", "down")
        self.assertIn("no network", self.session.ctl("printer", "discover", expect=1).stderr)


if __name__ == "__main__":
    # While the network is the real one
    provision_octoprint(VERSION)
    provision_avahi()
    enter_network()
    tap.main()
