#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How OctoHerald itself behaves: shown, changed, refused, kept."""

import pathlib
import subprocess
import sys
import unittest

from herald_session import OBJECT_PATH, HeraldSession, wait_until

ENTRY = "autostart/io.github.octoherald.OctoHerald.desktop"


def session_of_its_own():
    return HeraldSession(keyring=False, display=False, notifications=False)


def preferences(session):
    return {row["name"]: row for row in session.ctl_json("preference", "list")["preferences"]}


def told(session):
    """The property on the bus"""
    return session.call(OBJECT_PATH, "org.freedesktop.DBus.Properties.Get",
                        "io.github.octoherald.OctoHerald.Service1", "Preferences").stdout


def config(session):
    return pathlib.Path(session.environment["XDG_CONFIG_HOME"], "octoherald", "octoherald.conf")


class Preferences(unittest.TestCase):
    def test_what_there_is(self):
        with session_of_its_own() as session:
            rows = preferences(session)
            self.assertLessEqual({"tray", "keep-awake", "autostart"}, set(rows))
            self.assertEqual([rows[name]["value"] for name in ("tray", "keep-awake", "autostart")],
                             [True, False, False])
            for row in rows.values():
                self.assertTrue(row["label"] and row["hint"], row)
                self.assertEqual(bool(row["choices"]), row["kind"] == "boolean", row)
                self.assertIsNone(row["problem"], row)
            table = session.ctl("preference", "list").stdout
            self.assertIn("Start at login", table)

    def test_list_says_what_has_become_of_the_icon(self):
        """No desktop is here, so nothing collects icons."""
        with session_of_its_own() as session:
            self.assertIn("has no place for icons", preferences(session)["tray"]["condition"])
            self.assertIn("has no place for icons", session.ctl("preference", "list").stdout)
            session.ctl("preference", "set", "tray=false")
            self.assertIn("switched off", preferences(session)["tray"]["condition"])
            self.assertIn("switched off", session.ctl("preference", "list").stdout)

    def test_change_takes_effect_at_once_and_is_kept(self):
        with session_of_its_own() as session:
            monitor = session.spawn(["gdbus", "monitor", "--session", "-d",
                                     "io.github.octoherald.OctoHerald.Service", "-o", OBJECT_PATH],
                                    stdout=subprocess.PIPE, text=True)
            wait_until(lambda: "is owned by" in monitor.stdout.readline())
            session.ctl("preference", "set", "tray=false", "keep-awake=true")
            self.assertIn("'tray': 'false'", told(session))
            line = wait_until(monitor.stdout.readline)
            while "'Preferences'" not in line:
                line = wait_until(monitor.stdout.readline)
            self.assertIn("'keep-awake': 'true'", line)
            self.assertIn("tray=false", config(session).read_text(encoding="utf-8"))
            session.stop_service()
            session.start_service()
            self.assertFalse(preferences(session)["tray"]["value"])
            session.ctl("preference", "set", "tray=")
            self.assertTrue(preferences(session)["tray"]["value"])
            self.assertNotIn("tray=", config(session).read_text(encoding="utf-8"))

    def test_wrong_ones_are_refused_and_nothing_changes(self):
        with session_of_its_own() as session:
            before = config(session).read_bytes()
            for words, sentence in ((["tray=perhaps"], "must be true or false"),
                                    (["keep-awake=true", "tray=1"], "must be true or false"),
                                    (["keep-awake=true", "autostart=yes"], "must be true or false"),
                                    (["allow-scripts=true"], "no preference “allow-scripts”"),
                                    (["version=7"], "no preference"), (["keep-awake=true", "colour=red"], "no preference"),
                                    ([f"tray={'x' * 9000}"], "")):
                with self.subTest(words[-1][:20]):
                    done = session.ctl("preference", "set", *words, expect=1)
                    self.assertIn(sentence, done.stderr)
            session.ctl("preference", "set", "tray", expect=2)
            session.ctl("preference", "set", expect=2)
            self.assertEqual(config(session).read_bytes(), before)
            self.assertFalse(pathlib.Path(session.environment["XDG_CONFIG_HOME"], ENTRY).exists())

    def test_what_a_person_wrote_beside_it_stays(self):
        with session_of_its_own() as session:
            text = config(session).read_text(encoding="utf-8")
            config(session).write_text(text + "# mine\nfuture-thing=42\ntray=sometimes\n", encoding="utf-8")
            session.stop_service()
            session.start_service()
            self.assertTrue(preferences(session)["tray"]["value"], "what cannot be right counts as not set")
            # edited while it runs, too
            with config(session).open("a", encoding="utf-8") as file:
                file.write("script-seconds=11\n")
            session.ctl("preference", "set", "keep-awake=true")
            text = config(session).read_text(encoding="utf-8")
            for line in ("# mine", "future-thing=42", "tray=sometimes", "script-seconds=11", "keep-awake=true"):
                self.assertIn(line, text.splitlines())

    def test_login_stays_as_it_was_if_the_rest_cannot_be_kept(self):
        with session_of_its_own() as session:
            with config(session).open("a", encoding="utf-8") as file:
                file.write("this is no setting\n")
            for _ in range(3):
                session.ctl("preference", "set", "autostart=true", "tray=false", expect=1)
            self.assertEqual([preferences(session)[name]["value"] for name in ("tray", "autostart")], [True, False])
            entry = pathlib.Path(session.environment["XDG_CONFIG_HOME"], ENTRY)
            self.assertFalse(entry.exists() and "Hidden=true" not in entry.read_text(encoding="utf-8"))

    def test_export_and_import(self):
        with session_of_its_own() as session:
            session.ctl("preference", "set", "tray=false")
            exported = session.ctl("config", "export", "-").stdout
            self.assertIn("tray=false", exported)
            session.ctl("preference", "set", "tray=true", "keep-awake=true")
            path = pathlib.Path(session.folder, "settings")
            path.write_text(exported, encoding="utf-8")
            session.ctl("config", "import", str(path))
            self.assertEqual([preferences(session)[name]["value"] for name in ("tray", "keep-awake")], [False, False])
            self.assertIn("'tray': 'false'", told(session))


class Quit(unittest.TestCase):
    def test_quit_ends_it_well(self):
        with session_of_its_own() as session:
            session.ctl("quit")
            self.assertEqual(session.service.wait(5), 0)
            self.assertIn("not running", session.ctl("quit", expect=3).stderr)

    def test_quit_does_not_start_it(self):
        with session_of_its_own() as session:
            session.stop_service()
            mark = pathlib.Path(session.folder, "started")
            pathlib.Path(session.folder, "services", "test.service").write_text(
                f"[D-BUS Service]\nName=io.github.octoherald.OctoHerald.Service\nExec=/bin/touch {mark}\n", encoding="ascii")
            session.reload_bus()
            session.ctl("quit", expect=3)
            self.assertFalse(mark.exists())


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
