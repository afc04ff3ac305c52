#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every command of docs/headless.md, typed over ssh on a Debian that has what the page installs and nothing else."""

import json
import os
import pathlib
import re
import subprocess
import sys
import unittest
import urllib.request

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "service"))

from booted_tree import BootedTree, provision
from herald_session import SERVICE, wait_until
from private_network import OWN_ADDRESS, enter_network, run
from smtp_server import NodeSmtp

DEMO = os.environ["OCTOHERALD_DEMO"]
BUILD = pathlib.Path(SERVICE).parents[2]
PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/headless.md"
BLOCK = re.compile(r"^<!-- try: (\w+) -->\n```sh\n(.*?)^```$", re.DOTALL | re.MULTILINE)
KEY = "HEADLESSKEYHEADLESSKEYHEADLESS01"
PASSWORD = "s3cret pässword"
# Those of other tests: they install and build.
ELSEWHERE = {"packages", "build"}
DESKTOP = re.compile(r"gtk|qt5|xserver|wayland|gnome-(shell|session|keyring)|libsecret-tools|notification|dunst|kwallet")


class Headless(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.blocks = dict(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
        cls.tried = {}
        cls.mail = cls.enterClassContext(NodeSmtp("starttls", {"me@example.org": PASSWORD}, port=587,
                                                  names="DNS:mail.example.org"))
        cls.start_printer()
        cls.debian = provision()
        cls.computer = cls.enterClassContext(BootedTree(cls.debian / "tree"))
        cls.install()
        cls.computer.boot()
        for name, typed in (("start", ""), ("add", ""), ("key", KEY), ("password", PASSWORD), ("check", "")):
            cls.type_block(name, typed)

    @classmethod
    def start_printer(cls):
        demo = subprocess.Popen([DEMO, "--json", "--idle", "--bare", "--printers", "1", "--port", "80", "--key", KEY],
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        cls.addClassCleanup(demo.wait, 20)
        cls.addClassCleanup(demo.terminate)
        cls.addClassCleanup(demo.stdout.close)
        demo.stdout.readline()

    @classmethod
    def install(cls):
        authorities = "etc/ssl/certs/ca-certificates.crt"
        cls.computer.place("/etc/hosts", "127.0.0.1 localhost octopi.local mail.example.org\n")
        cls.computer.place(authorities, (cls.debian / "tree" / authorities).read_text() + cls.mail.authority.read_text())
        subprocess.run(["meson", "install", "-C", BUILD, "--no-rebuild", "--destdir", cls.computer.inside("/")], check=True,
                       stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120)

    @classmethod
    def type_block(cls, name, typed="", **more):
        cls.tried[name] = cls.computer.ssh(cls.blocks[name], input=typed + "\n", **more).stdout
        return cls.tried[name]

    def ctl(self, command):
        return json.loads(self.computer.ssh(f"octoheraldctl {command} --json").stdout)

    def unit(self, *names):
        """Properties of the service, as systemd tells them."""
        told = self.computer.ssh("systemctl --user show octoherald " + " ".join(f"--property={name}" for name in names))
        return dict(line.split("=", 1) for line in told.stdout.splitlines())

    def print_something(self):
        """A whole print; answers when the mail about its end has come."""
        wait_until(lambda: self.ctl("status")["printers"][0]["state"] == "operational")
        before = len(self.mail.mails())
        body = json.dumps({"file": "benchy.gcode", "seconds": 3, "outcome": "done"}).encode()
        request = urllib.request.Request("http://127.0.0.1/demo/print", body, {"Content-Type": "application/json"},
                                         method="POST")
        urllib.request.urlopen(request, timeout=20).close()
        wait_until(lambda: any("finished" in mail["subject"] for mail in self.mail.mails()[before:]), 120)

    def restart_computer(self):
        self.computer.shut_down()
        self.computer.boot()

    def test_page_was_tried_as_far_as_mail(self):
        self.assertEqual(self.tried["add"].split(), ["mk3", "mail"])
        self.assertIn("OctoPrint", self.tried["check"])
        self.assertIn("accepted", self.tried["check"])

    def test_every_command_of_the_page_has_a_test(self):
        source = pathlib.Path(__file__).read_text(encoding="utf-8")
        for name in self.blocks.keys() - ELSEWHERE:
            self.assertIn(f'"{name}"', source)
        self.assertEqual(PAGE.read_text(encoding="utf-8").count("```sh"), len(self.blocks))

    def test_nothing_of_a_desktop_is_there(self):
        packages = self.computer.root("dpkg-query --show --showformat='${Package}\\n'").stdout.split()
        self.assertEqual([name for name in packages if DESKTOP.search(name) and name != "libnotify4"], [])
        self.assertEqual([entry["id"] for entry in self.ctl("channel list")["channels"]], ["mail"])

    def test_print_is_mailed(self):
        self.print_something()
        self.assertTrue(all(login["right"] and login["secure"] for login in self.mail.records("login")))
        self.assertEqual(self.ctl("status")["outbox"], {"waiting": 0, "held": 0})

    def test_crashed_service_comes_back(self):
        before = self.unit("MainPID", "NRestarts")
        self.computer.ssh(f"kill -SEGV {before['MainPID']}")
        wait_until(lambda: self.unit("NRestarts")["NRestarts"] == str(int(before["NRestarts"]) + 1) and
                   self.unit("ActiveState")["ActiveState"] == "active", 60)
        self.print_something()

    def test_stop_is_clean(self):
        self.computer.ssh("systemctl --user stop octoherald")
        self.assertEqual(self.unit("Result", "ExecMainStatus", "ActiveState"),
                         {"Result": "success", "ExecMainStatus": "0", "ActiveState": "inactive"})
        self.computer.ssh("systemctl --user start octoherald")

    def test_command_starts_the_service_with_its_secrets(self):
        self.computer.ssh("systemctl --user stop octoherald")
        wait_until(lambda: self.ctl("status")["printers"][0]["connection"] == "connected")
        self.assertEqual(self.unit("ActiveState")["ActiveState"], "active")

    def test_service_is_there_after_a_restart_of_the_computer(self):
        self.restart_computer()
        wait_until(lambda: "octoherald-service" in self.computer.root("ps -u pi -o args", check=False).stdout)
        self.print_something()

    def test_state_and_log_can_be_looked_at(self):
        told = self.type_block("look")
        for word in ("MK3", "print-done", "Active: active", "herald-"):
            self.assertIn(word, told)

    def test_update_keeps_everything(self):
        before = self.ctl("history --limit 500")
        self.type_block("update")
        self.assertEqual(self.ctl("history --limit 500"), before)

    def test_settings_are_written_by_hand(self):
        self.assertIn("Garage", self.type_block("edit"))
        self.computer.ssh("octoheraldctl printer remove garage")

    def test_file_that_cannot_be_read_is_made_ours(self):
        secret = "/home/pi/.config/octoherald/secrets/other.key"
        self.addCleanup(self.computer.root, f"rm {secret}")
        self.computer.root(f"install -m 600 /dev/null {secret}")
        self.computer.ssh("systemctl --user restart octoherald", check=False)
        wait_until(lambda: self.unit("ExecMainStatus")["ExecMainStatus"] == "243")
        self.type_block("mine")
        self.assertEqual(self.unit("ActiveState")["ActiveState"], "active")

    def test_service_runs_without_a_bus(self):
        self.addCleanup(self.computer.ssh, "systemctl --user start octoherald")
        done = self.computer.ssh(self.blocks["bare"] + "\n", check=True)
        self.assertIn("no session bus", done.stdout + done.stderr)

    def test_secrets_are_encrypted(self):
        self.type_block("encrypt", PASSWORD)
        self.type_block("encrypted")
        self.restart_computer()
        self.assertEqual(self.computer.ssh("ls ~/.config/octoherald/secrets").stdout.split(), ["mk3.key"])
        self.assertIn("accepted", self.computer.ssh("octoheraldctl channel test mail").stdout)
        stored = self.computer.root("cat /etc/octoherald/mail.password").stdout
        self.assertNotIn(PASSWORD, stored)

    def test_secrets_are_told_nobody(self):
        told = self.computer.root("journalctl --no-pager; cat /home/pi/.local/share/octoherald/* /home/pi/.config/octoherald/*.conf",
                                  check=False).stdout
        told += self.computer.ssh("systemctl --user show octoherald; cat /proc/$(systemctl --user show --property=MainPID "
                                  "--value octoherald)/{environ,cmdline}").stdout
        for secret in (KEY, PASSWORD):
            self.assertNotIn(secret, told)

    def test_unit_is_sound(self):
        done = self.computer.ssh("systemd-analyze --user verify /usr/local/lib/systemd/user/octoherald.service")
        self.assertEqual(done.stdout + done.stderr, "")


if __name__ == "__main__":
    enter_network()
    # Names are looked up only where there is a network.
    run("ip", "address", "add", OWN_ADDRESS, "dev", "lo")
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
    import tap

    tap.main()
