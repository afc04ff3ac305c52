#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Behind a proxy that does not pass websockets on, prints are told by asking every few seconds."""

from front_server import Front
from printing_scene import PrintingScene, dwell_gcode

# Asked every 10 s while idle and every 5 s in a print.
SETTLE_S = 6


class Polling(PrintingScene):
    FILES = {**PrintingScene.FILES, "part.gcode": dwell_gcode(20)}

    @classmethod
    def make_url(cls):
        return cls.enterClassContext(Front("nginx", cls.server.port)).url("no-upgrade")

    def test_1_status_says_so(self):
        self.assertRegex(self.status()["fallback"], "asked every few seconds")
        self.assertIn("asked every few seconds", self.session.ctl("status").stdout)

    def test_2_print_is_told(self):
        self.start("part.gcode")
        self.wait_state("printing")
        self.server.pause()
        self.wait_told("print-started", "print-paused")
        self.server.resume()
        self.assert_told("print-started", "print-paused", "print-resumed", "print-done (reconciled)", limit=60, settle=SETTLE_S)

    def test_3_print_that_did_not_finish_is_told(self):
        """Cancelled or failed: the state shows only that it is over."""
        self.start("long.gcode")
        self.server.cancel()
        ended = self.assert_told("print-started", "print-failed (reconciled)", limit=60, settle=SETTLE_S)[-1]
        self.assertIn("whether it failed or was cancelled is not known", ended["text"])

    def test_4_failed_print_is_told(self):
        self.start("long.gcode")
        self.server.debug("trigger_fatal_error_marlin")
        failed = self.assert_told("print-started", "print-failed (reconciled)", limit=60, settle=SETTLE_S)[-1]
        self.assertIn("Thermal Runaway", failed["text"])


if __name__ == "__main__":
    import tap
    tap.main()
