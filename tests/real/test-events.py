#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Prints that are paused, cancelled, lost, and printers that call for somebody: each is told once, by one message."""

import time

from printing_scene import PrintingScene, TWO, VERSION, dwell_gcode

# Moves instead of waiting: they take their time on a virtual printer that says it is busy, too.
MOVES = "".join(f"G1 X{20 * step} F1200\n" for step in range(1, 5))

WAIT = dwell_gcode(1.5)

# Before 2.0 nobody says that a print that was paused is lost.
LOST = "print-failed" if TWO else "print-failed (inferred)"


class Events(PrintingScene):
    FILES = {
        **PrintingScene.FILES,
        "short.gcode": dwell_gcode(3),
        "part.gcode": dwell_gcode(6),
        "filament.gcode": f"G28\nG1 Z0.2 F3000\n{MOVES}M600\nG1 X0 Z0.4 F3000\n{MOVES}",
        "stop.gcode": f"{WAIT}M0 Put the nuts in\n{WAIT}",
        "two-stops.gcode": f"{WAIT}M0 Put the nuts in\n{WAIT}M0 Put the bolts in\n{WAIT}",
    }

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Calls of one test shall not keep those of the next from being told.
        cls.session.ctl("message", "set", "attention-needed", "repeat-lock=0")

    # ── A person, and nobody else ────────────────────────────────────────────

    def test_10_print_is_told_at_its_start_and_end(self):
        self.start("short.gcode")
        done = self.assert_told("print-started", "print-done")[-1]
        self.assertRegex(done["text"], "^✅ short is done after 00:00:0")

    def test_11_pause_by_a_person_is_a_pause(self):
        self.start("short.gcode")
        self.server.pause()
        self.wait_told("print-started", "print-paused")
        self.wait_state("paused")
        self.wait_attention("")
        self.server.resume()
        self.assert_told("print-started", "print-paused", "print-resumed", "print-done")

    def test_12_cancel_is_one_message(self):
        self.start("long.gcode")
        self.server.cancel()
        self.assert_told("print-started", "print-cancelled")

    def test_13_cancel_while_paused_is_one_message(self):
        self.start("long.gcode")
        self.server.pause()
        self.wait_state("paused")
        self.server.cancel()
        self.assert_told("print-started", "print-paused", "print-cancelled")

    # ── The printer wants somebody ───────────────────────────────────────────

    def test_20_change_of_filament_is_one_call(self):
        self.server.print_file("filament.gcode")
        call = self.wait_told("print-started", "attention-needed")[-1]
        # OctoPrint may see the printer's question before it says which command it was.
        self.assertRegex(call["text"], "filament|Heater Timeout")
        self.wait_attention("filament|Heater Timeout")
        self.server.wait_state("Pausing", 20)
        time.sleep(4)
        self.server.expect("POST", "/api/plugin/action_command_prompt", {"command": "select", "choice": 0})
        self.wait_state("paused")
        self.server.resume()
        self.assert_told("print-started", "attention-needed", "print-resumed", "print-done", limit=40)
        self.wait_attention("")

    def test_21_stop_in_the_file_is_one_call(self):
        self.start("stop.gcode")
        self.wait_told("print-started", "attention-needed")
        self.wait_state("paused")
        self.server.resume()
        self.assert_told("print-started", "attention-needed", "print-resumed", "print-done")

    def test_22_second_stop_is_a_second_call(self):
        self.start("two-stops.gcode")
        told = ["print-started"]
        for _ in range(2):
            told.append("attention-needed")
            self.wait_told(*told)
            self.wait_state("paused")
            self.server.resume()
            told.append("print-resumed")
        self.assert_told(*told, "print-done")

    def test_23_stop_within_the_lock_is_a_call_when_it_is_over(self):
        """F93"""
        self.session.ctl("message", "set", "attention-needed", "repeat-lock=7")
        self.start("two-stops.gcode")
        told = ["print-started", "attention-needed", "print-resumed"]
        self.wait_told(*told[:2])
        called = time.monotonic()
        self.wait_state("paused")
        self.server.resume()
        self.server.wait_state("Paused", 20)
        self.wait_told(*told, "attention-needed")
        self.assertGreater(time.monotonic() - called, 4)
        self.server.resume()
        self.assert_told(*told, "attention-needed", "print-resumed", "print-done")
        self.session.ctl("message", "set", "attention-needed", "repeat-lock=0")

    def test_24_terminal_line_said_again_and_again_is_one_call(self):
        """F92, F94"""
        self.start("part.gcode")
        for _ in range(3):
            self.server.debug("send echo:busy: paused for user")
            time.sleep(0.6)
        self.assert_told("print-started", "attention-needed", "print-done")

    def test_25_pause_by_the_printer_is_one_call(self):
        for pause, resume in (("action_pause", "action_resume"),
                              ("action_custom paused", "action_custom resumed")):
            self.start("part.gcode")
            self.server.debug(pause)
            self.wait_told("print-started", "attention-needed")
            self.wait_state("paused")
            self.wait_attention("The printer itself has paused the print.")
            self.server.debug(resume)
            self.wait_attention("")
            self.assert_told("print-started", "attention-needed", "print-resumed", "print-done")

    def test_26_question_of_the_printer_is_one_call(self):
        self.start("part.gcode")
        for line in ("prompt_begin Is the bed empty?", "prompt_button Yes", "prompt_button No", "prompt_show"):
            self.server.debug(f"action_custom {line}")
        call = self.wait_told("print-started", "attention-needed")[-1]
        self.assertIn("Is the bed empty?", call["text"])
        self.wait_attention("“Is the bed empty.”")
        self.server.debug("action_custom prompt_end")
        self.wait_attention("")
        self.assert_told("print-started", "attention-needed", "print-done")

    def test_27_call_outlasts_the_service(self):
        self.start("part.gcode")
        self.server.debug("action_pause")
        self.wait_told("print-started", "attention-needed")
        self.wait_state("paused")
        self.wait_attention("itself has paused")
        self.session.service.kill()
        self.session.service.wait()
        self.session.start_service()
        self.wait_attention("itself has paused")
        self.server.debug("action_resume")
        self.wait_attention("")
        self.assert_told("print-started", "attention-needed", "print-resumed", "print-done")

    def test_28_call_ends_with_the_print(self):
        self.start("part.gcode")
        self.server.debug("action_pause")
        self.wait_attention("itself has paused")
        self.wait_state("paused")
        self.server.cancel()
        self.wait_attention("")
        self.assert_told("print-started", "attention-needed", "print-cancelled")

    # ── The printer is lost ──────────────────────────────────────────────────

    def test_30_firmware_error_fails_the_print_once(self):
        self.start("long.gcode")
        self.server.debug("trigger_fatal_error_marlin")
        failed = self.assert_told("print-started", "print-failed", settle=3)[-1]
        self.assertIn("Thermal Runaway", failed["text"])
        self.reconnect()

    def test_31_firmware_error_of_an_idle_printer_is_its_own(self):
        self.server.debug("trigger_fatal_error_marlin")
        error = self.assert_told("printer-error", settle=3)[-1]
        self.assertIn("Thermal Runaway", error["text"])
        self.reconnect()

    def test_32_pulled_cable_fails_the_print_once(self):
        self.start("long.gcode")
        self.server.debug("drop_connection")
        self.assert_told("print-started", "print-failed", limit=60, settle=3)
        self.reconnect()

    def test_33_pulled_cable_while_paused_fails_the_print_once(self):
        self.start("long.gcode")
        self.server.pause()
        self.wait_state("paused")
        self.server.debug("drop_connection")
        self.assert_told("print-started", "print-paused", LOST, limit=90)
        self.reconnect()

    def test_34_disconnect_while_paused_fails_the_print_once(self):
        self.start("long.gcode")
        self.server.pause()
        self.wait_state("paused")
        self.server.disconnect()
        self.assert_told("print-started", "print-paused", LOST)
        self.reconnect()

    def test_90_every_message_is_one_mail(self):
        self.assert_mails_are_complete()
        self.assertEqual(self.status()["version"], VERSION)


if __name__ == "__main__":
    import tap
    tap.main()
