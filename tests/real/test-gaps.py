#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What happens while the service is away is told when it is back: once, as found out, and with the time it was away."""

import time

from printing_scene import PrintingScene, dwell_gcode, wait_until

AWAY = r"While disconnected \([0-2][0-9]:[0-5][0-9]–[0-2][0-9]:[0-5][0-9]\)"


class Gaps(PrintingScene):
    FILES = {"short.gcode": dwell_gcode(3), "other.gcode": dwell_gcode(2), "longer.gcode": dwell_gcode(9),
             "long.gcode": dwell_gcode(60)}

    def leave(self, killed=False):
        """From now on nobody watches."""
        # What is on its way could not be known to have arrived, and would be sent again.
        wait_until(lambda: self.session.ctl_json("status")["outbox"]["waiting"] == 0)
        if killed:
            self.session.service.kill()
            self.session.service.wait()
        else:
            self.session.stop_service()

    def wait_idle(self):
        """Until the server has written down how its print ended."""
        self.server.wait_state("Operational", 30)
        time.sleep(1)

    def come_back(self):
        self.session.start_service()

    def assert_gap(self, sentence):
        """What `status` says of it."""
        self.assertRegex(self.status()["gap"], "^Not connected from [0-9:]+ to [0-9:]+")
        self.assertIn(sentence, self.status()["gap"])
        self.assertIn(sentence, self.session.ctl("status").stdout)

    def test_10_nothing_happened(self):
        for killed in (False, True):
            self.leave(killed)
            self.come_back()
            self.assert_told()
            wait_until(lambda: self.status()["gap"])
            self.assert_gap("Nothing was missed.")

    def test_20_end_of_a_print(self):
        for killed in (False, True):
            self.start("short.gcode")
            self.leave(killed)
            self.wait_idle()
            self.come_back()
            done = self.assert_told("print-started", "print-done (reconciled)")[-1]
            self.assertRegex(done["text"], f"^✅ short is done after 00:00:0[0-9]\\. {AWAY}")
            self.assert_gap("1 event was found out afterwards.")

    def test_21_end_of_a_print_in_the_words_of_the_user(self):
        self.session.ctl("message", "set", "print-done", "--text", "Ready: {file}")
        self.start("short.gcode")
        self.leave()
        self.wait_idle()
        self.come_back()
        done = self.assert_told("print-started", "print-done (reconciled)")[-1]
        self.session.ctl("message", "reset", "print-done")
        self.session.ctl("message", "set", "print-done", "--enable")
        self.assertRegex(done["text"], f"^Ready: short\\W+{AWAY}")

    def test_30_cancelled_print(self):
        self.start("long.gcode")
        self.leave()
        self.server.cancel()
        self.wait_idle()
        self.come_back()
        cancelled = self.assert_told("print-started", "print-cancelled (reconciled)")[-1]
        self.assertRegex(cancelled["text"], AWAY)

    def test_31_failed_print(self):
        self.start("long.gcode")
        self.leave(killed=True)
        self.server.debug("trigger_fatal_error_marlin")
        wait_until(lambda: self.server.state() not in ("Printing", "Operational"))
        time.sleep(1)
        self.come_back()
        failed = self.assert_told("print-started", "print-failed (reconciled)", settle=8)[-1]
        self.assertIn("Thermal Runaway", failed["text"])
        self.assertRegex(failed["text"], AWAY)
        self.reconnect()

    def test_40_two_prints(self):
        self.leave()
        for name in ("short.gcode", "other.gcode"):
            self.server.print_file(name)
            self.wait_idle()
        self.come_back()
        done = self.assert_told("print-done (reconciled)", "print-done (reconciled)")
        self.assertEqual(sorted(message["text"].split()[1] for message in done), ["other", "short"])
        self.assert_gap("2 events were found out afterwards.")

    def test_41_one_print_twice(self):
        self.start("short.gcode")
        self.leave()
        self.wait_idle()
        self.server.print_file("short.gcode")
        self.wait_idle()
        self.come_back()
        self.assert_told("print-started", "print-done (reconciled)", "print-done (reconciled)")

    def test_50_print_begins(self):
        self.leave()
        self.server.print_file("longer.gcode")
        self.server.wait_state("Printing", 20)
        self.come_back()
        self.assert_told("print-started (reconciled)", "print-done")

    def test_51_one_print_ends_and_another_begins(self):
        self.start("short.gcode")
        self.leave()
        self.wait_idle()
        self.server.print_file("longer.gcode")
        self.server.wait_state("Printing", 20)
        self.come_back()
        self.assert_told("print-started", "print-done (reconciled)", "print-started (reconciled)", "print-done")

    def test_52_print_is_paused_and_goes_on(self):
        self.start("longer.gcode")
        self.leave()
        self.server.pause()
        self.server.wait_state("Paused", 20)
        self.come_back()
        self.wait_told("print-started", "print-paused (reconciled)")
        self.leave()
        self.server.resume()
        self.server.wait_state("Printing", 20)
        self.come_back()
        self.assert_told("print-started", "print-paused (reconciled)", "print-resumed (reconciled)", "print-done")

    def test_90_every_message_is_one_mail(self):
        self.assert_mails_are_complete()


if __name__ == "__main__":
    import tap
    tap.main()
