#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The mail server of an address is found in each way there is, and in an internet full of faults (TAP).

The internet is this test's own (real name server, real HTTPS, real mail server), in namespaces, so this wants root;
without it, the test fails.
"""

import json
import os
import pathlib
import pty
import socket
import subprocess
import sys
import threading
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

import tap  # noqa: E402
from herald_session import CTL, HeraldSession  # noqa: E402
from private_internet import ADDRESS, PrivateInternet, provision as provision_names  # noqa: E402
from private_network import enter_network  # noqa: E402
from smtp_server import NodeSmtp, provision as provision_smtp  # noqa: E402

# Of the search, and two busy cores
LIMIT_S = 12
APP_PASSWORD = "abcdefghijklmnop"
DIRECTORY = "autoconfig.thunderbird.net"


def description(host, port=465, socket_type="SSL", user="%EMAILADDRESS%"):
    return f"""<?xml version="1.0"?>
<clientConfig version="1.1"><emailProvider id="x"><domain>x</domain><displayName>Made Mail</displayName>
<incomingServer type="imap"><hostname>imap.x</hostname><port>993</port><socketType>SSL</socketType></incomingServer>
<outgoingServer type="smtp"><hostname>{host}</hostname><port>{port}</port><socketType>{socket_type}</socketType>
<username>{user}</username><authentication>password-cleartext</authentication></outgoingServer>
</emailProvider></clientConfig>""".encode()


def says(*arguments, **more):
    return lambda handler, _path: handler.reply(description(*arguments, **more))


def goes_to(url):
    return lambda handler, _path: handler.redirect(url)


def is_silent(_handler, _path):
    time.sleep(60)


def drips(handler, _path):
    handler.send_response(200)
    handler.end_headers()
    for byte in description("smtp.drip.example"):
        handler.wfile.write(bytes([byte]))
        time.sleep(1)


def is_large(handler, _path):
    handler.reply(description("smtp.large.example") + b"<!-- " + b"x" * 10_000_000 + b" -->")


def well_known(handler, path):
    if path.startswith("/.well-known/autoconfig/mail/config-v1.1.xml"):
        handler.reply(description("smtp.known.example", 587, "STARTTLS"))
    else:
        handler.send_error(404)


def directory(handler, path):
    if path == "/v1.1/listed.example":
        handler.reply(description("smtp.listed.example", user="%EMAILLOCALPART%"))
    else:
        handler.send_error(404)


ANSWERS = {
    "autoconfig.made.example": says("smtp.made.example"),
    "known.example": well_known,
    DIRECTORY: directory,
    "autoconfig.mailhost.example": says("smtp.mailhost.example"),
    "autoconfig.moved.example": goes_to("https://www.moved.example/mail.xml"),
    "www.moved.example": says("smtp.moved.example"),
    "autoconfig.downgraded.example": goes_to("http://www.moved.example/mail.xml"),
    "autoconfig.circle.example": goes_to("https://autoconfig.circle.example/again"),
    "autoconfig.xn--bcher-kva.example": says("smtp.bücher.example"),
    "autoconfig.forged.example": says("smtp.forged.example"),
    "autoconfig.silent.example": is_silent,
    "autoconfig.drip.example": drips,
    "autoconfig.large.example": is_large,
    "autoconfig.spaces.example": says("smtp spaces.example"),
    "autoconfig.zero.example": says("smtp.zero.example", 0),
    "autoconfig.high.example": says("smtp.high.example", 70000),
    "autoconfig.plain.example": says("smtp.plain.example", 25, "plain"),
    "autoconfig.html.example": lambda handler, _path: handler.reply(b"<html><p>Welcome</html>", "text/html"),
    "autoconfig.inside.example": says("smtp.inside.example"),
}

NAMES = [
    *[f"host-record={name},{ADDRESS}" for name in ANSWERS if "inside" not in name],
    "host-record=autoconfig.inside.example,127.0.0.1",
    "mx-host=workshop.example,aspmx.l.google.com,1",
    "mx-host=office.example,office-example.mail.protection.outlook.com,1",
    "mx-host=hosted.example,mx2.nowhere.example,20",
    "mx-host=hosted.example,mx1.mailhost.example,10",
    "srv-host=_submissions._tcp.srv.example,mail.srv.example,465,0",
    "srv-host=_submission._tcp.srv.example,mail.srv.example,587,0",
    "srv-host=_submission._tcp.old.example,mail.old.example,588,0",
    "srv-host=_submissions._tcp.made.example,wrong.made.example,465,0",
    "srv-host=_submissions._tcp.silent.example,mail.silent.example,465,0",
    "srv-host=_submissions._tcp.none.example",
    "host-record=smtp.made.example,127.0.0.1",
    "host-record=smtp.gmail.com,127.0.0.1",
]


class MailSetup(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.internet = cls.enterClassContext(PrivateInternet(ANSWERS, untrusted={"autoconfig.forged.example"}))
        cls.internet.names.write(*NAMES)
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))

    def find(self, address, expect=0):
        """What is found, as JSON or as the sentence of a failure."""
        begin = time.monotonic()
        done = self.session.ctl("channel", "find", address, "--json", expect=expect)
        self.seconds = time.monotonic() - begin
        print(f"# {address!r}: {self.seconds:.1f} s", flush=True)
        self.assertLess(self.seconds, LIMIT_S)
        return json.loads(done.stdout) if expect == 0 else done.stderr

    def assert_found(self, address, host, port, security, user, source):
        setup = self.find(address)
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
                          "said by mailhost.example, which receives")

    def test_the_name_server_says_it(self):
        self.assert_found("ada@srv.example", "mail.srv.example", 465, "tls", "ada@srv.example", "name server")
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

    # To the mailbox

    def server(self, host, users):
        """The mail server @host, on its usual port."""
        server = NodeSmtp("tls", users=users, port=465)
        self.internet.certify(server.folder, "good.pem", host)
        return self.enterContext(server)

    def add(self, address, password, *settings):
        done = self.session.ctl("channel", "add", "email", "--name", self.id().rpartition("_")[2], f"from={address}",
                                *settings, "--secret", "password=-", input=password)
        self.addCleanup(self.session.ctl, "channel", "remove", done.stdout.strip())
        return done.stdout.strip(), done.stderr

    def test_an_address_and_a_password_are_enough(self):
        server = self.server("smtp.made.example", {"ada@made.example": "correct horse 1"})
        channel, shown = self.add("ada@made.example", "correct horse 1\n")
        self.assertIn("smtp.made.example:465", shown)
        self.session.ctl("channel", "test", channel)
        mail = server.mails()[0]
        self.assertEqual((mail["sender"], mail["recipients"], mail["user"], bool(mail["secure"])),
                         ("ada@made.example", ["ada@made.example"], "ada@made.example", True))

    def test_an_app_password_may_be_pasted_as_it_is_shown(self):
        server = self.server("smtp.gmail.com", {"ada@gmail.com": APP_PASSWORD})
        channel, shown = self.add("ada@gmail.com", "abcd efgh\u00a0ijkl mnop \r\n")
        self.assertIn("https://myaccount.google.com/apppasswords", shown)
        self.session.ctl("channel", "test", channel)
        self.assertEqual(len(server.mails()), 1)
        self.assertNotIn(APP_PASSWORD, self.session.log())

    def test_a_refused_password_is_told_what_is_wanted(self):
        server = self.server("smtp.gmail.com", {"ada@gmail.com": APP_PASSWORD})
        channel, _shown = self.add("ada@gmail.com", "my usual password")
        self.session.ctl("channel", "test", channel, expect=1)
        problem = next(entry["error"] for entry in self.session.ctl_json("channel", "list")["channels"]
                       if entry["id"] == channel)
        self.assertIn("https://myaccount.google.com/apppasswords", problem)
        self.assertEqual(len(server.records("login")), 1)

    def test_who_takes_no_password_is_not_added(self):
        before = self.session.ctl_json("channel", "list")
        for more in (["to=a@made.example"], ["--secret", "password=-"]):
            refused = self.session.ctl("channel", "add", "email", "--name", "M", "from=ada@hotmail.com", *more,
                                       input="x", expect=1)
            self.assertIn("GNOME Online Accounts", refused.stderr)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)

    def test_what_was_typed_stays(self):
        channel, _shown = self.add("ada@gmail.com", "x", "user=other", "to=bob@made.example", "port=587",
                                   "security=starttls")
        shown = next(entry for entry in self.session.ctl_json("channel", "list")["channels"] if entry["id"] == channel)
        self.assertEqual([shown[key] for key in ("user", "to", "port", "security")],
                         ["other", "bob@made.example", "587", "starttls"])

    def at_a_terminal(self, *answers):
        """Adds a channel with somebody at the keyboard; its exit status and what was on the screen."""
        ours, theirs = pty.openpty()
        process = subprocess.Popen([CTL, "channel", "add", "email", "--name", "Typed", "from=ada@made.example",
                                    "--secret", "password=-"], env=self.session.environment, stdin=theirs,
                                   stdout=theirs, stderr=theirs, start_new_session=True)
        os.close(theirs)
        screen = bytearray()

        def read():
            try:
                while chunk := os.read(ours, 4096):
                    screen.extend(chunk)
            except OSError:
                pass
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        for question, answer in answers:
            deadline = time.monotonic() + LIMIT_S
            while question.encode() not in screen and time.monotonic() < deadline:
                time.sleep(0.05)
            # The echo is switched off after the question
            time.sleep(0.2)
            os.write(ours, answer.encode())
        status = process.wait(LIMIT_S)
        reader.join(5)
        os.close(ours)
        return status, screen.decode(errors="replace")

    def test_at_a_terminal_a_no_adds_nothing(self):
        before = self.session.ctl_json("channel", "list")
        status, screen = self.at_a_terminal(("[Y/n]", "n\n"))
        self.assertEqual(status, 1, screen)
        self.assertIn("smtp.made.example:465", screen)
        self.assertIn("Nothing was added", screen)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)

    def test_at_a_terminal_enter_is_a_yes(self):
        status, screen = self.at_a_terminal(("[Y/n]", "\n"), ("Paste the password", "hidden-words-5\n"))
        self.assertEqual(status, 0, screen)
        self.assertNotIn("hidden-words-5", screen)
        self.session.ctl("channel", "remove", "typed")


if __name__ == "__main__":
    # While the network is the real one
    provision_names()
    provision_smtp()
    enter_network()
    tap.main()
