#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Notification servers that fail, lie, say nothing or come and go."""

import pathlib
import re
import sys
import time
import unittest

from herald_session import OBJECT_PATH, wait_until
from notification_scene import NotificationSession

ALL = ["actions", "body", "body-hyperlinks", "body-markup", "icon-static", "persistence"]

# Many times what an answer takes on a busy computer, and a fraction of what a silent server is waited for
ANSWER_S = 2

# How far off a next try is, that the server's coming makes needless
WAIT_S = 8


class Servers(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(NotificationSession())

    def send(self, title, text="Words"):
        self.session.ctl("send", "--title", title, "--text", text)

    def wait_for_row(self, title, *states):
        return wait_until(lambda: next((row for row in self.session.history(title=title) if row["state"] in states), None))

    def ask_service(self):
        began = time.monotonic()
        self.session.call(OBJECT_PATH, "org.freedesktop.DBus.Properties.Get", "io.github.octoherald.OctoHerald.Service1",
                          "Version")
        return time.monotonic() - began

    def test_silent_server_blocks_nothing(self):
        for silent in (["Notify"], ["GetCapabilities"], ["GetServerInformation"]):
            self.session.stop_server()
            self.session.set_server(silent=silent)
            self.session.start_server()
            self.send("Silence")
            wait_until(lambda: self.session.calls(silent[0]))
            self.assertLess(max(self.ask_service() for _ in range(5)), ANSWER_S, silent)

    def test_silence_after_the_message_is_doubt(self):
        self.session.set_server(silent=["Notify"])
        self.send("Doubt")
        row = self.wait_for_row("Doubt", "deferred")
        self.assertIn("did not answer", row["reason"])

    def test_silence_before_the_message_is_none(self):
        self.session.set_server(silent=["GetCapabilities"])
        self.send("Late")
        row = self.wait_for_row("Late", "deferred")
        self.assertIn("does not answer", row["reason"])
        self.session.set_server()
        self.session.stop_server()
        self.session.start_server()
        self.wait_for_row("Late", "delivered")
        self.assertEqual(len(self.session.shown_all()), 1)

    def test_refusal_is_told(self):
        self.session.set_server(errors={"Notify": "org.freedesktop.Notifications.Error.ExcessNotificationGeneration"})
        self.send("Refused")
        self.assertIn("refused the message", self.wait_for_row("Refused", "rejected")["reason"])

    def test_server_without_a_name_gets_plain_words(self):
        self.session.set_server(errors={"GetServerInformation": "org.freedesktop.DBus.Error.UnknownMethod"})
        self.send("Nameless")
        self.session.wait_for("Nameless")

    def test_capabilities_decide_what_is_sent(self):
        for capabilities, text in ((ALL, "1 &lt; 2 &amp; &lt;b&gt;x&lt;/b&gt;"), (["body"], "1 < 2 & <b>x</b>"), ([], "")):
            self.session.stop_server()
            self.session.set_server(capabilities=capabilities)
            self.session.start_server()
            title = f"Can {len(capabilities)}"
            self.send(title, "1 < 2 & <b>x</b>")
            shown = self.session.wait_for(title)
            self.assertEqual(shown["text"], text)
            self.assertEqual(shown["title"], title if text else title + " – 1 < 2 & <b>x</b>")
            self.assertFalse(shown["actions"] and "actions" not in capabilities)

    def test_other_server_is_asked_itself(self):
        self.session.stop_server()
        self.session.set_server(capabilities=[], silent=["GetServerInformation"])
        self.session.start_server()
        self.send("Changed")
        wait_until(lambda: self.session.calls("GetServerInformation"))

        # It takes the name of the first, which ends without an answer.
        self.session.set_server(capabilities=ALL)
        self.session.server.stdin.close()
        self.session.start_server()
        self.assertEqual(self.session.wait_for("Changed")["text"], "Words")

    def test_who_refuses_to_answer_is_not_absent(self):
        self.session.set_server(errors={"GetCapabilities": "org.freedesktop.DBus.Error.AccessDenied"})
        self.send("Closed")
        self.assertIn("does not say what it can do", self.wait_for_row("Closed", "deferred")["reason"])

    def test_who_is_not_there_has_shown_nothing(self):
        self.session.set_server(errors={"Notify": "org.freedesktop.DBus.Error.ServiceUnknown"})
        self.send("Gone")
        for number in (1, 2, 3):
            wait_until(lambda number=number: len(self.session.calls("Notify")) >= number)
            row = self.wait_for_row("Gone", "deferred", "probable")
            self.session.ctl("history", "retry", str(row["id"]))
        self.session.set_server()
        wait_until(lambda: len(self.session.calls("Notify")) > 3)
        self.session.stop_server()
        self.session.start_server()
        self.wait_for_row("Gone", "delivered")
        self.assertEqual(len(self.session.history()), 1)

    def test_number_0_names_nothing(self):
        self.session.set_server(id=0)
        self.send("Zero")
        row = self.wait_for_row("Zero", "delivered")
        self.assertIsNone(row["remote_id"])
        self.session.click(0, "default")
        self.session.emit("NotificationClosed", "(uu)", 0, 2)
        self.send("Zero again")
        self.wait_for_row("Zero again", "delivered")
        self.assertEqual([row["replaces"] for row in self.session.shown_all()], [0, 0])

    def test_closed_at_once_is_shown(self):
        self.session.set_server(closes=True)
        self.send("Short")
        self.wait_for_row("Short", "delivered")

    def test_flood_of_unknown_numbers_is_nothing(self):
        self.send("Known")
        self.session.wait_for("Known")
        for number in range(2, 2002):
            self.session.emit("NotificationClosed", "(uu)", number, 2)
            self.session.click(number, "pause" if number % 2 else "x" * 500, "token")
        self.send("After")
        self.wait_for_row("After", "delivered")
        self.assertLess(self.ask_service(), ANSWER_S)
        self.assertEqual(len(self.session.history()), 2)

    def test_wrong_signals_are_nothing(self):
        self.send("Known")
        self.session.wait_for("Known")
        self.session.emit("ActionInvoked", "(ss)", "1", "open")
        self.session.emit("NotificationClosed", "(u)", 1)
        self.session.emit("ActivationToken", "(uu)", 1, 1)
        self.session.click(1, "no such button")
        self.send("After")
        self.wait_for_row("After", "delivered")

    def test_do_not_disturb_is_remarked_and_respected(self):
        self.session.stop_server()
        self.session.set_server(capabilities=[*ALL, "inhibitions"], inhibited=True)
        self.session.start_server()
        self.send("Quiet")
        row = self.wait_for_row("Quiet", "delivered")
        self.assertIn("Do not disturb", row["reason"])
        shown = self.session.wait_for("Quiet")
        self.assertEqual(shown["hints"]["urgency"], 1)
        self.assertEqual(len(self.session.shown_all()), 1)

    def test_another_server_does_not_know_our_numbers(self):
        self.send("Mine")
        self.session.wait_for("Mine")
        self.session.stop_server()
        self.session.start_server()
        self.session.click(1, "default")
        self.send("Mine", "Other words")
        self.assertEqual(self.session.wait_for("Mine", 2)["replaces"], 0)

    def test_bus_that_was_killed_is_used_again(self):
        self.send("Before")
        self.session.wait_for("Before")
        self.session.bus.kill()
        self.session.bus.wait(10)
        self.session.start_bus()
        self.session.start_server()
        wait_until(self.session.has_owner)
        self.send("After")
        self.session.wait_for("After")
        self.wait_for_row("After", "delivered")


class Missing(unittest.TestCase):
    def test_missed_messages_are_told_when_the_server_comes(self):
        session = self.enterContext(NotificationSession(starts_server=False))
        session.ctl("channel", "add", "desktop", "--name", "Desktop")
        session.ctl("send", "--title", "Missed", "--text", "Words")
        row = wait_until(lambda: next((row for row in session.history() if row["state"] == "deferred"), None))
        self.assertIn("no notification service", row["reason"])

        # Long before its next try: the pauses between them grow.
        wait_until(lambda: self.seconds_to_next_try(session) > WAIT_S, 100)
        began = time.monotonic()
        session.start_server()
        session.wait_for("Missed")
        self.assertLess(time.monotonic() - began, WAIT_S)

    def test_missed_messages_are_told_when_the_bus_comes(self):
        """Server and bus are there before the service is: nobody tells it that the server came."""
        session = self.enterContext(NotificationSession(service=None, keyring=True))
        session.environment["G_MESSAGES_DEBUG"] = "herald-flight"
        session.start_service()
        session.ctl("message", "set", "print-started", "--picture", "none")
        session.add_printer()
        session.bus.kill()
        session.bus.wait(10)
        session.play("print", file="benchy.gcode", seconds=900, outcome="done")
        wait_until(lambda: self.read_wait_s(session) > WAIT_S, 100)
        session.start_bus()
        session.start_server()
        wait_until(session.has_owner, 60)
        began = time.monotonic()
        session.wait_for("print started")
        self.assertLess(time.monotonic() - began, WAIT_S)

    def read_wait_s(self, session):
        """After how long what could not be shown is tried again, while nobody can be asked."""
        waits = re.findall(r"again in (\d+) ms", session.log())
        return int(waits[-1]) / 1000 if waits else 0

    def seconds_to_next_try(self, session):
        moment = re.search(r"Next try at (\d+):(\d+):(\d+)", session.history()[0]["reason"] or "")
        if moment is None:
            return 0
        hours, minutes, seconds = map(int, moment.groups())
        now = time.localtime()
        return (hours - now.tm_hour) % 24 * 3600 + (minutes - now.tm_min) * 60 + seconds - now.tm_sec


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
