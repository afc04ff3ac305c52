#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service ends well, soon, whatever others do meanwhile; and what it was sending waits."""

import os
import pathlib
import signal
import socket
import sqlite3
import sys
import threading
import time
import unittest

from herald_session import HeraldSession, SERVICE, wait_until
from mail_ear import MailEar
from loopback import free_port

LIMIT_S = 5


class Silence:
    """A server that accepts and never says a word."""

    def __init__(self, port):
        self.port = port
        self.ends = []

    def __enter__(self):
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.accept, daemon=True).start()
        return self

    def accept(self):
        try:
            while True:
                self.ends.append(self.listener.accept()[0])
        except OSError:
            pass

    def __exit__(self, *_error):
        self.listener.close()
        for end in self.ends:
            end.close()


class Stop(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(HeraldSession(keyring=False, display=False, notifications=False))

    def assert_ends(self, tell):
        service, self.session.service = self.session.service, None
        began = time.monotonic()
        tell(service)
        self.assertEqual(service.wait(30), 0, self.session.log())
        self.assertLess(time.monotonic() - began, LIMIT_S)

    def rows(self):
        return self.session.ctl_json("history")["messages"]

    def add_mail(self, port, name="Mail"):
        self.session.ctl("channel", "add", "email", "--name", name, "host=127.0.0.1", f"port={port}", "security=plain",
                         "from=a@example.org", "to=b@example.org")

    def test_every_signal_that_means_it(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number.name):
                if self.session.service is None:
                    self.session.start_service()
                self.assert_ends(lambda service, number=number: service.send_signal(number))
                self.assertNotIn("CRITICAL", self.session.log())

    def test_quit_over_the_bus(self):
        self.assert_ends(lambda _service: self.session.ctl("quit"))

    def test_told_while_it_starts(self):
        self.session.stop_service()
        for wait in (0, 0.02, 0.05, 0.1, 0.2):
            with self.subTest(wait):
                service = self.session.spawn([SERVICE])
                time.sleep(wait)
                service.terminate()
                # Before it listens the signal simply ends it.
                self.assertIn(service.wait(LIMIT_S), (0, -signal.SIGTERM))

    def test_told_many_times(self):
        def tell(service):
            for _number in range(20):
                if service.poll() is None:
                    service.send_signal(signal.SIGTERM)
        self.assert_ends(tell)

    def test_servers_that_never_answer(self):
        port = free_port()
        for number in range(10):
            self.session.ctl("printer", "add", "--name", f"Printer {number}", "--url", f"http://127.0.0.1:{port}")
        for number in range(5):
            self.add_mail(port, f"Mail {number}")
        with Silence(port) as silence:
            self.session.ctl("send", "--text", "Hello")
            wait_until(lambda: len(silence.ends) >= 5)
            wait_until(lambda: any(row["state"] == "sending" for row in self.rows()))
            self.assert_ends(lambda service: service.terminate())
        self.session.start_service()
        # What had not begun to leave waits as if nobody had tried.
        mails = [row for row in self.rows() if row["channel_type"] == "email"]
        self.assertEqual(len(mails), 5)
        self.assertTrue(all(row["state"] in ("pending", "sending", "deferred") for row in mails), mails)

    def test_in_the_middle_of_a_mail(self):
        """Past the point of no return nobody can tell; it is said, and the same mail goes once more at most."""
        with MailEar(free_port(), thinks_s=20) as ear:
            self.add_mail(ear.port)
            self.session.ctl("send", "--text", "Hello", "--channels", "mail")
            wait_until(lambda: ear.is_thinking)
            self.assert_ends(lambda service: service.terminate())
            ear.thinks_s = 0
            self.session.start_service()
            wait_until(lambda: self.rows()[0]["state"] in ("delivered", "probable"))
            self.assertLessEqual(len(ear.mails), 1)

    def test_database_is_whole_and_closed(self):
        self.session.ctl("channel", "add", "desktop", "--name", "Desktop")
        for number in range(20):
            self.session.ctl("send", "--text", f"Nr. {number}", "--channels", "all")
        self.assert_ends(lambda service: service.terminate())
        path = pathlib.Path(self.session.environment["XDG_DATA_HOME"], "octoherald", "herald.db")
        self.assertFalse(os.path.exists(f"{path}-wal") and os.path.getsize(f"{path}-wal"), "nothing is left in the log")
        with sqlite3.connect(path) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))

    def test_bus_that_does_not_answer(self):
        self.session.bus.send_signal(signal.SIGSTOP)
        try:
            self.assert_ends(lambda service: service.terminate())
        finally:
            self.session.bus.send_signal(signal.SIGCONT)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
