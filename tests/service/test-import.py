#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Settings of other programs, taken over by the running service: whole or not at all, and no secret anywhere but in a real
keyring. The files were written by a real OctoPrint and by Qt (tests/real/record-settings.py)."""

import json
import os
import pathlib
import sys
import unittest

from herald_session import OBJECT_PATH, HeraldSession

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "real"))

from settings_plugins import CODES, PASSWORD, SECRETS  # noqa: E402  pylint: disable=wrong-import-position

DATA = pathlib.Path(__file__).parent.parent / "data" / "import"
CONFIG = str(DATA / "config.yaml")
TRAY = str(DATA / "OctoTray.conf")
KEY = "0123456789ABCDEF0123456789ABCDEF"


def session(keyring=True):
    return HeraldSession(keyring=keyring, display=False, notifications=False)


def report(run, *arguments):
    return run.ctl_json("import", *arguments)["report"]


def rows(lines, outcome):
    return {(line["subject"], line["sentence"]) for line in lines if line["outcome"] == outcome}


def config_path(run):
    return pathlib.Path(run.environment["XDG_CONFIG_HOME"], "octoherald", "octoherald.conf")


def stored(run, owner, field):
    return run.run(["secret-tool", "lookup", "owner", owner, "field", field]).stdout


def n_stored(run):
    return run.run(["secret-tool", "search", "--all", "xdg:schema", "io.github.octoherald.Secret"]).stdout.count("[/")


def files_with(run, secret):
    """Those of the service; the keyring's own file is encrypted anyway."""
    return [str(path) for path in pathlib.Path(run.folder).rglob("*")
            if path.is_file() and secret.encode() in path.read_bytes()]


class Import(unittest.TestCase):
    def test_octoprint_file(self):
        with session() as run:
            run.ctl("printer", "add", "--url", "http://127.0.0.1:9", "--name", "MK4")
            before = config_path(run).read_text(encoding="utf-8")
            tried = report(run, CONFIG, "--dry-run")
            self.assertEqual(before, config_path(run).read_text(encoding="utf-8"))
            self.assertEqual(n_stored(run), 0)

            lines = report(run, CONFIG)
            self.assertEqual(lines, tried)
            self.assertIn(("Print started", "As in the other program: the words, the picture."), rows(lines, "taken"))
            channels = {row["type"]: row for row in run.ctl_json("channel", "list")["channels"]}
            mail = channels["email"]
            self.assertEqual([mail[key] for key in ("host", "port", "security", "user", "from", "cc", "phone", "gateway")],
                             ["mail.example.org", "465", "tls", "anna@example.org", "anna@example.org",
                              "ben@example.org, cleo@example.org", "5551234567", "vtext.com"])
            for field, key in (("api-key", "consumer_key"), ("api-secret", "consumer_secret"),
                               ("access-token", "access_token"), ("access-token-secret", "access_token_secret")):
                self.assertEqual(stored(run, channels["x"]["id"], field), CODES[key])
            self.assertEqual(stored(run, mail["id"], "password"), PASSWORD)
            self._check_messages(run, channels["x"]["id"], mail["id"])
            told = run.ctl("import", CONFIG).stdout
            for secret in SECRETS:
                self.assertEqual(files_with(run, secret), [])
                self.assertNotIn(secret, json.dumps(lines, ensure_ascii=False) + told + run.log())

    def _check_messages(self, run, x_id, mail_id):
        messages = {row["kind"]: row for row in run.ctl_json("message", "list")["messages"]}
        done = run.ctl_json("message", "show", "print-done")
        self.assertEqual(done["text-x"], "{name} ist fertig :tada: nach {time_formatted}")
        paused = run.ctl_json("message", "show", "print-paused")
        self.assertEqual((paused["text-x"], paused["picture"]), ("Pause bei {position}, – {{kurz}}", "none"))
        self.assertEqual(run.ctl_json("message", "show", "attention-needed")["repeat-lock"], 120)
        hears = {kind: row["enabled"] and (row["channels"] == "all" or x_id in row["channels"])
                 for kind, row in messages.items()}
        self.assertTrue(hears["printer-operational"] and hears["print-failed"])
        for kind in ("octoprint-stopped", "octoprint-unreachable", "file-uploaded", "attention-needed"):
            self.assertFalse(hears[kind], kind)
        self.assertNotIn(mail_id, messages["file-uploaded"]["channels"])
        self.assertEqual(messages["print-resumed"]["channels"], "all")

    def test_second_time_changes_nothing_and_says_so(self):
        with session() as run:
            report(run, CONFIG)
            report(run, TRAY)
            before = config_path(run).read_text(encoding="utf-8")
            n_before = n_stored(run)
            for file in (CONFIG, TRAY):
                lines = report(run, file)
                self.assertEqual(rows(lines, "taken"), set())
                self.assertIn(("Everything", "There is nothing new for OctoHerald, so nothing changes."),
                              rows(lines, "left"))
            self.assertEqual(before, config_path(run).read_text(encoding="utf-8"))
            self.assertEqual(n_stored(run), n_before)

    def test_octotray(self):
        with session() as run:
            run.ctl("printer", "add", "--url", "http://octopi.local", "--name", "Mine")
            lines = report(run, TRAY)
            self.assertIn(("octopi.local", "This printer is here already. It gets its key."), rows(lines, "taken"))
            printers = run.ctl_json("printer", "list")["printers"]
            self.assertEqual({row["url"].rstrip("/") for row in printers}, {"http://octopi.local", "http://192.168.7.20"})
            self.assertEqual(next(row["name"] for row in printers if "octopi" in row["url"]), "Mine")
            self.assertEqual(stored(run, "mine", "key"), KEY)
            left = rows(lines, "left")
            self.assertTrue(any("links" in subject for subject, _sentence in left), left)
            self.assertTrue(any(subject == "192.168.7.21" and "OctoPrint" in sentence for subject, sentence in left))

    def test_octoprint_desktop(self):
        with session() as run:
            (pathlib.Path(run.folder) / "own.json").write_text(json.dumps(
                [{"printerName": "Ender", "octoprintURL": "http://printerpi.local/ender", "apiKey": KEY},
                 {"printerName": "Broken", "octoprintURL": "gopher://x", "apiKey": "invalidapikey"}]), encoding="utf-8")
            lines = report(run, os.path.join(run.folder, "own.json"))
            self.assertEqual([row["name"] for row in run.ctl_json("printer", "list")["printers"]], ["Ender"])
            self.assertTrue(any(subject == "Broken" for subject, _sentence in rows(lines, "left")))

    def test_without_a_keyring_nothing_changes(self):
        with session(keyring=False) as run:
            before = config_path(run).read_text(encoding="utf-8")
            report(run, CONFIG, "--dry-run")
            self.assertIn("keyring", run.ctl("import", CONFIG, expect=1).stderr)
            self.assertEqual(before, config_path(run).read_text(encoding="utf-8"))
            self.assertEqual(run.ctl_json("channel", "list")["channels"], [])

    def test_settings_that_cannot_be_written_take_the_secrets_back(self):
        with session() as run:
            folder = config_path(run).parent
            folder.rename(folder.parent / "away")
            folder.write_text("in the way", encoding="utf-8")
            run.ctl("import", CONFIG, expect=1)
            self.assertEqual(n_stored(run), 0)
            self.assertEqual(run.ctl_json("channel", "list")["channels"], [])

            folder.unlink()
            (folder.parent / "away").rename(folder)
            report(run, CONFIG)
            self.assertEqual(n_stored(run), 5)

    def test_a_printer_of_several_alone_is_changed(self):
        with session() as run:
            for name in ("one", "two"):
                run.ctl("printer", "add", "--url", f"http://{name}.invalid", "--name", name)
            report(run, CONFIG, "--printer", "two", "--program", "octotweet")
            self.assertIn("{name} ist fertig", run.ctl_json("message", "show", "print-done", "--printer", "two")["text-x"])
            self.assertFalse(run.ctl_json("message", "show", "print-done").get("text-x"))
            self.assertEqual({row["type"] for row in run.ctl_json("channel", "list")["channels"]}, {"x"})

    def test_words_that_cost_more_or_are_too_long_are_told(self):
        with session(keyring=False) as run:
            path = pathlib.Path(run.folder, "config.yaml")
            path.write_text(json.dumps({"plugins": {"octotweet": {"events": {
                "printing_done": {"message": "Look at https://example.org/{name}"},
                "printing_failed": {"message": "x " * 200},
                "startup": {"message": ":no_such_emoji: {nmae}"}}}}}), encoding="utf-8")
            told = rows(report(run, str(path)), "changed")
            self.assertTrue(any(subject == "Print finished" and "$0.2" in sentence for subject, sentence in told), told)
            self.assertTrue(any(subject == "Print failed" and "too long" in sentence for subject, sentence in told), told)
            self.assertTrue(any("{nmae}" in sentence for _subject, sentence in told), told)
            self.assertEqual(len(told), len(rows(report(run, str(path), "--dry-run"), "changed")) + 2)

    def test_bad_input_is_refused_in_a_sentence(self):
        own = "[octoherald]\nversion=1\n"
        with session(keyring=False) as run:
            before = config_path(run).read_text(encoding="utf-8")
            for name, content in (("empty", b""), ("broken", b"a: [b\n"), ("binary", bytes(range(256))),
                                  ("other", b"plugins: {foo: {}}\n"), ("own", own.encode()), ("text", b"hello\n"),
                                  ("deep", b"[" * 5000), ("half", (DATA / "config.yaml").read_bytes()[:420]),
                                  ("bomb", b"a: &a [x,x]\n" + b"".join(
                                      b"%c: &%c [*%c,*%c,*%c]\n" % (i + 1, i + 1, i, i, i) for i in range(97, 120)))):
                path = pathlib.Path(run.folder, name)
                path.write_bytes(content)
                told = run.ctl("import", str(path), expect=1).stderr
                self.assertRegex(told, r"^[A-Z][^\n]{10,}\n$", name)
            path.write_bytes(b"x" * (4 * 1024 * 1024 + 1))
            self.assertIn("too long", run.ctl("import", str(path), expect=1).stderr)
            self.assertEqual(before, config_path(run).read_text(encoding="utf-8"))

    def test_usage_and_options(self):
        with session(keyring=False) as run:
            run.ctl("import", expect=2)
            run.ctl("import", CONFIG, "--from-printer", "x", expect=2)
            run.ctl("import", CONFIG, "--printer", "nobody", expect=1)
            run.ctl("import", CONFIG, "--program", "nothing", expect=1)
            run.ctl("import", "--from-printer", "nobody", expect=1)
            self.assertIn("There is no such option", run.call(
                OBJECT_PATH, "io.github.octoherald.OctoHerald.Service1.ImportForeign", "", "[byte 0x61]",
                "{'dryrun': <true>}").stderr)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
