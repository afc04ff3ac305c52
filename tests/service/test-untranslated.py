#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""In the pseudo-language (tests/window/language.py) every text of the service, the shell tool and the icon is marked."""

import os
import pathlib
import re
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "window"), str(HERE.parent)]

from herald_session import CTL, SERVICE, HeraldSession, wait_until  # noqa: E402
from language import PSEUDO, Language  # noqa: E402
from shown_texts import words_outside  # noqa: E402
from panels import PanelSession, Xfce  # noqa: E402
from tray_scene import TrayScene, TrayTest  # noqa: E402

DEMO, PICTURE = os.environ["OCTOHERALD_DEMO"], os.environ["OCTOHERALD_PICTURE"]
COMMAND = re.compile(r"^  ([a-z]+(?: [a-z-]+)?)(?= |$)", re.M)
# What GLib says of every program, in its own translation
OF_GLIB = ("Usage:", "OPTION…", "Help Options:", "Application Options:", "Show help options", "-?, --help", "-h, --help",
           "Cannot parse integer value", "Unknown option", "Missing argument for", "for --")
# What is typed as it stands: programs, options, settings and their values
TYPED = re.compile(r"--[a-z-]+|\b[a-z0-9-]+=|octoherald[a-z-]*|\[[^\[\]⟦⟧]*\]|\b[A-Z][A-Z_]+\b|\S+@\S+|https?://\S+")


class PseudoWords:
    """A session that speaks the pseudo-language"""

    def _start_bus(self):
        # What the bus starts has the environment of the bus.
        self.language = Language(PSEUDO, pathlib.Path(self.folder, "locales"))
        self.environment.pop("LC_ALL", None)
        self.environment.update(self.language.environment)
        super()._start_bus()


class Pseudo(PseudoWords, HeraldSession):
    pass


class PseudoPanel(PseudoWords, PanelSession):
    def __init__(self, *arguments, **more):
        super().__init__(*arguments, **{**more, "notifications": True})


class Untranslated(unittest.TestCase):
    maxDiff = None

    @classmethod
    def setUpClass(cls):
        cls.session = Pseudo(notifications=True).__enter__()
        cls.addClassCleanup(cls.session.close)
        cls.typed = set(re.findall(r"[a-z]+", " ".join(cls.commands())))

    @classmethod
    def commands(cls):
        return COMMAND.findall(cls.session.ctl("--help").stdout)

    def strangers(self, text, *harmless):
        """Words that no translator was given"""
        for words in OF_GLIB:
            text = text.replace(words, " ")
        return [word for word in words_outside(TYPED.sub(" ", text), harmless) if word not in self.typed]

    def test_all_help(self):
        found = {}
        commands = self.commands()
        self.assertGreater(len(commands), 50)
        calls = [[CTL, "--help"], *([CTL, *command.split(), "--help"] for command in commands), [SERVICE, "--help"], [DEMO, "--help"],
                 [PICTURE, "--help"]]
        for call in calls:
            said = self.session.run(call)
            self.assertIn("⟦", said.stdout, call)
            strangers = self.strangers(said.stdout)
            if strangers:
                found[" ".join(call)] = strangers
        self.assertEqual(found, {})

    def check_output(self, *calls, harmless=()):
        """Of commands: what they print, also if they fail"""
        found = {}
        for call in calls:
            done = self.session.run([CTL, *call])
            said = done.stdout + done.stderr
            self.assertIn("⟦", said, call)
            strangers = self.strangers(said, *harmless)
            if strangers:
                found[" ".join(call)] = (strangers, said)
        self.assertEqual(found, {})

    def test_mistakes(self):
        self.check_output([], ["nonsense"], ["printer"], ["printer", "nonsense"], ["printer", "show", "nobody"], ["printer", "add"],
                   ["printer", "add", "--url"], ["printer", "add", "--nonsense"], ["channel", "add", "nonsense", "--name", "A"],
                   ["channel", "add", "email", "--name", "A", "port=x"], ["channel", "show", "nobody"], ["message", "show", "nonsense"],
                   ["message", "set", "print-done"], ["preference", "set", "history-days=x"], ["history", "--limit", "x"],
                   ["history", "--since", "x"], ["history", "retry", "7777"], ["mute", "x"], ["config", "import", "/nowhere"], ["send"],
                   harmless=("nonsense", "nobody", "print-done", "nowhere", "history", "email", "port", "limit"))

    def typed_values(self, *call):
        """What a command tells programs in one word: ids, values of settings; of one thing that is shown, also the names of settings"""
        def walk(value):
            if isinstance(value, str):
                yield from re.findall(r"[^\W\d_]+", value) if "⟦" not in value and " " not in value else ()
            for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
                yield from walk(inner)
        told = self.session.ctl_json(*call)
        return {*walk(told), *(re.findall(r"[a-z]+", " ".join(told)) if "show" in call else ())}

    def test_what_is_shown(self):
        for call in (["status"], ["printer", "list"], ["channel", "list"], ["channel", "show", "desktop"], ["channel", "types"],
                     ["message", "list"], ["message", "show", "print-done"], ["preference", "list"], ["printer", "discover"]):
            with self.subTest(call):
                self.check_output(call, harmless=("all", "false", *self.typed_values(*call)))

    def test_why_something_was_told(self):
        event = self.session.ctl("send", "--title", "7", "--text", "7", "--channels", "desktop").stdout.strip()
        self.check_output(["history", "why", event], harmless=self.typed_values("history", "why", event))
        self.session.ctl("channel", "add", "desktop", "--name", "9")
        self.check_output(["history", "why", event], ["history", "why", "7777"], harmless=self.typed_values("history", "why", event))

    def test_messages_are_worded_in_the_language(self):
        self.assertEqual(self.session.ctl_json("message", "show", "print-done")["title"], "⟦{printer}: prííñt fííñííshééd⟧")
        kinds = [message["kind"] for message in self.session.ctl_json("message", "list")["messages"]]
        self.assertGreater(len(kinds), 20)
        for kind in kinds:
            for form in self.session.ctl_json("render", kind, "--samples")["channels"]:
                with self.subTest(kind=kind, form=form["form"]):
                    self.assertIn("⟦", form["text"])
                    self.assertEqual(self.strangers(form["title"] + " " + form["text"], "My printer", "Thermal runaway"), [])

    def test_programs_are_told_the_same(self):
        """JSON, settings and what is typed have a point and English names, whatever the language"""
        def shape(value):
            if isinstance(value, dict):
                return {key: shape(inner) for key, inner in value.items()}
            return [shape(inner) for inner in value[:1]] if isinstance(value, list) else type(value).__name__

        def told(session):
            session.ctl("message", "set", "print-progress", "height=2.5")
            path = pathlib.Path(session.folder, "exported.conf")
            session.ctl("config", "export", str(path))
            session.ctl("config", "import", str(path))
            shapes = [shape(session.ctl_json(*call)) for call in (["status"], ["channel", "list"], ["channel", "types"], ["message", "list"],
                                                                  ["message", "show", "print-progress"], ["preference", "list"],
                                                                  ["render", "print-done", "--samples"], ["history"])]
            return session.ctl_json("message", "show", "print-progress")["height"], path.read_text(encoding="utf-8"), shapes
        with HeraldSession(notifications=True) as english:
            (height, exported, shapes), theirs = told(self.session), told(english)
        self.assertEqual((height, shapes), (theirs[0], theirs[2]))
        self.assertIn("height=2.5", exported)
        # Names of accounts are words for people.
        self.assertEqual(re.sub("⟦.*⟧", "Desktop", exported), theirs[1])


class UntranslatedIcon(TrayTest):
    """The icon, its menu and the notifications, of printers that print, wait and are away"""

    kind, names = Xfce, ("Bench", "Lab")

    @classmethod
    def setUpClass(cls):
        cls.scene = TrayScene(cls.kind, cls.names, session_class=PseudoPanel).__enter__()
        cls.addClassCleanup(cls.scene.close)

    def strangers(self, text):
        return words_outside(text, ("Bench", "Lab", "benchy", "gcode", "OctoHerald"))

    def check_menu(self):
        labels = [entry.label for entry in self.scene.reader.menu().walk() if entry.label]
        tip = self.scene.reader.item("ToolTip")
        texts = [*labels, *tip[2:], *self.scene.reader.state()[1:], self.scene.reader.item("Title")]
        self.assertGreater(sum("⟦" in text for text in texts), 5, texts)
        self.assertEqual([text for text in texts if self.strangers(text)], [])

    def test_menu_and_notifications(self):
        bench, lab = self.scene.printers
        self.check_menu()
        bench.print_something()
        self.check_menu()
        self.scene.session.run([CTL, "printer", "pause", bench.id])
        bench.wait_for("paused")
        lab.print_something()
        lab.play("/demo/fault", fault="revoked")
        self.scene.session.run([CTL, "mute", "1h"])
        self.check_menu()
        shown = wait_until(lambda: len(found := self.scene.session.notifications()) >= 2 and found)
        self.assertEqual([note for note in shown if self.strangers(f"{note['summary']} {note['body']}")], [])


if __name__ == "__main__":
    import tap
    sys.exit(tap.main())
