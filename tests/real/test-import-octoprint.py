#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OctoPrint tells the running service what its plugins keep: everything to the administrator's key, and to a guest's
what a guest may see."""

import json
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "service"), str(HERE.parent)]

# pylint: disable=wrong-import-position
import settings_plugins  # noqa: E402
import tap  # noqa: E402
from herald_session import HeraldSession, wait_until  # noqa: E402
from octoprint_server import OctoPrintServer  # noqa: E402

VERSION = "1.11.8"


def add_printer(session, server, key):
    session.ctl("printer", "add", "--url", server.url, "--name", "", "--key-file", "-", input=key)
    printer = session.ctl_json("printer", "list")["printers"][0]["id"]
    wait_until(lambda: session.ctl_json("printer", "list")["printers"][0]["connection"] == "connected")
    return printer


class FromOctoPrint(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = OctoPrintServer(VERSION)
        cls.addClassCleanup(cls.server.close)
        settings_plugins.install(cls.server)
        cls.server.start(wait_for=None)
        settings_plugins.save(cls.server)

    def session(self):
        return HeraldSession(display=False, notifications=False)

    def test_administrator(self):
        with self.session() as session:
            printer = add_printer(session, self.server, self.server.key)
            tried = session.ctl_json("import", "--from-printer", printer, "--dry-run")["report"]
            self.assertEqual(session.ctl_json("channel", "list")["channels"], [])
            lines = session.ctl_json("import", "--from-printer", printer)["report"]
            self.assertEqual(lines, tried)

            channels = {row["type"]: row for row in session.ctl_json("channel", "list")["channels"]}
            self.assertEqual(set(channels), {"x", "email"})
            self.assertEqual(channels["email"]["host"], "mail.example.org")
            password = session.run(["secret-tool", "lookup", "owner", channels["email"]["id"], "field", "password"])
            self.assertEqual(password.stdout, settings_plugins.PASSWORD)
            self.assertIn("ist fertig", session.ctl_json("message", "show", "print-done")["text-x"])
            for secret in settings_plugins.SECRETS:
                self.assertNotIn(secret, json.dumps(lines, ensure_ascii=False) + session.log())

            again = session.ctl_json("import", "--from-printer", printer)["report"]
            self.assertEqual([line for line in again if line["outcome"] == "taken"], [])

    def test_guest(self):
        with self.session() as session:
            printer = add_printer(session, self.server, self.server.viewer_key)
            lines = session.ctl_json("import", "--from-printer", printer)["report"]
            self.assertEqual(session.ctl_json("channel", "list")["channels"], [])
            left = {line["subject"]: line["sentence"] for line in lines if line["outcome"] == "left"}
            self.assertIn("may not see", left["Account at X"])
            self.assertIn("may not see", left["E-mail account"])
            # Words are no secret.
            self.assertIn("ist fertig", session.ctl_json("message", "show", "print-done")["text-x"])

    def test_server_that_is_gone(self):
        with self.session() as session:
            session.ctl("printer", "add", "--url", "http://127.0.0.1:9", "--name", "gone", "--key-file", "-",
                        input=self.server.key)
            session.ctl("import", "--from-printer", "gone", expect=1)

    def test_octoprint_without_plugins(self):
        with OctoPrintServer(VERSION) as server, self.session() as session:
            printer = add_printer(session, server, server.key)
            self.assertIn("none of them is installed",
                          session.ctl("import", "--from-printer", printer, expect=1).stderr)


if __name__ == "__main__":
    tap.main()
