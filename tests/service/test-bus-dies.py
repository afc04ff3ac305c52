#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A bus that dies at the worst moment of a start: when the name is asked for."""

import os
import pathlib
import socket
import sys
import threading
import time
import unittest

from herald_session import SERVICE, HeraldSession, wait_until


class DyingBus:
    """Between the service and the bus: ends every connection as soon as somebody says `word`."""

    def __init__(self, folder, word):
        self.bus = os.path.join(folder, "bus")
        self.path = os.path.join(folder, "dying-bus")
        self.word = word
        self.has_died = threading.Event()
        self.pairs = []
        self.server = socket.socket(socket.AF_UNIX)
        self.server.bind(self.path)
        self.server.listen()
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            try:
                here, _ = self.server.accept()
            except OSError:
                return
            there = socket.socket(socket.AF_UNIX)
            there.connect(self.bus)
            self.pairs += [here, there]
            threading.Thread(target=self.carry, args=(here, there, True), daemon=True).start()
            threading.Thread(target=self.carry, args=(there, here, False), daemon=True).start()

    def carry(self, source, target, is_listening):
        try:
            while data := source.recv(65536):
                if is_listening and self.word in data:
                    self.die()
                    return
                target.sendall(data)
        except OSError:
            pass

    def die(self):
        self.server.close()
        os.unlink(self.path)
        for end in self.pairs:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass
        self.has_died.set()


class Start(unittest.TestCase):
    def start(self, word, config):
        session = self.enterContext(HeraldSession(keyring=False, display=False, notifications=False, service=None))
        folder = pathlib.Path(session.environment["XDG_CONFIG_HOME"], "octoherald")
        if config:
            folder.mkdir(parents=True)
            (folder / "octoherald.conf").write_text(config, encoding="utf-8")
        secrets = pathlib.Path(session.folder, "secrets")
        secrets.mkdir()
        (secrets / "mk3.key").write_text("KEY0KEY0KEY0KEY0KEY0KEY0KEY0KEY0", encoding="ascii")
        session.environment["CREDENTIALS_DIRECTORY"] = str(secrets)
        bus = DyingBus(session.folder, word)
        own = session.environment["DBUS_SESSION_BUS_ADDRESS"]
        session.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={bus.path}"
        with open(os.path.join(session.folder, "service.txt"), "ab") as log:
            session.service = session.spawn([SERVICE], stdout=log, stderr=log)
        session.environment["DBUS_SESSION_BUS_ADDRESS"] = own
        self.assertTrue(bus.has_died.wait(60), session.log())

        return session

    def test_printers_are_watched_all_the_same(self):
        with socket.create_server(("127.0.0.1", 0)) as printer:
            printer.settimeout(20)
            for word in (b"NameHasOwner", b"RequestName"):
                with self.subTest(word):
                    session = self.start(word, "[octoherald]\nversion=1\n\n[printer mk3]\nname=MK3\n"
                                               f"url=http://127.0.0.1:{printer.getsockname()[1]}\n")
                    visitor, _ = printer.accept()
                    visitor.close()
                    wait_until(lambda session=session: "The session bus is gone" in session.log())
                    time.sleep(0.5)
                    self.assertIsNone(session.service.poll(), session.log())

    def test_first_start_of_all(self):
        session = self.start(b"ListActivatableNames", None)
        wait_until(lambda: "The session bus is gone" in session.log())
        time.sleep(0.5)
        self.assertIsNone(session.service.poll(), session.log())


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
