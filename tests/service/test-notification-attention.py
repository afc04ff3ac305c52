#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A printer that waits for somebody, on the desktop: it stays until it is settled, and can be put off."""

import pathlib
import sys
import unittest

from herald_session import wait_until
from notification_scene import KEY, NotificationSession

NORMAL, CRITICAL, NEVER = 1, 2, 0


class Attention(unittest.TestCase):
    def setUp(self):
        self.session = self.enterContext(NotificationSession(keyring=True))
        self.ctl = self.session.ctl
        for kind in ("print-started", "print-progress", "print-done", "attention-needed", "print-cancelled"):
            self.ctl("message", "set", kind, "--picture", "none")
        self.ctl("message", "set", "print-progress", "step=25", "spacing=0", "min-print=0", "minutes=0")
        self.session.add_printer()
        self.session.play("print", file="benchy.gcode", seconds=300, outcome="done")
        self.session.wait_for("print started")
        wait_until(lambda: self.session.printer()["state"] == "printing")

    def ask(self):
        self.session.play("plugin", plugin="action_command_prompt",
                          data={"action": "show", "text": "Change the filament?", "choices": ["Yes", "No"]})
        return self.session.wait_for("needs you")

    def settle(self):
        self.session.play("plugin", plugin="action_command_prompt", data={"action": "close"})
        wait_until(lambda: not self.session.printer()["attention"])

    def test_it_stays_until_it_is_settled(self):
        shown = self.ask()
        self.assertIn("Change the filament?", shown["text"])
        self.assertEqual((shown["hints"]["urgency"], shown["expires"], shown["hints"]["resident"]), (CRITICAL, NEVER, True))
        self.assertEqual(shown["buttons"], ["default", "snooze", "open"])
        wait_until(lambda: self.session.closed() == [1])
        self.session.click(2, "default")
        self.settle()
        wait_until(lambda: self.session.closed() == [1, 2])

    def test_progress_does_not_hide_it_and_the_end_takes_both_away(self):
        self.ask()
        self.session.play("advance", seconds=100)
        progress = self.session.wait_for(" %")
        self.assertEqual(progress["replaces"], 0)
        self.session.play("advance", seconds=200)
        self.session.wait_for("print finished")
        wait_until(lambda: sorted(self.session.closed()) == [1, 2, 3])

    def test_put_off_it_comes_again_only_if_it_is_still_true(self):
        self.ask()
        self.session.click(2, "snooze")
        waiting = wait_until(lambda: self.session.history(kind="attention-needed", state="pending"))[0]
        wait_until(lambda: self.session.closed() == [1, 2])
        self.ctl("history", "retry", str(waiting["id"]))
        again = self.session.wait_for("needs you", 2)
        self.assertEqual((again["expires"], again["hints"]["urgency"]), (NEVER, CRITICAL))

        self.session.click(3, "snooze")
        waiting = wait_until(lambda: self.session.history(kind="attention-needed", state="pending"))[0]
        self.settle()
        self.ctl("history", "retry", str(waiting["id"]))
        row = wait_until(lambda: self.session.history(kind="attention-needed", state="superseded"))[0]
        self.assertEqual(row["reason"], "Not shown again: it is not true any more.")
        self.assertEqual(len(self.session.history(kind="attention-needed")), 3)

    def test_it_goes_with_its_printer(self):
        self.ask()
        wait_until(lambda: self.session.closed() == [1])
        self.ctl("printer", "remove", "bench")
        wait_until(lambda: self.session.closed() == [1, 2])

    def lose_printer(self):
        """Until nobody believes any more that it comes back at once, and until it is back."""
        self.session.play("fault", fault="refuse", seconds=25)
        wait_until(lambda: not self.session.printer()["attention"])
        wait_until(lambda: self.session.printer()["connection"] == "connected", 60)

    def test_loss_of_the_network_settles_nothing(self):
        self.ask()
        wait_until(lambda: self.session.closed() == [1])
        self.lose_printer()
        wait_until(lambda: self.session.printer()["attention"])
        self.assertEqual(self.session.closed(), [1])
        self.settle()
        wait_until(lambda: self.session.closed() == [1, 2])

    def test_new_key_settles_nothing(self):
        self.ask()
        wait_until(lambda: self.session.closed() == [1])
        self.ctl("printer", "set", "bench", "--key-file", "-", input=KEY)
        wait_until(lambda: self.session.printer()["attention"])
        self.assertEqual(self.session.closed(), [1])

    def test_what_was_settled_meanwhile_goes_when_the_printer_is_back(self):
        self.ctl("message", "set", "print-done", "--disable")
        self.ask()
        self.session.play("advance", seconds=280)
        wait_until(lambda: self.session.closed() == [1])
        self.lose_printer()
        wait_until(lambda: 2 in self.session.closed())

    def test_put_off_it_goes_with_its_printer(self):
        self.ask()
        self.session.click(2, "snooze")
        waiting = wait_until(lambda: self.session.history(kind="attention-needed", state="pending"))[0]
        self.ctl("printer", "remove", "bench")
        self.ctl("history", "retry", str(waiting["id"]))
        wait_until(lambda: self.session.history(kind="attention-needed", state="superseded"))
        self.assertEqual(len([row for row in self.session.shown_all() if "needs you" in row["title"]]), 1)

    def test_put_off_it_keeps_quiet_while_everything_is_muted(self):
        self.ask()
        self.session.click(2, "snooze")
        waiting = wait_until(lambda: self.session.history(kind="attention-needed", state="pending"))[0]
        self.ctl("mute", "2h")
        self.ctl("history", "retry", str(waiting["id"]))
        row = wait_until(lambda: self.session.history(kind="attention-needed", state="superseded"))[0]
        self.assertEqual(row["reason"], "Not shown again: everything is muted.")

    def test_settled_while_it_is_being_shown(self):
        self.session.set_server(delay_ms=2000)
        self.ask()
        self.settle()
        wait_until(lambda: 2 in self.session.closed())

    def test_settled_before_it_is_shown_is_only_news(self):
        self.session.stop_server()
        self.session.play("plugin", plugin="action_command_prompt", data={"action": "show", "text": "Why?", "choices": ["No"]})
        wait_until(lambda: self.session.history(kind="attention-needed", state="deferred"))
        self.settle()
        self.session.start_server()
        shown = self.session.wait_for("needs you")
        self.assertEqual((shown["expires"], shown["hints"]["urgency"], shown["buttons"]), (-1, NORMAL, ["default", "open"]))

    def test_after_a_restart_it_is_known(self):
        self.ask()
        wait_until(lambda: self.session.closed() == [1])
        self.session.stop_service()
        self.session.start_service()
        wait_until(lambda: self.session.printer()["attention"])
        self.assertEqual(self.session.closed(), [1])
        self.session.click(2, "snooze")
        wait_until(lambda: self.session.history(kind="attention-needed", state="pending"))
        wait_until(lambda: self.session.closed() == [1, 2])

    def test_after_a_restart_another_server_has_shown_nothing(self):
        self.ask()
        # What said that the print has begun goes a moment later.
        wait_until(lambda: self.session.closed() == [1])
        self.session.stop_service()
        self.session.stop_server()
        self.session.start_server()
        self.session.start_service()
        wait_until(lambda: self.session.printer()["attention"])
        n_closed = len(self.session.closed())
        self.session.click(2, "snooze")
        self.settle()
        self.assertEqual(len(self.session.closed()), n_closed)
        self.assertFalse(self.session.history(kind="attention-needed", state="pending"))

    def test_muted_print_still_calls_for_somebody(self):
        self.ctl("printer", "mute", "bench")
        self.ask()
        self.session.play("advance", seconds=300)
        wait_until(lambda: not self.session.printer()["print_muted"])
        self.assertFalse([row for row in self.session.shown_all() if "%" in row["title"] or "finished" in row["title"]])
        self.assertEqual([(row["state"], row["reason"]) for row in self.session.history(kind="print-done")],
                         [("cancelled", "Not told: this print was muted.")])

    def test_other_server_is_told_anew(self):
        """What another server has shown cannot be taken away, and nothing of the new one is taken for it."""
        self.ask()
        # What said that the print has begun goes a moment later.
        wait_until(lambda: self.session.closed() == [1])
        self.session.stop_server()
        self.session.start_server()
        n_closed = len(self.session.closed())
        self.settle()
        self.session.play("advance", seconds=300)
        self.session.wait_for("print finished")
        self.assertEqual(len(self.session.closed()), n_closed)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).parent.parent))
    import tap
    tap.main()
