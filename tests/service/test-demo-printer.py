# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo printer, by octoheraldctl: added once, kept alive, gone with its printer and with the service."""

import contextlib
import os
import pathlib
import signal
import socket
import sys
import tempfile
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))

from herald_session import HeraldSession, wait_until  # noqa: E402

DEMO = os.environ["OCTOHERALD_DEMO"]
LIMIT_S = 60


def children_of(pid):
    """The simulators among the children of a process."""
    found = []
    for task in pathlib.Path(f"/proc/{pid}/task").iterdir():
        # Threads and children end while they are looked at.
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            for child in (task / "children").read_text().split():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    if pathlib.Path(os.readlink(f"/proc/{child}/exe")).name == "octoherald-demo":
                        found.append(int(child))
    return found


def lives(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


class DemoPrinter(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(HeraldSession(notifications=False))
        self.ctl = self.session.ctl

    def add(self):
        return self.ctl("printer", "add-demo").stdout.strip()

    def show(self, printer):
        return self.session.ctl_json("printer", "show", printer)

    def wait_connected(self, printer):
        return wait_until(lambda: (shown := self.show(printer))["connection"] == "connected" and shown, LIMIT_S)

    def simulators(self):
        return children_of(self.session.service.pid)

    def test_prints_for_whoever_has_no_printer(self):
        printer = self.add()
        shown = self.wait_connected(printer)
        self.assertEqual(shown["name"], "Demo Printer")
        wait_until(lambda: self.show(printer)["state"] == "printing", LIMIT_S)
        self.assertEqual(len(self.simulators()), 1)

    def test_there_is_never_a_second_one(self):
        self.assertEqual(self.add(), self.add())
        self.assertEqual(len(self.session.ctl_json("printer", "list")["printers"]), 1)
        self.assertEqual(len(self.simulators()), 1)

    def test_is_let_in_when_it_comes_with_settings_from_elsewhere(self):
        self.wait_connected(self.add())
        settings = self.ctl("config", "export", "-").stdout
        [printer] = self.session.ctl_json("printer", "list")["printers"]
        self.ctl("printer", "remove", printer["id"])
        wait_until(lambda: not self.simulators())
        self.ctl("config", "import", "-", input=settings)
        self.wait_connected(printer["id"])

    def test_ends_with_its_printer(self):
        printer = self.add()
        [pid] = self.simulators()
        self.ctl("printer", "remove", printer)
        wait_until(lambda: not lives(pid))
        self.assertNotEqual(self.add(), "")
        self.wait_connected(printer)

    def test_comes_back_with_the_service(self):
        printer = self.add()
        before = self.wait_connected(printer)["url"]
        [pid] = self.simulators()
        self.session.stop_service()
        wait_until(lambda: not lives(pid))
        self.session.start_service()
        self.assertEqual(self.wait_connected(printer)["url"], before)

    def test_does_not_outlive_a_killed_service(self):
        self.add()
        [pid] = self.simulators()
        self.session.service.send_signal(signal.SIGKILL)
        self.session.service.wait(10)
        self.session.service = None
        wait_until(lambda: not lives(pid))

    def test_is_started_again_when_it_dies(self):
        printer = self.add()
        self.wait_connected(printer)
        [pid] = self.simulators()
        os.kill(pid, signal.SIGKILL)
        wait_until(lambda: self.show(printer)["connection"] != "connected")
        self.wait_connected(printer)
        self.assertNotEqual(self.simulators(), [pid])

    def test_address_follows_where_its_port_is_taken(self):
        printer = self.add()
        before = self.wait_connected(printer)["url"]
        self.session.stop_service()
        with socket.create_server(("127.0.0.1", int(before.rsplit(":", 1)[1]))):
            self.session.start_service()
            wait_until(lambda: self.show(printer)["url"] != before, LIMIT_S)
            self.wait_connected(printer)

    def test_one_that_became_a_real_printer_is_left_alone(self):
        printer = self.add()
        [pid] = self.simulators()
        self.ctl("printer", "set", printer, "url=http://127.0.0.2:9")
        wait_until(lambda: not lives(pid))
        self.assertEqual(self.show(printer)["url"], "http://127.0.0.2:9")


class WithoutProgram(unittest.TestCase):
    def begin(self, program):
        session = HeraldSession(notifications=False, service=False)
        session.environment["OCTOHERALD_DEMO"] = program
        self.enterContext(session)
        session.start_service()
        return session

    def test_a_sentence_says_that_it_cannot_be_started(self):
        # Neither a program nor absent: it can be executed, and no kernel knows how.
        path = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()), "octoherald-demo")
        path.write_bytes(b"\x00\x01\x02")
        path.chmod(0o755)
        session = self.begin(str(path))
        self.assertIn("demo printer", session.ctl("printer", "add-demo", expect=1).stderr)
        self.assertEqual(session.ctl_json("printer", "list")["printers"], [])

    def test_one_that_ends_at_once_leaves_nothing_behind(self):
        session = self.begin("/bin/false")
        self.assertIn("try again", session.ctl("printer", "add-demo", expect=1).stderr)
        self.assertEqual(session.ctl_json("printer", "list")["printers"], [])

    def test_without_keyring_nothing_half_done_stays(self):
        session = self.enterContext(HeraldSession(keyring=False, notifications=False))
        session.ctl("printer", "add-demo", expect=1)
        self.assertEqual(session.ctl_json("printer", "list")["printers"], [])
        wait_until(lambda: not children_of(session.service.pid))


if __name__ == "__main__":
    import tap
    tap.main()
