#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail server of an address is found in each way there is, and in an internet full of faults (TAP).

The internet is this test's own (real name server, real HTTPS, real mail server), in namespaces, so this wants root;
without it, the test fails.
"""

import json
import pathlib
import socket
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL  # noqa: E402
from mail_scene import DIRECTORY, NAMES, MailScene, main  # noqa: E402

# Of the search, and two busy cores
LIMIT_S = 12


class MailSetup(MailScene):
    def find(self, address, expect=0):
        """What is found, as JSON or as the sentence of a failure."""
        begin = time.monotonic()
        done = self.session.ctl("channel", "find", address, "--json", expect=expect)
        self.seconds = time.monotonic() - begin
        print(f"# {address!r}: {self.seconds:.1f} s", flush=True)
        self.assertLess(self.seconds, LIMIT_S)
        return json.loads(done.stdout) if expect == 0 else done.stderr

    def assert_found(self, address, host, port, security, user, source, proven=True):
        setup = self.find(address)
        self.assertEqual(setup["proven"], proven)
        self.assertEqual([setup[key] for key in ("host", "port", "security", "user")], [host, port, security, user])
        self.assertIn(source, setup["source"])
        return setup

    def assert_nobody_knows(self, address):
        self.assertIn("outgoing server (SMTP)", self.find(address, expect=1))

    # Each way

    def test_the_domain_says_it(self):
        setup = self.assert_found("ada@made.example", "smtp.made.example", 465, "tls", "ada@made.example",
                                  "said by made.example itself")
        self.assertEqual((setup["name"], setup["password"]), ("Made Mail", "usual"))

    def test_the_domain_says_it_at_a_well_known_place(self):
        self.assert_found("ada@known.example", "smtp.known.example", 587, "starttls", "ada@known.example",
                          "said by known.example itself")

    def test_the_directory_says_it(self):
        self.assert_found("ada@listed.example", "smtp.listed.example", 465, "tls", "ada", "Thunderbird")

    def test_a_big_provider_is_known_by_who_takes_the_mail(self):
        setup = self.assert_found("ada@workshop.example", "smtp.gmail.com", 465, "tls", "ada@workshop.example",
                                  "google.com receives the mail")
        self.assertEqual((setup["provider"], setup["password"]), ("gmail", "app"))
        self.assert_found("ada@office.example", "smtp.office365.com", 587, "starttls", "ada@office.example",
                          "outlook.com receives the mail")

    def test_a_hoster_says_it_for_its_customers(self):
        self.assert_found("ada@hosted.example", "smtp.mailhost.example", 465, "tls", "ada@hosted.example",
                          "said by mailhost.example, which receives", proven=False)

    def test_the_name_server_says_it(self):
        self.assert_found("ada@srv.example", "mail.srv.example", 465, "tls", "ada@srv.example", "name server")
        self.assert_found("ada@moving.example", "mail.srv.example", 465, "tls", "ada@moving.example", "name server",
                          proven=False)
        self.assert_found("ada@old.example", "mail.old.example", 588, "starttls", "ada@old.example", "name server")

    def test_a_domain_of_any_script(self):
        self.assert_found("ada@bücher.example", "smtp.xn--bcher-kva.example", 465, "tls",
                          "ada@xn--bcher-kva.example", "itself")

    def test_a_detour_by_https_is_taken(self):
        self.assert_found("ada@moved.example", "smtp.moved.example", 465, "tls", "ada@moved.example", "itself")

    def test_the_address_is_told_to_nobody_but_its_domain(self):
        self.internet.requests.clear()
        self.find("secret.person@hosted.example")
        self.find("secret.person@listed.example")
        self.find("secret.person@known.example")
        told = {name for name, path in self.internet.requests if "secret" in path or "person" in path}
        self.assertEqual(told, {"known.example"}, self.internet.requests)
        self.assertIn((DIRECTORY, "/v1.1/hosted.example"), self.internet.requests)

    def test_what_is_known_asks_nobody(self):
        self.internet.requests.clear()
        log = self.internet.names.log()
        self.assertEqual(self.find("ada@gmail.com")["host"], "smtp.gmail.com")
        self.assertEqual((self.internet.requests, self.internet.names.log()), ([], log))

    # Each fault

    def test_nobody_knows(self):
        self.assert_nobody_knows("ada@nobody.example")
        self.assert_nobody_knows("ada@none.example")

    def test_a_detour_without_encryption_is_not_taken(self):
        self.assert_nobody_knows("ada@downgraded.example")
        self.assertEqual(self.internet.plain_requests, [])

    def test_a_detour_without_end_is_left(self):
        self.internet.requests.clear()
        self.assert_nobody_knows("ada@circle.example")
        mine = [path for name, path in self.internet.requests if name == "autoconfig.circle.example"]
        self.assertEqual(len(mine), 4)

    def test_who_cannot_prove_his_name_is_not_believed(self):
        self.internet.requests.clear()
        self.assert_nobody_knows("ada@forged.example")
        self.assertNotIn("autoconfig.forged.example", [name for name, _path in self.internet.requests])

    def test_nonsense_is_not_believed(self):
        for name in ("spaces", "zero", "high", "plain", "html", "large"):
            with self.subTest(name):
                self.assert_nobody_knows(f"ada@{name}.example")

    def test_nobody_is_sent_to_this_computer_itself(self):
        self.internet.requests.clear()
        self.assert_nobody_knows("ada@inside.example")
        self.assertNotIn("autoconfig.inside.example", [name for name, _path in self.internet.requests])

    def test_who_says_nothing_is_waited_for_a_short_time(self):
        self.assert_found("ada@silent.example", "mail.silent.example", 465, "tls", "ada@silent.example", "name server")
        self.assertGreater(self.seconds, 4)
        self.assert_nobody_knows("ada@drip.example")

    def test_what_is_no_address_is_refused(self):
        for address in ("ada", "ada@", "@made.example", "ada@made example", "ada@[127.0.0.1]", "a\nb@made.example"):
            with self.subTest(address):
                self.assertLess(len(self.find(address, expect=1)), 400)
                self.assertLess(self.seconds, 2)

    def test_y_without_a_network_it_says_so(self):
        """Last but one: it takes the name server away, and the service's memory of names."""
        self.session.stop_service()
        self.internet.names.stop()
        self.session.start_service()
        self.assertIn("connection to the internet", self.find("ada@made.example", expect=1))
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
            silent.bind(("127.0.0.1", 53))
            self.assertIn("connection to the internet", self.find("ada@made.example", expect=1))
            self.assertGreater(self.seconds, 4)
        self.internet.names.write(*NAMES)
        self.assertEqual(self.find("ada@made.example")["host"], "smtp.made.example")

    def test_z_the_service_may_end_in_the_middle(self):
        search = self.session.spawn([CTL, "channel", "find", "ada@silent.example"], stderr=subprocess.PIPE, text=True)
        time.sleep(1)
        self.session.stop_service()
        self.assertNotEqual(search.communicate(timeout=LIMIT_S)[1], "")
        self.assertIn(search.returncode, (1, 3))
        self.session.start_service()


if __name__ == "__main__":
    main()
