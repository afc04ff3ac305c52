#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The printer is told what to do through octoheraldctl, which is content only when it is seen to have been done."""

from printing_scene import PrintingScene, dwell_gcode


class Control(PrintingScene):
    FILES = {**PrintingScene.FILES, "part.gcode": dwell_gcode(12), "last.gcode": "G4 P3000\n"}

    def command(self, name, state):
        """Done, and the server itself shows it."""
        self.session.ctl("printer", name, self.printer)
        self.assertEqual(self.server.state(), state)

    def refused(self, *names):
        """With a sentence that says what the printer is doing; nothing changes."""
        before = self.server.state()
        for name in names:
            answer = self.session.ctl("printer", name, self.printer, expect=1).stderr
            self.assertRegex(answer, r"^[A-Z][\w ,.]{20,}$")
        self.assertEqual(self.server.state(), before)

    def test_1_idle_printer_has_nothing_to_pause(self):
        self.refused("pause", "resume", "cancel", "connect")

    def test_2_print_is_paused_and_goes_on(self):
        self.start("part.gcode")
        self.wait_state("printing")
        self.refused("resume", "connect", "disconnect")
        self.command("pause", "Paused")
        self.refused("pause", "connect", "disconnect")
        self.command("resume", "Printing")
        self.assert_told("print-started", "print-paused", "print-resumed", "print-done")

    def test_2_print_that_is_over_at_once_has_been_resumed(self):
        self.start("last.gcode")
        self.wait_state("printing")
        self.session.ctl("printer", "pause", self.printer)
        self.session.ctl("printer", "resume", self.printer)
        self.assert_told("print-started", "print-paused", "print-resumed", "print-done")

    def test_3_print_is_cancelled(self):
        self.start("long.gcode")
        self.wait_state("printing")
        self.command("cancel", "Operational")
        self.assert_told("print-started", "print-cancelled")

    def test_4_paused_print_is_cancelled(self):
        self.start("long.gcode")
        self.wait_state("printing")
        self.command("pause", "Paused")
        self.command("cancel", "Operational")
        self.assert_told("print-started", "print-paused", "print-cancelled")

    def test_5_printer_is_disconnected_and_connected(self):
        self.session.ctl("printer", "disconnect", self.printer)
        self.assertIn(self.server.state(), ("Closed", "Offline"))
        self.refused("pause", "resume", "cancel", "disconnect")
        self.command("connect", "Operational")
        self.assert_told("printer-offline", "printer-operational")

    def test_6_printer_of_a_server_that_is_gone_can_be_told_nothing(self):
        self.server.stop()
        for name in ("pause", "connect"):
            answer = self.session.ctl("printer", name, self.printer, expect=1).stderr
            self.assertRegex(answer, r"^[A-Z][\w ,.]{20,}$")
        self.server.start()


if __name__ == "__main__":
    import tap
    tap.main()
