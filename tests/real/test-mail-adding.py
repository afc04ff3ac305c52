#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A mail channel is added by an address and a password alone, and delivers (TAP).

The internet is this test's own (real name server, real HTTPS, real mail server), in namespaces, so this wants root;
without it, the test fails.
"""

import os
import pathlib
import pty
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL  # noqa: E402
from mail_scene import MailScene, main  # noqa: E402
from online_accounts import FakeAccounts, microsoft  # noqa: E402
from smtp_server import NodeSmtp  # noqa: E402

# Of one step, and two busy cores
LIMIT_S = 12
APP_PASSWORD = "abcdefghijklmnop"


class MailAdding(MailScene):
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

    def test_g3_an_app_password_may_be_pasted_as_it_is_shown(self):
        server = self.server("smtp.gmail.com", {"ada@gmail.com": APP_PASSWORD})
        channel, shown = self.add("ada@gmail.com", "abcd efgh\u00a0ijkl mnop \r\n")
        self.assertIn("https://myaccount.google.com/apppasswords", shown)
        self.session.ctl("channel", "test", channel)
        self.assertEqual(len(server.mails()), 1)
        self.assertNotIn(APP_PASSWORD, self.session.log())

    def test_g3_a_refused_password_is_told_what_is_wanted(self):
        server = self.server("smtp.gmail.com", {"ada@gmail.com": APP_PASSWORD})
        channel, _shown = self.add("ada@gmail.com", "my usual password")
        self.session.ctl("channel", "test", channel, expect=1)
        problem = next(entry["error"] for entry in self.session.ctl_json("channel", "list")["channels"]
                       if entry["id"] == channel)
        self.assertIn("https://myaccount.google.com/apppasswords", problem)
        self.assertEqual(len(server.records("login")), 1)

    def test_g3_who_takes_no_password_is_not_added(self):
        before = self.session.ctl_json("channel", "list")
        for more in (["to=a@made.example"], ["--secret", "password=-"]):
            refused = self.session.ctl("channel", "add", "email", "--name", "M", "from=ada@hotmail.com", *more,
                                       input="x", expect=1)
            self.assertIn("GNOME Online Accounts", refused.stderr)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)

    def test_who_takes_no_password_is_added_by_the_account_of_the_desktop(self):
        accounts = FakeAccounts(self.session, {"account_1": microsoft("ada@hotmail.com"),
                                               "account_2": microsoft("bob@hotmail.com")})
        self.addCleanup(accounts.process.terminate)
        self.assertIn("account=ada@hotmail.com", self.session.ctl("channel", "find", "ada@hotmail.com").stdout)
        self.assertNotIn("account=", self.session.ctl("channel", "find", "eve@hotmail.com").stdout)
        done = self.session.ctl("channel", "add", "email", "--name", "Desktop", "from=ada@hotmail.com")
        self.addCleanup(self.session.ctl, "channel", "remove", done.stdout.strip())
        self.assertIn("account of your desktop", done.stderr)
        channel = next(entry for entry in self.session.ctl_json("channel", "list")["channels"]
                       if entry["id"] == done.stdout.strip())
        self.assertEqual((channel["account"], channel["to"], channel.get("host")),
                         ("ada@hotmail.com", "ada@hotmail.com", None))
        self.assertIn("GNOME Online Accounts", self.session.ctl("channel", "add", "email", "--name", "M",
                                                                "from=cy@hotmail.com", expect=1).stderr)

    def test_a_password_that_is_missing_is_told(self):
        done = self.session.ctl("channel", "add", "email", "--name", "Bare", "from=ada@gmail.com")
        self.addCleanup(self.session.ctl, "channel", "remove", done.stdout.strip())
        self.assertIn(f"channel set {done.stdout.strip()} --secret password=-", done.stderr)

    def test_who_says_nothing_is_told_what_to_say(self):
        for settings, words in (([], ("from=", "account=", "host=")), (["from=ada@gmail.com", "to="], ("recipient",))):
            refused = self.session.ctl("channel", "add", "email", "--name", "M", *settings, expect=1)
            for word in words:
                self.assertIn(word, refused.stderr)

    def test_what_could_be_forged_is_not_used_unasked(self):
        before = self.session.ctl_json("channel", "list")
        for address in ("ada@hosted.example", "ada@moving.example"):
            refused = self.session.ctl("channel", "add", "email", "--name", "M", f"from={address}", expect=1)
            self.assertIn("forged", refused.stderr)
        self.assertEqual(self.session.ctl_json("channel", "list"), before)

    def test_recipients_are_oneself_unless_somebody_is_named(self):
        for settings, wanted in ((["host=mail.made.example"], "ada@made.example"),
                                 (["host=mail.made.example", "to=bob@made.example"], "bob@made.example")):
            channel, _shown = self.add("ada@made.example", "x", *settings)
            self.assertEqual(self.session.ctl_json("channel", "show", channel)["to"], wanted)

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

    def test_starttls_where_all_is_encrypted_is_told_soon(self):
        self.server("smtp.made.example", {})
        channel, _shown = self.add("ada@made.example", "correct horse 1", "host=smtp.made.example", "port=465",
                                   "security=starttls")
        began = time.monotonic()
        told = self.session.ctl("channel", "test", channel, expect=1).stdout
        self.assertLess(time.monotonic() - began, 30)
        self.assertIn("“tls”", told)

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
    main()
