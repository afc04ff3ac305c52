#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""OctoPrint itself goes away and comes back: loud in mid-print, quiet while idle. And nobody comes to a printer that waits.

Two servers, because a minute of patience can be waited for by several at once.
"""

import time

from printing_scene import ADMIN_KEY, OctoPrintServer, PrintingScene, VERSION, dwell_gcode, wait_until

# Nothing is told about a server that is gone for so long while it prints, and while it is idle.
GRACE_PRINTING_S = 15
GRACE_IDLE_S = 60


class Outages(PrintingScene):
    FILES = {**PrintingScene.FILES, "stop.gcode": dwell_gcode(2) + "M0\n" + dwell_gcode(2)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.session.ctl("message", "set", "attention-needed", "remind=1")
        cls.idle_server = cls.enterClassContext(OctoPrintServer(VERSION))
        cls.idle = cls.session.ctl("printer", "add", "--name", "Idle", "--url", cls.idle_server.url, "--key-file", "-",
                                   input=ADMIN_KEY).stdout.strip()
        wait_until(lambda: cls.session.ctl_json("status")["printers"][1]["connection"] == "connected")

    def told_of(self, printer):
        """Kinds and texts. Whether we are back before the printer is, and see it come, is up to OctoPrint."""
        return [(message["kind"], message["source"], message["text"]) for message in self.messages()
                if message["printer"] == printer and message["kind"] != "printer-operational"]

    def kinds_of(self, printer):
        return [kind for kind, _source, _text in self.told_of(printer)]

    def wait_kinds(self, printer, *expected, limit):
        begin = time.monotonic()
        wait_until(lambda: len(self.kinds_of(printer)) >= len(expected), limit)
        self.assertEqual(self.kinds_of(printer), list(expected))
        return time.monotonic() - begin

    def test_outages(self):
        begin = time.monotonic()
        self.idle_server.stop()

        # Killed in mid-print
        self.server.print_file("long.gcode")
        self.wait_kinds(self.printer, "print-started", limit=20)
        time.sleep(5)
        self.server.kill()
        waited_s = self.wait_kinds(self.printer, "print-started", "octoprint-unreachable", limit=30)
        self.assertGreater(waited_s, GRACE_PRINTING_S - 3)
        self.assertRegex(self.told_of(self.printer)[-1][2], r"It was printing long, [0-9]+ % done, when last seen\.")
        self.server.start()
        failed = ["print-started", "octoprint-unreachable", "octoprint-back", "print-failed"]
        self.wait_kinds(self.printer, *failed, limit=60)
        _kind, source, text = self.told_of(self.printer)[-1]
        self.assertEqual(source, "inferred")
        self.assertRegex(text, r"^❌ long failed .*While disconnected \([0-9:]+–[0-9:]+\)")

        # Nobody comes
        self.server.print_file("stop.gcode")
        calls = [*failed, "print-started", "attention-needed"]
        self.wait_kinds(self.printer, *calls, limit=30)
        called = time.monotonic()

        # Stopped while idle
        self.wait_kinds(self.idle, "octoprint-stopped", limit=90)
        self.assertGreater(time.monotonic() - begin, GRACE_IDLE_S)
        self.idle_server.start()
        self.wait_kinds(self.idle, "octoprint-stopped", "octoprint-started", limit=90)

        calls.append("attention-needed")
        self.wait_kinds(self.printer, *calls, limit=70)
        self.assertGreater(time.monotonic() - called, 55)
        self.server.resume()
        self.wait_kinds(self.printer, *calls, "print-resumed", "print-done", limit=30)
        time.sleep(3)
        self.wait_kinds(self.printer, *calls, "print-resumed", "print-done", limit=0)
        self.wait_kinds(self.idle, "octoprint-stopped", "octoprint-started", limit=0)


if __name__ == "__main__":
    import tap
    tap.main()
