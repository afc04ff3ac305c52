#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A domain that takes no mail is told of before somebody waits for messages in vain (TAP).

The names are those of a real name server in a network of this test's own, so this wants root; without it, the test fails.
"""

import pathlib
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL, HeraldSession  # noqa: E402
from mail_scene import main  # noqa: E402
from private_internet import ADDRESS, PrivateInternet  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

NAMES = [
    "mx-host=mail.example,mx.mail.example,10",
    f"host-record=own.example,{ADDRESS}",
    "mx-host=null.example,.,0",
    "mx-host=xn--bcher-kva.example,mx.mail.example,10",
    "mx-host=msg.fi.google.com,mx.mail.example,10",
    # A record of type 2 (NS) that names the root
    "dns-rr=com,2,00",
]


class Recipients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.internet = cls.enterClassContext(PrivateInternet({"www.mail.example": None}))
        cls.internet.names.write(*NAMES)
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        cls.server = cls.enterClassContext(NodeSmtp("plain"))

    def add(self, *settings):
        done = self.session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", "security=plain",
                                f"port={self.server.port}", "from=herald@mail.example", *settings)
        self.addCleanup(self.session.run, [CTL, "channel", "remove", done.stdout.strip()])
        return done.stdout.strip(), done.stderr

    def test_f105_mistyped_domain_is_doubted_although_the_server_took_it(self):
        channel, _warning = self.add("to=a@mail.example,b@own.example,c@mial.example,d@null.example,e@bücher.example")
        report = self.session.ctl_json("channel", "test", channel)
        doubts = {entry["destination"]: entry["doubt"] for entry in report["recipients"]}
        self.assertEqual({entry["state"] for entry in report["recipients"]}, {"delivered"})
        self.assertIn("mial.example", doubts["c@mial.example"])
        self.assertIn("typing mistakes", doubts["c@mial.example"])
        self.assertIn("takes no mail", doubts["d@null.example"])
        for address in ("a@mail.example", "b@own.example", "e@bücher.example"):
            self.assertEqual(doubts[address], "")
        self.assertIn("typing mistakes", self.session.ctl("channel", "test", channel).stdout)

    def test_gateway_without_a_mail_server_is_warned_of_when_it_is_set(self):
        channel, warning = self.add("sms=true", "phone=555 123 4567", "gateway=google-fi")
        self.assertEqual(warning, "")
        changed = self.session.ctl("channel", "set", channel, "gateway=gone.example")
        self.assertIn("nobody takes mail for “gone.example”", changed.stderr)

    def test_network_without_the_world_says_nothing(self):
        channel, _warning = self.add("to=a@mial.example")
        self.internet.names.write("mx-host=mail.example,mx.mail.example,10")
        try:
            report = self.session.ctl_json("channel", "test", channel)
            self.assertEqual((report["state"], report["recipients"][0]["doubt"]), ("delivered", ""))
        finally:
            self.internet.names.write(*NAMES)

    def test_name_server_that_is_silent_says_nothing(self):
        channel, _warning = self.add("to=a@mail.example")
        self.internet.names.stop()
        try:
            begin = time.monotonic()
            report = self.session.ctl_json("channel", "test", channel)
            print(f"# without a name server: {time.monotonic() - begin:.1f} s", flush=True)
            self.assertLess(time.monotonic() - begin, 15)
            self.assertEqual((report["state"], report["recipients"][0]["doubt"]), ("delivered", ""))
        finally:
            self.internet.names.write(*NAMES)


if __name__ == "__main__":
    main()
