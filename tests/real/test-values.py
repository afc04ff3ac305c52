#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Messages that list all their variables: which of them a real OctoPrint fills, in every kind of message.

The tables below are complete: what is not in them must be empty. The last test prints what was seen.
"""

import pathlib
import re
import time

from octoprint_extras import card, upload_to
from printing_scene import PrintingScene, VERSION, dwell_gcode, wait_until

# OctoPrint tells the height only when it changes.
HEAD = "G28\nM104 S60\nM140 S35\nG92 E0\nG1 Z0.5 F3000\nG1 X10 Z0.3 E1500 F60000\n"
FILE_NAME = "bracket_v1.2.gcode"
TRANSFERRED = "".join(f"M117 {number}\n" for number in range(2000))
FORM = "application/x-www-form-urlencoded"

# May be known or not: the estimate of a print that has just begun, the height before the first move.
MAYBE = None
SECONDS = r"\d+"
CLOCK = r"\d\d:\d\d:\d\d"
POSITION = r"X -?[\d.]+ Y -?[\d.]+ Z -?[\d.]+"

ALWAYS = {"printer": "Bench", "event": ".+", "date": ".+", "clock": r"\d\d:\d\d"}
HEAT = {"temperatures": r"tool [\d/]+ °C, bed [\d/]+ °C", "tool": r"\d+", "tool_target": r"\d+", "bed": r"\d+",
        "bed_target": r"\d+", "state": ".+"}
PERSON = {"user": "admin", "owner": "admin"}
FILE = {"name": re.escape(FILE_NAME), "file": r"bracket_v1\.2", "path": re.escape(FILE_NAME), "origin": "local",
        "size": r"\d+", "filament": r"1\.5 m", **PERSON}
SPENT = {"spent": SECONDS, "spent_formatted": CLOCK}
REMAINING = {"remaining": SECONDS, "remaining_formatted": CLOCK}
TIME = {"time": SECONDS, "time_formatted": CLOCK}
PROGRESS = {"progress": r"\d+", **SPENT, **REMAINING, "eta": r"\d\d:\d\d", "height": r"\d+\.\d\d"}
# The state that shows the analysis of a file comes after the news that it is printed, unless it was selected before.
JUST_BEGUN = {"filament": MAYBE}
MAYBE_PROGRESS = {**dict.fromkeys(PROGRESS, MAYBE), **SPENT}
FILM = {"name": re.escape(FILE_NAME), "file": r"bracket_v1\.2", "gcode": re.escape(FILE_NAME), "movie": r".+bracket_v1\.2.+",
        "movie_basename": r"bracket_v1\.2_\d+\.\w+", "movie_prefix": r"bracket_v1\.2_\d+"}
UPLOADED = {"name": "other.stl.gcode", "file": "other", "path": "other.stl.gcode", "origin": "local"}
COPIED = {"remote": r"/?to-the.+", "name": r"/?to-the.+", "file": r"to-the-card|to-the~1"}


class Values(PrintingScene):
    FILES = {FILE_NAME: HEAD + dwell_gcode(8), "short.gcode": dwell_gcode(3)}
    seen = []

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for message in cls.session.ctl_json("message", "list")["messages"]:
            names = sorted(set(message["variables"]) | set(ALWAYS))
            cls.session.ctl("message", "set", message["kind"], "--text", "\n".join(f"{name}=[{{{name}}}]" for name in names))
        cls.session.ctl("message", "set", "cooled-down", "bed=0", "tool=0")
        # Off in the other tests, because it takes time; used from the next connection on.
        cls.server.expect("POST", "/api/settings", {"serial": {"logPositionOnPause": True, "logPositionOnCancel": True}})
        cls.server.disconnect()
        cls.server.wait_state("Closed", 30)
        cls.server.connect()
        cls.server.wait_state("Operational", 60)
        wait_until(lambda: len(cls.session.ctl_json("history")["messages"]) >= 2, 30)
        time.sleep(1)
        cls.n_compared = len(cls.session.ctl_json("history")["messages"])

    def check(self, message, *tables):
        """Every variable of a message: as the tables say, and empty where they say nothing."""
        values = dict(re.findall(r"^(\w+)=\[(.*)\]$", message["text"], re.M))
        expected = {**ALWAYS}
        for table in tables:
            expected.update(table)
        self.assertLessEqual(set(expected), set(values), message["kind"])
        wrong = []
        for name, value in sorted(values.items()):
            pattern = expected.get(name, "")
            if pattern is not MAYBE and not re.fullmatch(pattern, value):
                wrong.append(f"{name} is “{value}”, not “{pattern}”")
        self.seen.append((message["kind"], {name: value for name, value in values.items() if name not in ALWAYS}))
        self.assertEqual(wrong, [], f"{message['kind']}\n{message['text']}")

    def start(self, file_name=FILE_NAME, *also):  # pylint: disable=keyword-arg-before-vararg
        super().start(file_name, *also)
        self.wait_state("printing")
        time.sleep(1.5)

    def position(self, what):
        """What the message must have: the virtual printer is often too slow to say where it is, which OctoPrint notes."""
        log = pathlib.Path(self.server.base, "logs", "octoprint.log").read_text(encoding="utf-8")
        last = [line for line in log.splitlines() if f"Print job {what}" in line][-1]
        print(f"# {what}: {last.rpartition('position: ')[2]}", flush=True)
        return "" if "'x': None" in last else POSITION

    # ── A print and what a person does to it ─────────────────────────────────

    def test_10_pause_resume_cancel(self):
        self.start()
        self.server.pause()
        self.wait_told("print-started", "print-paused", limit=30)
        self.wait_state("paused")
        self.server.resume()
        self.wait_told("print-started", "print-paused", "print-resumed")
        self.wait_state("printing")
        self.server.cancel()
        started, paused, resumed, cancelled = self.assert_told("print-started", "print-paused", "print-resumed",
                                                               "print-cancelled", limit=40)
        self.check(started, HEAT, FILE, JUST_BEGUN, MAYBE_PROGRESS)
        self.check(paused, HEAT, FILE, PROGRESS, {"eta": "", "position": self.position("paused")})
        self.check(resumed, HEAT, FILE, PROGRESS, {"position": self.position("paused")})
        self.check(cancelled, HEAT, FILE, PROGRESS, TIME, {"eta": "", "position": self.position("cancelled"), "reason": MAYBE})

    def test_11_progress_upload_done(self):
        self.session.ctl("message", "set", "print-progress", "step=50")
        self.start()
        self.server.upload("other.stl.gcode", dwell_gcode(1))
        started, uploaded, progress, done = self.assert_told("print-started", "file-uploaded", "print-progress", "print-done",
                                                             limit=40)
        self.session.ctl("message", "set", "print-progress", "step=0")
        self.check(started, HEAT, FILE, JUST_BEGUN, MAYBE_PROGRESS)
        self.check(uploaded, HEAT, UPLOADED, PROGRESS)
        self.check(progress, HEAT, FILE, PROGRESS, {"progress": "50", "reason": "percent"})
        self.check(done, HEAT, FILE, PROGRESS, TIME, {"eta": "", "progress": "100", "remaining": "0",
                                                      "remaining_formatted": "00:00:00"})

    def test_12_upload_while_idle(self):
        self.server.upload("other.stl.gcode", dwell_gcode(1))
        self.check(self.assert_told("file-uploaded")[0], HEAT, UPLOADED)

    # ── The printer ──────────────────────────────────────────────────────────

    def test_20_call_of_the_printer(self):
        self.start()
        self.server.debug("action_pause")
        call = self.wait_told("print-started", "attention-needed")[-1]
        self.wait_state("paused")
        self.server.debug("action_resume")
        resumed = self.assert_told("print-started", "attention-needed", "print-resumed", "print-done", limit=40)[2]
        self.check(call, HEAT, FILE, PROGRESS, {"reason": ".+"})
        self.check(resumed, HEAT, FILE, PROGRESS, {"position": MAYBE})

    def test_21_failure(self):
        self.start()
        self.server.debug("trigger_fatal_error_marlin")
        failed = self.assert_told("print-started", "print-failed", settle=3)[-1]
        self.check(failed, HEAT, FILE, PROGRESS, TIME, {"eta": "", "reason": "error", "error": "Thermal Runaway.*",
                                                        "height": MAYBE, "remaining": MAYBE, "remaining_formatted": MAYBE})
        self.server.connect()
        self.check(self.assert_told("printer-operational")[0], HEAT, {"state": "Operational"})

    def test_22_printer_that_is_gone(self):
        self.server.disconnect()
        self.check(self.assert_told("printer-offline")[0], HEAT, {"state": "|Offline|Closed"})
        self.server.connect()
        self.check(self.assert_told("printer-operational")[0], HEAT)

    def test_23_error_of_an_idle_printer(self):
        self.server.debug("trigger_fatal_error_marlin")
        self.check(self.assert_told("printer-error", settle=3)[0], HEAT, {"error": "Thermal Runaway.*"})
        self.server.connect()
        self.assert_told("printer-operational")

    # ── Files ────────────────────────────────────────────────────────────────

    def test_30_copying_to_the_card(self):
        origin, _ = card(self.server)
        upload_to(self.server, origin, "to-the-card.gcode", TRANSFERRED)
        wait_until(lambda: "transfer-done" in self.words(self.news()), 60)
        time.sleep(1.5)
        news = {message["kind"]: message for message in self.news()}
        type(self).n_compared += len(self.news())
        self.check(news["transfer-started"], HEAT, COPIED, {"local": MAYBE})
        self.check(news["transfer-done"], HEAT, COPIED, TIME, {"local": MAYBE, "progress": MAYBE})
        self.check(news["file-uploaded"], HEAT, {"name": r"to-the.+", "file": "to-the-card|to-the~1", "path": r"to-the.+",
                                                 "origin": "sdcard|printer|local"})

    def test_31_film(self):
        self.server.expect("POST", "/api/timelapse", b"type=timed&interval=1&postRoll=0&save=false", content_type=FORM)
        self.start()
        film = self.assert_told("print-started", "print-done", "timelapse-done", limit=60)[-1]
        self.check(film, HEAT, FILM)

    def test_32_film_that_fails(self):
        with open(f"{self.server.base}/fail", "w", encoding="utf-8"):
            pass
        self.start()
        film = self.assert_told("print-started", "print-done", "timelapse-failed", limit=60)[-1]
        self.server.expect("POST", "/api/timelapse", b"type=off", content_type=FORM)
        self.check(film, HEAT, FILM, {"returncode": r"\d+", "reason": "returncode", "error": "Conversion failed!", "out": ""})

    # ── Afterwards, and without the server ───────────────────────────────────

    def test_40_cooling_down(self):
        self.session.ctl("message", "set", "cooled-down", "tool=30")
        self.start()
        self.wait_told("print-started", "print-done")
        self.server.command("M104 S0")
        cooled = self.assert_told("print-started", "print-done", "cooled-down", limit=60)[-1]
        self.session.ctl("message", "set", "cooled-down", "tool=0")
        self.check(cooled, HEAT, FILE, {"heater": "The hotend", "temperature": r"\d\d", "threshold": "30"})

    def test_50_server_that_is_gone(self):
        self.start()
        self.server.kill()
        gone = self.wait_told("print-started", "octoprint-unreachable", limit=60)[-1]
        # By then the print could be over: there is no estimate that is past.
        self.check(gone, FILE, PROGRESS, {"eta": MAYBE, "url": "http://.+", "error": ".+", "consequence": "It was printing bracket_v1.2.*"})
        self.server.start()
        wait_until(lambda: "print-failed (inferred)" in self.words(self.news()), 90)
        news = {message["kind"]: message for message in self.news()}
        self.check(news["print-failed"], HEAT, FILE, PROGRESS, TIME,
                   {"reason": "error", "error": ".+", "away": ".+", "eta": "", "height": MAYBE,
                    **dict.fromkeys(REMAINING, MAYBE)})
        # As it was when last seen, and too late for an estimate.
        self.check(news["octoprint-back"], FILE, PROGRESS, {"url": "http://.+", "away": ".+", "eta": MAYBE})
        type(self).n_compared += len(self.news())

    def test_90_table(self):
        """Which variables were filled in which kind of message: the last seen of each kind."""
        self.assertGreaterEqual(len(dict(self.seen)), 17)
        for kind, values in dict(self.seen).items():
            print(f"# {VERSION} {kind}")
            print("#   filled: " + " ".join(f"{name}=[{value[:30]}]" for name, value in values.items() if value))
            print("#   empty:  " + " ".join(name for name, value in values.items() if not value))


if __name__ == "__main__":
    import tap
    tap.main()
