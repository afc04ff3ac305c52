#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cables that are pulled and put in: what could not be reached is tried at once, and a burst of changes is looked at once."""

import json
import os
import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent), str(HERE.parent / "real")]

import private_network  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from loopback import free_port  # noqa: E402

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
LOST = "herald-octoprint-link"
PROBED = "The network has changed"

# The first pauses between tries are 2, 4, 8 and 16 s, some longer, some shorter. After so many failures the next one is far.
N_FAILURES = 4


def cable(state):
    private_network.run("ip", "link", "set", "eth0", state)


class Network(unittest.TestCase):
    def setUp(self):
        self.pi = self.enterContext(private_network.Neighbour("octopi"))
        self.session = HeraldSession(display=False, notifications=False, service=None)
        self.session.environment["G_MESSAGES_DEBUG"] = "herald-octoprint-link herald-engine-alive"
        self.enterContext(self.session)
        self.ports = [free_port(), free_port()]
        self.start_peers()
        self.session.start_service()

    def start_peers(self):
        """A printer and a mailbox on the other computer"""
        inside = self.pi.inside
        demo = self.session.spawn([*inside, DEMO, "--printers", "1", "--idle", "--json", "--key", KEY, "--port",
                                   str(self.ports[0]), "--mail-port", str(self.ports[1])], stdout=-1, text=True)
        self.addCleanup(demo.stdout.close)
        while "url" not in json.loads(demo.stdout.readline()):
            pass
        self.session.spawn([*inside, sys.executable, str(HERE / "lan_forwarder.py"), self.pi.address, *map(str, self.ports)])

    def add_printer(self):
        self.session.ctl("printer", "add", "--name", "Pi", "--url", f"http://{self.pi.address}:{self.ports[0]}",
                         "--key-file", "-", input=KEY)

    def connection(self):
        return self.session.ctl_json("status")["printers"][0]["connection"]

    def count(self, words):
        return sum(words in line for line in self.session.log().splitlines())

    def add_mail(self):
        self.session.ctl("channel", "add", "email", "--name", "Mail", f"host={self.pi.address}", f"port={self.ports[1]}",
                         "security=plain", "from=a@example.org", "to=b@example.org")

    def add_cable(self):
        """One more, which leads nowhere. Addresses that a computer gives itself come seconds later, and are none of ours."""
        private_network.run("ip", "link", "add", "flap", "type", "veth", "peer", "name", "flap-end")
        self.addCleanup(private_network.run, "ip", "link", "del", "flap")
        for end in ("flap", "flap-end"):
            private_network.run("ip", "link", "set", end, "addrgenmode", "none")
        private_network.run("ip", "link", "set", "flap-end", "up")
        time.sleep(3)

    def test_printer_is_tried_when_the_cable_is_put_in(self):
        """Also in a network without a way to the internet, where the monitor says that there is none."""
        cable("down")
        self.add_printer()
        wait_until(lambda: self.count(LOST) >= N_FAILURES, 60)
        self.assertEqual(self.connection(), "unreachable")
        began = time.monotonic()
        cable("up")
        wait_until(lambda: self.connection() == "connected", 8)
        self.assertLess(time.monotonic() - began, 6)

    def test_mail_goes_when_there_is_a_way_again(self):
        cable("down")
        self.add_mail()
        for number in range(2):
            self.session.ctl("send", "--text", f"Nr. {number}", "--channels", "mail")
        states = lambda: [row["state"] for row in self.session.ctl_json("history")["messages"]]  # noqa: E731
        wait_until(lambda: "deferred" in states())
        time.sleep(3)
        cable("up")
        private_network.run("ip", "route", "add", "default", "via", self.pi.address)
        began = time.monotonic()
        wait_until(lambda: states() == ["delivered"] * 2, 10)
        self.assertLess(time.monotonic() - began, 8)

    def test_burst_is_one_change_or_two_and_who_answers_is_left_alone(self):
        self.add_printer()
        wait_until(lambda: self.connection() == "connected")
        self.add_cable()
        before, lost = self.count(PROBED), self.count(LOST)
        for number in range(12):
            private_network.run("ip", "address", "add", f"10.77.{number}.1/24", "dev", "flap")
            private_network.run("ip", "link", "set", "flap", "up")
            private_network.run("ip", "link", "set", "flap", "down")
            private_network.run("ip", "link", "set", "flap", "up")
        wait_until(lambda: self.count(PROBED) > before)
        time.sleep(2)
        # The kernel itself tells of the last of them up to a second later.
        self.assertIn(self.count(PROBED) - before, (1, 2))
        self.assertEqual(self.count(LOST), lost)

    def test_endless_changes_are_looked_at_now_and_then(self):
        self.add_cable()
        private_network.run("ip", "address", "add", "10.78.0.1/24", "dev", "flap")
        time.sleep(2)
        before = self.count(PROBED)
        deadline = time.monotonic() + 13
        while time.monotonic() < deadline:
            private_network.run("ip", "link", "set", "flap", "up")
            time.sleep(0.2)
            private_network.run("ip", "link", "set", "flap", "down")
            time.sleep(0.2)
        self.assertIn(self.count(PROBED) - before, (2, 3))


if __name__ == "__main__":
    private_network.enter_network()
    import tap
    tap.main()
