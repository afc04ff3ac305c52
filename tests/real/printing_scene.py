# SPDX-License-Identifier: GPL-3.0-or-later
"""A real OctoPrint, the service that watches it, and a mail server: the scene of the tests about events.

Every kind of message is wanted, and a test says the complete list of what is told: one too many is as
wrong as one too few. What comes too late for its own test spoils the list of the next.
"""

import os
import pathlib
import re
import sys
import time
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

# pylint: disable=wrong-import-position
from herald_session import HeraldSession, wait_until  # noqa: E402
from octoprint_extras import camera, configure  # noqa: E402
from octoprint_server import ADMIN_KEY, OctoPrintServer, ServerError, dwell_gcode  # noqa: E402
from smtp_server import SmtpSink  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
TWO = VERSION.startswith("2.")

# Printing from the card, the virtual printer does nothing but move, and only moves away from 0 take time.
CARD_GCODE = "M104 S60\n" + "".join(f"G1 X{20 * step} Z{0.1 * step:.1f} F1200\n" for step in range(1, 11))
SETTLE_S = 1.5

__all__ = ["ADMIN_KEY", "CARD_GCODE", "HeraldSession", "OctoPrintServer", "PrintingScene", "SETTLE_S", "ServerError", "TWO", "VERSION",
           "dwell_gcode", "wait_until"]


class PrintingScene(unittest.TestCase):
    """One server, one session and one mail server for all tests of a class, which run in the order of their names.

    A list of what is told has the kinds, oldest first, with the source behind where it is not "live".
    """

    FILES = {"short.gcode": dwell_gcode(4), "long.gcode": dwell_gcode(60)}
    n_compared = 0
    n_failed = 0

    @classmethod
    def setUpClass(cls):
        port = cls.enterClassContext(camera())
        cls.server = OctoPrintServer(VERSION, snapshot_url=f"http://127.0.0.1:{port}/?action=snapshot")
        # Without being busy the virtual printer never ends an M600.
        configure(cls.server, port, CARD_GCODE, sendBusy=True, busyInterval=0.1)
        cls.prepare()
        cls.enterClassContext(cls.server)
        cls.sink = cls.enterClassContext(SmtpSink())
        cls.session = cls.enterClassContext(HeraldSession(display=False, notifications=False))
        session = cls.session
        session.ctl("channel", "add", "email", "--name", "Mail", "host=127.0.0.1", f"port={cls.sink.port}",
                    "security=plain", "from=herald@example.org", "to=maker@example.org")
        for message in session.ctl_json("message", "list")["messages"]:
            session.ctl("message", "set", message["kind"], "--enable")
        session.ctl("message", "set", "print-progress", "step=0")
        for name, gcode in cls.FILES.items():
            cls.server.upload(name, gcode)
        cls.wait_analyses()
        cls.printer = session.ctl("printer", "add", "--name", "Bench", "--url", cls.make_url(),
                                  "--key-file", "-", input=ADMIN_KEY).stdout.strip()

    @classmethod
    def prepare(cls):
        """Before the server starts for the first time."""

    @classmethod
    def make_url(cls):
        """The address the service gets; something may stand in between."""
        return cls.server.url

    @classmethod
    def wait_analyses(cls):
        """OctoPrint looks into new files while it is idle, which slows down what else it does."""
        wait_until(lambda: all("gcodeAnalysis" in file
                               for file in cls.server.expect("GET", "/api/files/local")["files"]), 60)

    def setUp(self):
        failed = len(self._outcome.result.failures) + len(self._outcome.result.errors)
        if failed > self.n_failed:
            type(self).n_failed = failed
            self.recover()
        wait_until(lambda: self.status()["connection"] == "connected", 60)
        wait_until(lambda: self.status()["state"] == "operational", 60)
        self.begin = time.monotonic()

    def tearDown(self):
        print(f"# {self.id().rpartition('.')[2]}: {time.monotonic() - self.begin:.0f} s", flush=True)

    def recover(self):
        """The next test begins in order, whatever the one that failed has left behind."""
        if self.session.service.poll() is not None:
            self.session.start_service()
        if self.server.process is None:
            self.server.start()
        self.server.request("POST", "/api/job", {"command": "cancel"})
        time.sleep(8)
        if self.server.state() != "Operational":
            self.server.connect()
            self.server.wait_state("Operational", 30)
        time.sleep(4)
        type(self).n_compared = len(self.messages())

    # ── What was told ────────────────────────────────────────────────────────

    def messages(self):
        """Oldest first."""
        return self.session.ctl_json("history", "--limit", "10000")["messages"][::-1]

    def news(self):
        """What no test has compared yet."""
        return self.messages()[self.n_compared:]

    @staticmethod
    def words(messages):
        return [message["kind"] + (f" ({message['source']})" if message["source"] != "live" else "")
                for message in messages]

    def wait_told(self, *expected, limit=30):
        """Waits until so much is told; returns it."""
        try:
            wait_until(lambda: len(self.news()) >= len(expected), limit)
        except AssertionError:
            pass
        told = self.words(self.news())
        self.assertEqual(told, list(expected), self.session.log()[-2000:])
        return self.news()

    def assert_told(self, *expected, limit=30, settle=SETTLE_S):
        """Exactly this since the last comparison, and nothing more for a moment; returns the messages."""
        self.wait_told(*expected, limit=limit)
        time.sleep(settle)
        messages = self.wait_told(*expected, limit=0)
        type(self).n_compared += len(messages)
        return messages

    # ── What is done ─────────────────────────────────────────────────────────

    def wait_attention(self, words):
        """Until it is shown that somebody has to come, in such words; empty words for nobody."""
        try:
            wait_until(lambda: re.fullmatch(f".*({words}).*" if words else "", self.status()["attention"] or ""))
        except AssertionError:
            self.fail(f"it says “{self.status()['attention']}”, not “{words}”")

    def status(self):
        return self.session.ctl_json("status")["printers"][0]

    def wait_state(self, state, limit=30):
        """As the service sees it."""
        wait_until(lambda: self.status()["state"] == state, limit)

    def start(self, file_name, *also):
        """Prints it, and waits until that is told."""
        self.server.print_file(file_name)
        self.wait_told("print-started", *also)

    def reconnect(self):
        """After the printer was lost; told as one message."""
        self.server.connect()
        self.server.wait_state("Operational", 30)
        self.assert_told("printer-operational")

    def assert_mails_are_complete(self):
        """Every message arrived, and as one mail."""
        messages = self.messages()
        self.assertEqual({message["state"] for message in messages}, {"delivered"})
        self.assertEqual(sorted(mail["subject"] for mail in self.sink.mails()),
                         sorted(message["title"] for message in messages))
