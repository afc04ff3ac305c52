#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""octoheraldctl: every command, its exit status, and the keys of its JSON."""

import sys
import json
import os
import pathlib
import subprocess
import unittest

from herald_session import CTL, HeraldSession, wait_until

STATUS_KEYS = {"printers", "outbox", "muted_until", "quiet_until", "presence"}
PRINTER_KEYS = {"id", "name", "url", "enabled", "connection", "state", "state_text", "error", "file", "progress",
                "elapsed", "remaining", "remaining_origin", "finishes_at", "temperatures", "version", "user", "origin",
                "height", "layer", "layers", "server_name", "color", "actions", "cameras", "gap", "fallback",
                "certificate", "attention", "print_muted"}
MESSAGE_KEYS = {"id", "event", "kind", "printer", "channel", "channel_type", "destination", "title", "text",
                "picture", "picture_file", "note", "state", "reason", "attempts", "source", "occurred", "created",
                "finished", "remote_id", "cost", "link"}
CHANNEL_KEYS = {"id", "type", "name", "enabled", "health", "error"}
KIND_KEYS = {"kind", "name", "printer", "enabled", "title", "text", "picture", "picture-fallback", "pictures", "channels",
             "changed", "variables", "variable_descriptions"}
PROGRESS_SETTINGS = {"step": 25, "minutes": 0, "estimate-step": 0, "height": 0.25, "layers": 0,
                     "at-least-minutes": 90, "spacing": 300, "min-print": 0}

# Nothing listens on the first port, so these printers are never reached.
NOWHERE = "http://127.0.0.1:1"


class CommandLine(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession().__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.ctl = staticmethod(cls.session.ctl)
        cls.json = staticmethod(cls.session.ctl_json)

    def add_printer(self, name="Printer"):
        identifier = self.ctl("printer", "add", "--name", name, "--url", NOWHERE, "--key-file", "-",
                              input="0123456789ABCDEF").stdout.strip()
        self.addCleanup(self.session.run, [CTL, "printer", "remove", identifier])
        return identifier

    def refused(self, *arguments):
        done = self.ctl(*arguments, expect=1)
        self.assertEqual(done.stdout, "")
        self.assertEqual(len(done.stderr.strip().splitlines()), 1, done.stderr)
        self.assertNotIn("GDBus", done.stderr)
        return done.stderr

    def test_wrong_usage_is_2(self):
        for line in ("", "nonsense", "printer", "printer nonsense", "printer add", "printer add --name x",
                     f"printer add --url {NOWHERE} --key-file - --password-file -", "printer request-access",
                     "printer pause", "printer pause a b", "printer cancel a --no", "printer check",
                     "printer add-demo x", "printer show", "printer show a b", "printer set x", "printer set x noequals", "channel add",
                     "channel add desktop", "channel set x", "channel test", "message set print-done",
                     "message set print-done --enable --disable", "message show", "render", "send",
                     "send --title x", "history --limit 0", "history --limit x", "history --state nonsense",
                     "history retry", "history retry x", "history why", "history why x", "history why 1 --message 1", "mute nonsense", "mute 0", "unmute now", "config",
                     "render print-done --event 1 --samples", "render print-done --event x",
                     "config export", "config import", "config path x", "status --nonsense", "status x",
                     "channel add desktop --name x --secret noequals"):
            with self.subTest(line):
                self.ctl(*line.split(), expect=2)

    def test_help_and_version(self):
        text = self.ctl("--help").stdout
        for noun in ("status", "printer add", "channel types", "message set", "render", "send", "history", "mute",
                     "unmute", "config export"):
            self.assertIn(noun, text)
        self.assertIn("--key-file", self.ctl("printer", "add", "--help").stdout)
        self.assertIn("--key-file", self.ctl("printer", "--help").stdout)
        self.assertIn("octoheraldctl", self.ctl("--version").stdout)
        self.assertIn("Pause", self.ctl("printer", "pause", "--help").stdout)
        self.assertIn("--yes", self.ctl("printer", "cancel", "--help").stdout)
        self.assertIn("--no-browser", self.ctl("printer", "request-access", "--help").stdout)

    def test_what_does_not_exist_is_refused(self):
        for line in ("printer show nobody", "printer set nobody name=x", "printer remove nobody",
                     "printer check nobody", "printer request-access nobody", "printer pause nobody",
                     "printer resume nobody", "printer cancel nobody", "printer connect nobody",
                     "printer disconnect nobody", "printer add --url ftp://x", "printer add --url http://a:b@c/",
                     f"printer add --url {NOWHERE} --password-file /nowhere",
                     "channel show nobody", "channel set nobody name=x",
                     "channel remove nobody", "channel test nobody", "channel enable nobody",
                     "channel resume nobody", "channel add nonsense --name x", "message show nonsense",
                     "message set nonsense --enable", "message reset nonsense", "render nonsense",
                     "message set print-done --printer nobody --enable", "message set print-done nonsense=1",
                     "message set print-progress step=x", "message set print-progress height=0.05",
                     "message set print-progress height=0,5", "message set cooled-down bed=151",
                     "message set print-done --channels nobody",
                     "render print-done --printer nobody", "render print-done --channel nobody",
                     "render print-done --form fax", "render print-done --event 999999",
                     "message set print-done text-fax=x", "message set print-done title-x=x",
                     "message set printer-error --picture thumbnail", "message set print-done --picture timelapse",
                     "message set print-done picture-fallback=thumbnail", "message set print-done placeholder=1",
                     "printer snapshot nobody --output y", "send --text x --channels nobody",
                     "send --text x --picture /nowhere", "history retry 999999", "history why 999999", "history discard 999999",
                     "config import /nowhere/at-all", "config export /nowhere/at-all",
                     "printer add --name x --url ftp://x", f"printer add --name x --url {NOWHERE} --key-file /nowhere"):
            with self.subTest(line):
                self.refused(*line.split())

    def test_status(self):
        identifier = self.add_printer()
        status = self.json("status")
        self.assertEqual(set(status), STATUS_KEYS)
        self.assertEqual(set(status["outbox"]), {"waiting", "held"})
        self.assertIsNone(status["muted_until"])
        self.assertEqual([set(printer) for printer in status["printers"]], [PRINTER_KEYS])
        printer = wait_until(lambda: next((entry for entry in self.json("status")["printers"]
                                           if entry["connection"] == "unreachable"), None))
        self.assertEqual(printer["id"], identifier)
        self.assertEqual(printer["state"], "unknown")
        self.assertEqual(printer["temperatures"], {})
        self.assertTrue(printer["error"])
        for key in ("file", "progress", "elapsed", "remaining", "finishes_at", "version", "user", "origin", "height",
                    "layer", "layers", "server_name", "color", "fallback", "certificate"):
            self.assertIsNone(printer[key], key)
        self.assertEqual(printer["actions"], [])
        self.assertIn("not reachable", self.ctl("status").stdout)

    def test_status_is_watched(self):
        process = self.session.spawn([CTL, "status", "--watch", "--json"], stdout=subprocess.PIPE, text=True)
        self.assertEqual(json.loads(process.stdout.readline())["printers"], [])
        self.add_printer("Watched")
        self.assertEqual(json.loads(process.stdout.readline())["printers"][0]["name"], "Watched")
        process.terminate()
        process.wait(10)
        process.stdout.close()

    def test_printer_is_added_changed_and_removed(self):
        first = self.add_printer("Prusa MK3")
        second = self.add_printer("Prusa MK3")
        self.assertEqual((first, second), ("prusa-mk3", "prusa-mk3-2"))
        self.assertEqual([entry["id"] for entry in self.json("printer", "list")["printers"]], [first, second])
        self.ctl("printer", "set", first, "name=Ender <b>", "enabled=false")
        shown = self.json("printer", "show", first)
        self.assertEqual(set(shown), PRINTER_KEYS)
        self.assertEqual((shown["name"], shown["enabled"], shown["connection"]), ("Ender <b>", False, "disabled"))
        self.assertIn("Ender <b>", self.ctl("printer", "show", first).stdout)
        self.refused("printer", "set", first, "url=nonsense://")
        self.assertIn("127.0.0.1", self.refused("printer", "check", second))
        for action in ("pause", "resume", "cancel", "connect", "disconnect"):
            self.assertIn("switched off", self.refused("printer", action, first))
            self.assertIn("no connection", self.refused("printer", action, second))
        self.ctl("printer", "remove", first)
        self.refused("printer", "show", first)

    def test_printer_without_name_is_called_after_its_address(self):
        first, second = (self.ctl("printer", "add", "--url", "127.0.0.1:1").stdout.strip() for _ in range(2))
        for identifier in (first, second):
            self.addCleanup(self.session.run, [CTL, "printer", "remove", identifier])
        self.assertEqual((first, second), ("127-0-0-1", "127-0-0-1-2"))
        shown = self.json("printer", "show", first)
        self.assertEqual((shown["name"], shown["url"]), (first, NOWHERE))
        self.ctl("printer", "set", first, "name=Ender")
        self.assertEqual(self.json("printer", "show", first)["name"], "Ender")
        self.ctl("printer", "set", first, "name=", "url=localhost:1")
        shown = self.json("printer", "show", first)
        self.assertEqual((shown["name"], shown["url"]), (first, "http://localhost:1"))

    def test_printer_behind_a_proxy(self):
        identifier = self.ctl("printer", "add", "--url", NOWHERE, "--user", "anna", "--password-file", "-",
                              input="proxy-secret").stdout.strip()
        self.addCleanup(self.session.run, [CTL, "printer", "remove", identifier])
        self.ctl("printer", "set", identifier, "user=bert", "--password-file", "-", input="other-secret")
        told = self.ctl("config", "export", "-").stdout + self.session.log()
        self.assertIn("user=bert", told)
        self.assertNotIn("-secret", told)

    def test_channels(self):
        types = self.json("channel", "types")["types"]
        self.assertIn("desktop", [entry["id"] for entry in types])
        identifier = self.ctl("channel", "add", "desktop", "--name", "Second").stdout.strip()
        self.addCleanup(self.session.run, [CTL, "channel", "remove", identifier])
        self.assertEqual({entry["id"] for entry in self.json("channel", "list")["channels"]}, {"desktop", identifier})
        self.assertLessEqual(CHANNEL_KEYS, set(self.json("channel", "show", identifier)))
        self.ctl("channel", "set", identifier, "name=Third")
        self.ctl("channel", "disable", identifier)
        shown = self.json("channel", "show", identifier)
        self.assertEqual((shown["name"], shown["enabled"], shown["health"]), ("Third", False, "disabled"))
        self.refused("channel", "test", identifier)
        self.ctl("channel", "enable", identifier)
        self.ctl("channel", "resume", identifier)
        self.assertEqual(self.json("channel", "show", identifier)["health"], "ok")
        tested = self.json("channel", "test", identifier)
        self.assertEqual((tested["state"], tested["reason"]), ("delivered", None))
        self.refused("channel", "set", identifier, "type=email")
        self.ctl("channel", "remove", identifier)

    def test_id_that_the_history_knows_is_not_given_again(self):
        identifiers = []
        for is_tested in (True, False, False):
            identifiers.append(self.ctl("channel", "add", "desktop", "--name", "Once").stdout.strip())
            if is_tested:
                self.ctl("channel", "test", identifiers[-1])
            self.ctl("channel", "remove", identifiers[-1])
        self.assertEqual(identifiers, ["once", "once-2", "once-2"])

    def test_messages(self):
        rows = self.json("message", "list")["messages"]
        self.assertTrue(all(KIND_KEYS <= set(row) for row in rows))
        self.assertEqual(self.json("message", "show", "print-progress")["step"], 10)
        done = self.ctl("message", "set", "print-done", "--title", "T {printer}", "--text", "{nonsense}", "--disable")
        self.assertIn("{nonsense}", done.stderr)
        changed = self.json("message", "show", "print-done")
        self.assertEqual((changed["title"], changed["enabled"], changed["changed"]), ("T {printer}", False, True))
        self.ctl("message", "set", "print-progress", "step=25")
        self.assertEqual(self.json("message", "show", "print-progress")["step"], 25)
        self.ctl("message", "set", "print-progress", "height=0.25", "at-least-minutes=90", "spacing=300")
        shown = self.json("message", "show", "print-progress")
        self.assertEqual({key: shown[key] for key in PROGRESS_SETTINGS}, PROGRESS_SETTINGS)
        self.assertIn("at-least-minutes", self.ctl("message", "show", "print-progress").stdout)
        for kind, settings in (("transfer-progress", {"step": 25}), ("cooled-down", {"bed": 40, "tool": 0}),
                               ("attention-needed", {"repeat-lock": 60, "remind": 0})):
            shown = self.json("message", "show", kind)
            self.assertEqual({key: shown[key] for key in settings}, settings)
        self.ctl("message", "reset", "print-progress")
        self.ctl("message", "reset", "print-done")
        self.assertFalse(self.json("message", "show", "print-done")["changed"])
        identifier = self.add_printer("Own words")
        self.ctl("message", "set", "print-done", "--printer", identifier, "--title", "Mine")
        self.assertEqual(self.json("message", "show", "print-done", "--printer", identifier)["title"], "Mine")
        self.assertNotEqual(self.json("message", "show", "print-done")["title"], "Mine")
        self.refused("message", "set", "print-done", "--picture", "nonsense")

    def test_mute(self):
        self.ctl("mute", "1h30m")
        self.assertRegex(self.json("status")["muted_until"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z)$")
        self.ctl("mute")
        self.assertTrue(self.json("status")["muted_until"].startswith("9999"))
        self.assertIn("unmute", self.ctl("status").stdout)
        self.ctl("unmute")
        self.assertIsNone(self.json("status")["muted_until"])

    def test_history(self):
        events = [int(self.ctl("send", "--title", title, "--text", "t").stdout) for title in ("One", "Two")]
        wait_until(lambda: len(self.json("history", "--state", "delivered")["messages"]) >= 2)
        rows = self.json("history", "--limit", "2")["messages"]
        self.assertEqual([set(row) for row in rows], [MESSAGE_KEYS, MESSAGE_KEYS])
        self.assertEqual([row["event"] for row in rows], events[::-1])
        self.assertEqual([row["title"] for row in rows], ["Two", "One"])
        self.assertEqual(self.json("history", "--state", "rejected")["messages"], [])
        self.assertEqual(self.json("history", "--printer", "nobody")["messages"], [])
        self.assertIn("Two", self.ctl("history").stdout)
        self.refused("history", "discard", str(rows[0]["id"]))

    def test_history_is_followed(self):
        process = self.session.spawn([CTL, "history", "--follow", "--json", "--limit", "1"],
                                     stdout=subprocess.PIPE, text=True)
        self.ctl("send", "--title", "Before", "--text", "t")
        title = None
        while title != "Before":
            row = json.loads(process.stdout.readline())
            self.assertEqual(set(row), MESSAGE_KEYS)
            title = row["title"]
        process.terminate()
        process.wait(10)
        process.stdout.close()

    def test_config(self):
        path = self.ctl("config", "path").stdout.strip()
        self.assertTrue(os.path.isfile(path) and path.startswith(self.session.folder))
        self.add_printer("Exported")
        backup = pathlib.Path(self.session.folder) / "backup.conf"
        self.ctl("config", "export", str(backup))
        self.assertEqual(backup.stat().st_mode & 0o777, 0o600)
        self.assertIn("Exported", backup.read_text(encoding="utf-8"))
        self.assertIn("Exported", self.ctl("config", "export", "-").stdout)
        self.ctl("printer", "remove", "exported")
        self.ctl("channel", "add", "desktop", "--name", "Not exported")
        self.ctl("config", "import", str(backup))
        self.assertEqual([entry["id"] for entry in self.json("channel", "list")["channels"]], ["desktop"])
        self.assertEqual(self.json("printer", "show", "exported")["name"], "Exported")
        self.refused("config", "import", "/proc/self/mem")

    def test_output_has_no_colours_without_terminal(self):
        self.add_printer()
        for line in ("status", "printer list", "channel list", "message list", "history"):
            self.assertNotIn("\033", self.ctl(*line.split()).stdout)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
