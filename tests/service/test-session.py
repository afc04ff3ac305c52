#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The service and the session it runs in: its bus, its keyring, its notifications."""

import sys
import os
import pathlib
import subprocess
import tempfile
import time
import unittest

from herald_session import CTL, OBJECT_PATH, SERVICE, HeraldSession, wait_until
from loopback import free_port
from smtp_server import make_certificates

KEY = "0F1E2D3C4B5A69788796A5B4C3D2E1F0"
NEW_KEY = KEY.lower()
NOWHERE = "http://127.0.0.1:1"
COLLECTIONS = "/org/freedesktop/secrets/collection/"


class Bus(unittest.TestCase):
    def test_no_service_is_3(self):
        with HeraldSession(keyring=False, notifications=False, service=None) as session:
            for line in ("status", "status --watch", "printer list", "channel test desktop", "history", "send --text x",
                         "mute", "config path"):
                with self.subTest(line):
                    self.assertIn("not running", session.ctl(*line.split(), expect=3).stderr)

    def test_no_bus_is_3(self):
        with HeraldSession(keyring=False, notifications=False, service=None) as session:
            session.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nowhere/bus"
            session.ctl("status", expect=3)

    def test_bus_starts_the_service(self):
        with HeraldSession(keyring=False, notifications=False, service=None) as session:
            pathlib.Path(session.folder, "services", "test.service").write_text(
                f"[D-BUS Service]\nName=io.github.octoherald.OctoHerald.Service\nExec={SERVICE}\n", encoding="ascii")
            session.reload_bus()
            self.assertIn("desktop", session.ctl("channel", "list").stdout)
            owner = session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.DBus", "-o", "/", "-m",
                                 "org.freedesktop.DBus.GetConnectionUnixProcessID",
                                 "io.github.octoherald.OctoHerald.Service"]).stdout
            pid = int(owner.strip("(,)\n ").split()[-1])
            os.kill(pid, 15)
            wait_until(lambda: not session.has_owner())

    def test_watch_ends_with_the_service(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            process = session.spawn([CTL, "status", "--watch", "--json"], stdout=subprocess.PIPE,
                                    stderr=subprocess.PIPE, text=True)
            process.stdout.readline()
            session.stop_service()
            self.assertIn("ended", process.communicate(timeout=10)[1])
            self.assertEqual(process.returncode, 3)

    def test_second_instance_is_refused(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            second = session.run([SERVICE])
            self.assertEqual(second.returncode, 1)
            self.assertIn("already running", second.stderr)
            session.ctl("status")

    def test_service_survives_its_bus(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            # GLib complains of who listens to a bus that dies at that moment.
            wait_until(lambda: "absent" in session.call(OBJECT_PATH, "org.freedesktop.DBus.Properties.Get",
                                                        "io.github.octoherald.OctoHerald.Service1", "Tray").stdout)
            time.sleep(1)
            session.bus.kill()
            session.bus.wait(5)
            time.sleep(1)
            self.assertIsNone(session.service.poll(), session.log())
            session.ctl("status", expect=3)
            session.start_bus()
            wait_until(session.has_owner, 90)
            session.ctl("status")


class Secrets(unittest.TestCase):
    def add(self, session, *more, expect=0, **input_text):
        return session.ctl("printer", "add", "--name", "Secret", "--url", NOWHERE, *more, expect=expect, **input_text)

    def assert_nowhere(self, session):
        """The key is in no file but the keyring's, in no log, and nowhere on the bus."""
        for path in pathlib.Path(session.folder).rglob("*"):
            if path.is_file() and "keyrings" not in path.parts:
                self.assertNotIn(KEY.encode(), path.read_bytes(), path)
        for path in ("/", "/printers/secret", "/channels/desktop"):
            told = session.run(["gdbus", "introspect", "--session", "-d", "io.github.octoherald.OctoHerald.Service",
                                "-o", (OBJECT_PATH + path).rstrip("/")])
            self.assertEqual(told.returncode, 0, told.stderr)
            self.assertNotIn(KEY, told.stdout)
        managed = session.call(OBJECT_PATH, "org.freedesktop.DBus.ObjectManager.GetManagedObjects").stdout
        self.assertIn("Secret", managed)
        self.assertNotIn(KEY, managed)
        for process in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
            try:
                self.assertNotIn(KEY.encode(), process.read_bytes(), process)
            except OSError:
                pass
        for line in ("printer show secret --json", "printer list", "config export -", "status"):
            self.assertNotIn(KEY, session.ctl(*line.split()).stdout)

    def assert_stored(self, session):
        found = session.run(["secret-tool", "search", "--all", "--unlock", "owner", "secret"])
        self.assertIn(f"secret = {KEY}", found.stdout, found.stderr)

    def test_key_is_read_from_the_input(self):
        with HeraldSession() as session:
            self.add(session, "--key-file", "-", input=KEY + "\n")
            self.assert_stored(session)
            self.assert_nowhere(session)
            session.ctl("printer", "set", "secret", "name=Secret 2", "--key-file", "-", input=NEW_KEY)
            found = session.run(["secret-tool", "search", "--all", "--unlock", "owner", "secret"]).stdout
            self.assertIn(NEW_KEY, found)
            self.assertNotIn(KEY, found)
            session.ctl("printer", "remove", "secret")
            wait_until(lambda: NEW_KEY not in session.run(["secret-tool", "search", "--all", "--unlock", "owner",
                                                                "secret"]).stdout)

    def test_key_is_read_from_a_file(self):
        with HeraldSession() as session:
            file = pathlib.Path(session.folder, "key.txt")
            file.write_text(KEY + "\n", encoding="ascii")
            self.add(session, "--key-file", str(file))
            file.unlink()
            self.assert_stored(session)
            self.assert_nowhere(session)
            file.write_text("", encoding="ascii")
            self.assertIn("nothing in", self.add(session, "--key-file", str(file), expect=1).stderr)

    def keyring_state(self, session):
        return session.call(OBJECT_PATH, "org.freedesktop.DBus.Properties.Get",
                            "io.github.octoherald.OctoHerald.Service1", "Keyring").stdout

    def test_no_keyring_is_told(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            self.assertIn("keyring", self.add(session, "--key-file", "-", expect=1, input=KEY).stderr.lower())
            wait_until(lambda: "absent" in self.keyring_state(session))
            self.assertEqual(session.ctl_json("printer", "list"), {"printers": []})
            self.assertIn("Keyring", session.ctl("status").stdout)

    def test_locked_keyring_is_told(self):
        with HeraldSession(notifications=False) as session:
            self.add(session, "--key-file", "-", input=KEY)
            session.stop_service()
            locked = session.run(["gdbus", "call", "--session", "-d", "org.freedesktop.secrets",
                                  "-o", "/org/freedesktop/secrets", "-m", "org.freedesktop.Secret.Service.Lock",
                                  f"[objectpath '{COLLECTIONS}login']"])
            self.assertIn("login", locked.stdout, locked.stderr)
            session.start_service()
            wait_until(lambda: "locked" in self.keyring_state(session))
            printer = wait_until(lambda: next((entry for entry in session.ctl_json("status")["printers"]
                                               if entry["error"]), None))
            self.assertIn("locked", printer["error"])
            self.assertIn("unlock", session.ctl("status").stdout)


class Notifications(unittest.TestCase):
    def test_message_is_shown_as_it_was_written(self):
        with HeraldSession(keyring=False) as session:
            session.ctl("send", "--title", "Title <b>&", "--text", "1 < 2 & <b>bold</b>\nsecond line")
            shown = session.shown("Title <b>&")
            self.assertIn(shown["body"], ("1 &lt; 2 &amp; &lt;b&gt;bold&lt;/b&gt;\nsecond line",
                                          "1 < 2 & <b>bold</b>\nsecond line"))
            self.assertNotIn("\nbold", shown["message"])
            self.assertIn("&lt;b&gt;bold&lt;/b&gt;", shown["message"])

    def test_picture_is_shown(self):
        path = pathlib.Path(__file__).parent.parent.parent / "data/pictures/camera-offline.png"
        with HeraldSession(keyring=False) as session:
            session.ctl("send", "--title", "Look", "--text", "Here", "--picture", str(path))
            shown = session.shown("Look")
            row = session.ctl_json("history", "--limit", "1")["messages"][0]
            self.assertEqual(row["picture"], "file", row["note"])
            self.assertEqual(shown["icon_path"], row["picture_file"])

    def test_picture_has_limits(self):
        with HeraldSession(keyring=False) as session, tempfile.TemporaryDirectory() as folder:
            film = pathlib.Path(folder, "film.mp4")
            with film.open("wb") as file:
                file.write(b"\0\0\0\x18ftypisom")
                file.truncate(16 * 1024 * 1024)
            session.ctl("send", "--text", "As large as may be", "--picture", str(film))
            row = wait_until(lambda: next((row for row in session.ctl_json("history")["messages"]
                                           if row["state"] == "delivered"), None))
            self.assertEqual((row["picture"], row["note"]),
                             ("none", "The film goes only where films of its size can be sent."))

            os.truncate(film, 16 * 1024 * 1024 + 1)
            self.assertIn("too large", session.ctl("send", "--text", "More", "--picture", str(film), expect=1).stderr)
            for options in ("{'picture': <'/a/path'>}", "{'picture': <@ay []>}"):
                done = session.call(OBJECT_PATH, "io.github.octoherald.OctoHerald.Service1.Send",
                                    "", "Wrong", "all", options)
                self.assertNotEqual(done.returncode, 0, options)
            self.assertEqual(len(session.ctl_json("history")["messages"]), 1)

    def test_channel_is_tested(self):
        with HeraldSession(keyring=False) as session:
            self.assertIn("accepted", session.ctl("channel", "test", "desktop").stdout)
            self.assertTrue(session.shown("OctoHerald test"))

    def test_no_notification_service_is_told(self):
        with HeraldSession(keyring=False, notifications=False) as session:
            test = session.ctl("channel", "test", "desktop", expect=1)
            self.assertIn("no notification service", test.stdout)
            self.assertIn("not delivered", test.stderr)
            row = session.ctl_json("history")["messages"][0]
            self.assertEqual(row["state"], "deferred")
            self.assertIn("no notification service", row["reason"])
            session.ctl("history", "discard", str(row["id"]))
            self.assertEqual(session.ctl_json("history")["messages"][0]["state"], "cancelled")
            self.assertEqual(session.ctl_json("status")["outbox"], {"waiting": 0, "held": 0})


    def test_channel_is_there_from_the_start_where_something_shows_it(self):
        with HeraldSession(keyring=False, display=False, notifications=False, service=None) as session:
            pathlib.Path(session.folder, "services", "test.service").write_text(
                "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n", encoding="ascii")
            session.reload_bus()
            session.start_service()
            self.assertEqual([entry["id"] for entry in session.ctl_json("channel", "list")["channels"]], ["desktop"])

    def test_channel_is_missing_from_the_start_where_nothing_shows_it(self):
        with HeraldSession(keyring=False, display=False, notifications=False) as session:
            self.assertEqual(session.ctl_json("channel", "list")["channels"], [])
            session.stop_service()
            session.start_service()
            self.assertEqual(session.ctl_json("channel", "list")["channels"], [])
            self.assertIn("no channel", session.log())


class Trust(unittest.TestCase):
    def test_unknown_certificate_is_not_trusted(self):
        with HeraldSession(notifications=False) as session, tempfile.TemporaryDirectory() as folder:
            make_certificates(pathlib.Path(folder))
            port = free_port()
            server = session.spawn(["openssl", "s_server", "-accept", f"127.0.0.1:{port}", "-www", "-quiet",
                                    "-cert", f"{folder}/good.pem", "-key", f"{folder}/key.pem"])
            session.ctl("printer", "add", "--name", "Far", "--url", f"https://127.0.0.1:{port}",
                        "--key-file", "-", input=KEY)
            wait_until(lambda: session.ctl_json("status")["printers"][0]["connection"] == "untrusted")
            told = session.ctl("printer", "check", "far", expect=1)
            self.assertIn("certificate", told.stderr)
            self.assertIn("certificate not trusted", session.ctl("status").stdout)
            shown = session.ctl_json("printer", "show", "far")["certificate"]
            self.assertEqual(set(shown), {"subject", "issuer", "fingerprint"})
            command = f"printer set far certificate={shown['fingerprint']}"
            self.assertIn(f"octoheraldctl {command}\n", told.stdout)
            session.ctl(*command.split())
            shown = wait_until(lambda: next((entry for entry in session.ctl_json("status")["printers"]
                                             if entry["connection"] not in ("untrusted", "connecting")), None))
            self.assertIsNone(shown["certificate"])
            self.assertEqual(server.poll(), None)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
