#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a print looks like on the desktop, and what the buttons of its notifications do."""

import pathlib
import sys
import unittest

from herald_session import wait_until
from notification_scene import NotificationSession
from tray_panel import TrayPanel

WINDOW = "io.github.octoherald.OctoHerald"
LOW, NORMAL, CRITICAL = 0, 1, 2


class Prints(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(NotificationSession(keyring=True))
        self.ctl = self.session.ctl
        for kind in ("print-started", "print-progress", "print-done", "print-paused", "print-resumed", "print-cancelled"):
            self.ctl("message", "set", kind, "--picture", "none")
        self.ctl("message", "set", "print-progress", "step=25", "spacing=0", "min-print=0", "minutes=0")
        self.session.add_printer()

    def print_file(self, seconds=300, file="benchy.gcode"):
        self.session.play("print", file=file, seconds=seconds, outcome="done")
        shown = self.session.wait_for("print started")
        self.wait_for_state("printing")
        return shown

    def wait_for_state(self, state):
        wait_until(lambda: self.session.printer()["state"] == state)

    def advance(self, seconds):
        self.session.play("advance", seconds=seconds)

    def test_progress_takes_the_place_of_the_start_and_the_end_is_noticed(self):
        self.print_file(100)
        self.advance(30)
        first = self.session.wait_for(" %")
        self.advance(30)
        second = self.session.wait_for(" %", 2)
        self.advance(60)
        end = self.session.wait_for("print finished")

        # The fake numbers what is new: the start is 1, the end is 2.
        self.assertEqual([row["replaces"] for row in (first, second, end)], [1, 1, 0])
        self.assertEqual([row["hints"]["urgency"] for row in (first, second, end)], [LOW, LOW, NORMAL])
        wait_until(lambda: self.session.closed() == [1])
        self.assertEqual({row["hints"]["desktop-entry"] for row in self.session.shown_all()},
                         {"io.github.octoherald.OctoHerald"})
        self.assertFalse([row for row in self.session.shown_all() if "value" in row["hints"]])

    def test_buttons_fit_what_happens(self):
        self.assertEqual(self.print_file()["buttons"], ["default", "pause", "mute", "open"])
        self.ctl("printer", "pause", "bench")
        self.assertEqual(self.session.wait_for("print paused")["buttons"], ["default", "resume", "snooze", "open"])
        self.ctl("printer", "resume", "bench")
        self.assertEqual(self.session.wait_for("print resumed")["buttons"], ["default", "pause", "mute", "open"])
        self.ctl("printer", "cancel", "bench")
        self.assertEqual(self.session.wait_for("print cancelled")["buttons"], ["default", "open"])

    def test_pause_is_taken_away_when_the_print_goes_on(self):
        self.ctl("message", "set", "print-resumed", "--disable")
        self.print_file()
        self.ctl("printer", "pause", "bench")
        self.session.wait_for("print paused")
        wait_until(lambda: self.session.closed() == [1])
        self.ctl("printer", "resume", "bench")
        wait_until(lambda: self.session.closed() == [1, 2])

    def test_mute_button_mutes_this_print_only(self):
        self.print_file()
        self.session.click(1, "mute")
        wait_until(lambda: self.session.printer()["print_muted"])
        wait_until(lambda: self.session.closed() == [1])
        self.ctl("printer", "cancel", "bench")
        self.wait_for_state("operational")
        wait_until(lambda: not self.session.printer()["print_muted"])
        self.print_file(file="next.gcode")
        self.session.wait_for("print started", 2)
        self.assertFalse([row for row in self.session.shown_all() if "cancelled" in row["title"]])

    def test_muted_print_is_muted_after_a_restart(self):
        self.print_file()
        self.ctl("printer", "mute", "bench")
        self.ctl("mute", "2h")
        self.session.stop_service()
        self.session.start_service()
        self.assertTrue(self.session.printer()["print_muted"])
        self.assertTrue(self.session.ctl_json("status")["muted_until"])
        self.ctl("unmute")
        self.wait_for_state("printing")
        self.ctl("printer", "pause", "bench")
        self.wait_for_state("paused")
        self.ctl("printer", "resume", "bench")
        self.wait_for_state("printing")
        self.ctl("printer", "unmute", "bench")
        self.ctl("printer", "pause", "bench")
        self.session.wait_for("print paused")
        titles = [row["title"] for row in self.session.shown_all()]
        self.assertEqual([len([title for title in titles if word in title]) for word in ("paused", "resumed")], [1, 0])

    def test_mute_without_end_stays_so(self):
        self.ctl("mute")
        self.session.stop_service()
        self.session.start_service()
        self.assertRegex(self.session.ctl_json("status")["muted_until"], "^9999")
        self.ctl("unmute")
        self.session.stop_service()
        self.session.start_service()
        self.assertIsNone(self.session.ctl_json("status")["muted_until"])

    def test_no_print_cannot_be_muted(self):
        self.assertIn("Nothing is being printed", self.ctl("printer", "mute", "bench", expect=1).stderr)
        self.ctl("printer", "unmute", "bench")

    def test_late_click_is_answered_with_a_sentence(self):
        self.print_file()
        self.session.click(1, "resume")
        self.assertIn("No print is paused", self.session.wait_for("Bench", 2)["text"])
        self.ctl("printer", "cancel", "bench")
        self.session.wait_for("print cancelled")
        self.assertEqual(self.session.closed(), [1])

        # The fake does not care that number 1 is closed, but we do.
        n_shown = len(self.session.shown_all())
        self.session.click(1, "pause")
        self.session.click(3, "pause")
        answer = wait_until(lambda: self.session.shown_all()[n_shown:])
        self.assertEqual([row["text"] for row in answer], ["This print is over already, so nothing was changed."])

    def test_click_beside_the_buttons_opens_the_window_at_the_printer(self):
        panel = TrayPanel(self.session)
        self.addCleanup(panel.close)
        pathlib.Path(self.session.folder, "services", "window.service").write_text(
            f"[D-BUS Service]\nName={WINDOW}\nExec=/bin/false\n", encoding="utf-8")
        panel.play_window(WINDOW)
        panel.bus_call("ReloadConfig", None)
        self.print_file()
        self.session.click(1, "default", "token-1")
        self.session.click(1, "open")
        wait_until(lambda: len(panel.window) == 2)
        self.assertEqual([call[:3] for call in panel.window], [("ActivateAction", "show-printer", ["bench"])] * 2)

        # The token of a click is its own, and not that of the next.
        self.assertEqual(panel.window[0][3]["activation-token"], "token-1")
        self.assertNotIn("activation-token", panel.window[1][3])

    def test_snoozed_message_waits_in_the_outbox(self):
        self.print_file()
        self.ctl("printer", "pause", "bench")
        paused = self.session.wait_for("print paused")
        self.session.click(2, "snooze")
        row = wait_until(lambda: self.session.history(kind="print-paused", state="pending"))[0]
        self.assertIn("put it off", row["note"])
        self.assertIn("Next try at", row["reason"])
        wait_until(lambda: self.session.closed() == [1, 2])

        self.session.stop_service()
        self.session.start_service()
        self.wait_for_state("paused")
        self.assertEqual(len(self.session.history(kind="print-paused", state="pending")), 1)
        self.ctl("history", "retry", str(row["id"]))
        self.assertEqual(self.session.wait_for("print paused", 2)["text"], paused["text"])

        self.session.click(3, "snooze")
        row = wait_until(lambda: self.session.history(kind="print-paused", state="pending"))[0]
        self.ctl("printer", "resume", "bench")
        self.session.wait_for("print resumed")
        self.ctl("history", "retry", str(row["id"]))
        row = wait_until(lambda: self.session.history(kind="print-paused", state="superseded"))[0]
        self.assertEqual(row["reason"], "Not shown again: it is not true any more.")


class Words(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(NotificationSession())

    def send(self, title, text, *more):
        self.session.ctl("send", "--title", title, "--text", text, *more)
        return self.session.wait_for(title)

    def test_novel_is_cut(self):
        shown = self.send("Novel", "word " * 2000)
        self.assertLessEqual(len(shown["text"]), 1001)
        self.assertTrue(shown["text"].endswith("…"))

    def test_message_of_no_printer_has_no_dead_buttons(self):
        self.assertEqual([id for id in self.send("Hello", "there")["buttons"] if id != "default"], [])

    def test_icon_is_ours_where_there_is_no_picture(self):
        shown = self.send("Plain", "words")
        self.assertEqual((shown["icon"], "image-path" in shown["hints"]), ("io.github.octoherald.OctoHerald", False))

    def test_picture_is_shown_as_a_file(self):
        picture = pathlib.Path(__file__).parent.parent.parent / "data/pictures/camera-offline.png"
        shown = self.send("Look", "here", "--picture", str(picture))
        self.assertRegex(shown["hints"]["image-path"], "^file:///.*[.](png|jpg)$")


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
