#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes on beside a print from a file of OctoPrint: the printer's card, uploads, films, layers, heat, the cable."""

import contextlib
import pathlib
import time
import urllib.parse

from octoprint_extras import card, upload_to
from printing_scene import PrintingScene, SETTLE_S, wait_until

FORM = "application/x-www-form-urlencoded"


def layers(seconds):
    """About this long, in four layers."""
    lines = ["G28"]
    for layer in range(1, 5):
        lines += [f"G1 Z{0.2 * layer:.1f} F3000", f"G1 X20 Y{layer} E{layer - 0.5} F6000", f"G1 X0 E{layer}"]
        lines += ["G4 P100"] * int(seconds * 10 / 4)
    return "\n".join([*lines, ""])


class Beside(PrintingScene):
    FILES = {**PrintingScene.FILES, "layers.gcode": layers(14),
             "hot.gcode": "G28\nM140 S48\nM190 S48\n" + "G4 P100\n" * 30 + "M140 S0\n"}

    def test_10_disconnected_and_connected_printer_is_told(self):
        self.server.disconnect()
        self.assert_told("printer-offline")
        self.wait_state("offline")
        self.server.connect()
        self.assert_told("printer-operational")

    def test_11_pulled_cable_of_an_idle_printer_is_told(self):
        self.server.debug("drop_connection")
        self.assert_told("printer-offline", limit=60, settle=6)
        self.reconnect()

    def test_20_uploaded_file_is_told(self):
        self.server.upload("new.gcode", "G28\n")
        uploaded = self.assert_told("file-uploaded")[-1]
        self.assertIn("new", uploaded["text"])

    def test_21_first_layer_is_told_once(self):
        self.start("layers.gcode")
        self.assert_told("print-started", "print-first-layer", "print-done", limit=90)

    def test_22_film_is_told(self):
        for ending in ("timelapse-done", "timelapse-failed"):
            with self.films(fail=ending == "timelapse-failed"):
                self.start("short.gcode")
                film = self.assert_told("print-started", "print-done", ending, limit=60)[-1]
                self.assertIn("short", film["text"])

    @contextlib.contextmanager
    def films(self, fail):
        """OctoPrint makes them within this block."""
        settings = urllib.parse.urlencode({"type": "timed", "interval": 1, "fps": 25, "postRoll": 0})
        mark = pathlib.Path(self.server.base, "fail")
        self.server.expect("POST", "/api/timelapse", settings.encode(), content_type=FORM)
        if fail:
            mark.touch()
        try:
            yield
        finally:
            mark.unlink(missing_ok=True)
            self.server.expect("POST", "/api/timelapse", b"type=off", content_type=FORM)

    def test_23_bed_that_cools_down_is_told_once(self):
        self.session.ctl("message", "set", "cooled-down", "--enable", "bed=40")
        self.start("hot.gcode")
        cooled = self.assert_told("print-started", "print-done", "cooled-down", limit=60, settle=5)[-1]
        self.assertRegex(cooled["text"], "^🧊 The bed has cooled down to 3[0-9] °C")

    # ── The card ─────────────────────────────────────────────────────────────

    def test_30_print_from_the_card_is_a_print(self):
        origin, paths = card(self.server)
        self.server.expect("POST", f"/api/files/{origin}/{paths[0]}", {"command": "select", "print": True})
        self.assert_told("print-started", "print-done", limit=60)

    def test_31_print_from_the_card_started_at_the_printer_is_a_print(self):
        _, paths = card(self.server)
        self.server.debug(f"start_sd {paths[1]}")
        self.assert_told("print-started", "print-done", limit=60)

    def test_32_copy_to_the_card_is_no_print(self):
        self.copy("to-the-card.gcode", 60000)
        self.assert_copied("transfer-done")

    def test_33_cancelled_copy_to_the_card_is_no_print(self):
        self.copy("half-a-file.gcode", 150000)
        wait_until(lambda: "transfer-started" in self.words(self.news()))
        time.sleep(1)
        self.server.cancel()
        self.assert_copied("transfer-failed")

    def copy(self, name, count):
        """Lines no printer acts on; 1.8 plays the virtual printer's pauses while it writes."""
        # A print is told to be over before the server has finished it.
        self.server.wait_state("Operational", 30)
        origin, _ = card(self.server)
        upload_to(self.server, origin, name, "".join(f"M117 {number}\n" for number in range(count)))

    def assert_copied(self, ending):
        """How many marks are passed is up to the time it takes, and when it counts as uploaded to the server."""
        wait_until(lambda: ending in self.words(self.news()), 90)
        time.sleep(SETTLE_S)
        messages = self.news()
        type(self).n_compared += len(messages)
        told = self.words(messages)
        marks = [message["title"] for message in messages if message["kind"] == "transfer-progress"]
        self.assertEqual(marks, sorted(set(marks)))
        self.assertGreater(len(marks), 0 if ending == "transfer-done" else -1)
        told = [word for word in told if word != "transfer-progress"]
        told.remove("file-uploaded")
        self.assertEqual(told, ["transfer-started", ending])

    def test_90_every_message_is_one_mail(self):
        self.assert_mails_are_complete()


if __name__ == "__main__":
    import tap
    tap.main()
