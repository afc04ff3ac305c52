#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The running service and what people put in front of OctoPrint: certificate, login, path.

A certificate is trusted by its fingerprint, watched from then on, and neither key nor password gets
to anybody who has not shown it, or into a log.
"""

import base64
import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from front_server import PASSWORD, USER, Front  # noqa: E402
from herald_session import BUS_NAME, OBJECT_PATH, HeraldSession, wait_until  # noqa: E402
from octoprint_server import ADMIN_KEY, OctoPrintServer  # noqa: E402

LIMIT_S = 60


class Trust(unittest.TestCase):
    """One OctoPrint behind nginx and behind haproxy, one session."""

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(OctoPrintServer("1.11.8"))
        cls.fronts = [cls.enterClassContext(Front(kind, cls.server.port)) for kind in ("nginx", "haproxy")]
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False, service=False))
        # The service is to be as talkative as it can be: it must not tell a secret even then.
        cls.session.environment["G_MESSAGES_DEBUG"] = "all"
        cls.session.start_service()
        del cls.session.environment["G_MESSAGES_DEBUG"]

    def add(self, front, manner):
        return self.session.ctl("printer", "add", "--name", f"{front.kind} {manner}", "--url", front.url(manner),
                                "--key-file", "-", input=ADMIN_KEY).stdout.strip()

    def status(self, printer):
        return next(row for row in self.session.ctl_json("status")["printers"] if row["id"] == printer)

    def wait_connection(self, printer, wanted):
        try:
            wait_until(lambda: self.status(printer)["connection"] == wanted, LIMIT_S)
        except AssertionError:
            self.fail(f"not {wanted}: {self.status(printer)}\n{self.session.log()[-2000:]}")
        return self.status(printer)

    def test_certificate_is_trusted_by_hand_and_watched(self):
        for front in self.fronts:
            with self.subTest(front=front.kind):
                printer, first = self.add(front, "tls"), front.fingerprint()
                self.assertIn(first, self.wait_connection(printer, "untrusted")["error"])
                self.session.ctl("printer", "set", printer, "certificate=" + "0" * 63, expect=1)
                self.session.ctl("printer", "set", printer, "certificate=" + first.partition(":")[2].lower())
                self.wait_connection(printer, "connected")
                wait_until(lambda: self.status(printer)["state"] == "operational", LIMIT_S)

                front.change_key()
                error = self.wait_connection(printer, "untrusted")["error"]
                self.assertIn("another key", error)
                self.assertIn(first, error)
                self.assertIn(front.fingerprint(), error)
                self.session.ctl("printer", "set", printer, "certificate=" + front.fingerprint())
                self.wait_connection(printer, "connected")
                self.session.ctl("printer", "remove", printer)

    def test_login_of_a_proxy(self):
        for front in self.fronts:
            with self.subTest(front=front.kind):
                printer = self.add(front, "login")
                self.assertIn("user name and password", self.wait_connection(printer, "unauthorized")["error"])
                self.session.ctl("printer", "set", printer, "user=" + USER)
                self.assertIn(USER, self.wait_connection(printer, "unauthorized")["error"])
                path = f"{OBJECT_PATH}/printers/{printer.replace('-', '_2d')}"
                done = self.session.call(path, f"{BUS_NAME.removesuffix('.Service')}.Printer1.SetSecret", "password",
                                         PASSWORD)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.wait_connection(printer, "connected")
                self.session.ctl("printer", "remove", printer)

    def test_below_a_path(self):
        for front in self.fronts:
            with self.subTest(front=front.kind):
                printer = self.add(front, "prefix")
                self.wait_connection(printer, "connected")
                self.session.ctl("printer", "remove", printer)

    def test_nothing_secret_is_logged(self):
        log = self.session.log()
        self.assertIn("DEBUG", log)
        for secret in (ADMIN_KEY, PASSWORD, base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()):
            self.assertNotIn(secret, log)


if __name__ == "__main__":
    import tap
    tap.main()
