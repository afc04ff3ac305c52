#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Records what a real OctoPrint says in many situations, for the tests that have no minutes to spare.

    tests/real/capture-frames.py VERSION OUTPUT_DIR [SCENARIO…]

Frames go to OUTPUT_DIR/frames/VERSION/SCENARIO.jsonl, REST answers to OUTPUT_DIR/rest/VERSION/. The tests
read them from tests/data. Without names it plays every scenario; a scenario that does not reach its end
is told, not written, and makes the exit status 1.
"""

import argparse
import contextlib
import pathlib
import signal
import sys
import time

from capture_card import CARD_GCODE, CARD_SCENARIOS
from capture_connections import CONNECTION_SCENARIOS
from capture_rest import capture_answers
from capture_scenarios import FILES, SCENARIOS as PRINT_SCENARIOS
from capture_trim import Trimmer
from octoprint_extras import camera, configure
from octoprint_server import OctoPrintServer, ServerError
from recording_socket import RecordingSocket, summary

SCENARIOS = {**PRINT_SCENARIOS, **CARD_SCENARIOS, **CONNECTION_SCENARIOS}
FILE_MAX_BYTES = 40_000
# States come every 2 s with our throttle; the last one has to be in the record.
SETTLE_S = 2.6
ANALYSES_LIMIT_S = 60


class Capture:
    """A running server, and the place where records go."""

    def __init__(self, server, trimmer, output):
        self.server = server
        self.trimmer = trimmer
        self.frames = output / "frames" / server.version
        self.answers = output / "rest" / server.version
        self.short = FILES["short.gcode"]
        self.long = FILES["long.gcode"]
        self.two = server.version.startswith("2.")
        for place in (self.frames, self.answers):
            place.mkdir(parents=True, exist_ok=True)

    @contextlib.contextmanager
    def recording(self, name, settle_s=SETTLE_S, **options):
        """A client whose record becomes the file of this name once the block has reached its end."""
        record = []
        client = RecordingSocket(self.server, record, **options).open()
        try:
            yield client
            time.sleep(settle_s)
        finally:
            client.close()
        self.write(name, record)

    def write(self, name, record):
        lines = list(self.trimmer.lines(record))
        text = "\n".join(lines) + "\n"
        if len(text.encode()) > FILE_MAX_BYTES:
            raise ServerError(f"{name} has {len(text.encode())} bytes")
        (self.frames / f"{name}.jsonl").write_text(text, encoding="utf-8")
        print(f"{self.server.version} {name}: {summary(record)}", flush=True)

    def start(self, client, file_name, origin="local"):
        """Prints a file that is there; returns the place in the record before it."""
        mark = client.mark()
        self.server.expect("POST", f"/api/files/{origin}/{file_name}", {"command": "select", "print": True})
        client.wait_event("PrintStarted", 30, mark)
        client.wait_state_id("PRINTING", 30, mark)
        return mark

    def settle(self):
        """Back to a printer that is connected and idle, whatever the last scenario left behind."""
        for _ in range(3):
            state = self.server.state()
            if state == "Operational":
                return
            if state.startswith(("Printing", "Paused", "Starting")):
                self.server.request("POST", "/api/job", {"command": "cancel"})
            elif state.startswith(("Closed", "Offline", "Error")):
                self.server.request("POST", "/api/connection", {"command": "connect", "port": "VIRTUAL"})
            with contextlib.suppress(ServerError):
                self.server.wait_state("Operational", 10)
                return
            self.server.request("POST", "/api/connection", {"command": "disconnect"})
            time.sleep(1)
        self.server.restart()


def wait_analyses(server):
    """OctoPrint looks into new files while it is idle; that belongs into no record but "upload"."""
    deadline = time.monotonic() + ANALYSES_LIMIT_S
    while time.monotonic() < deadline:
        known = server.expect("GET", "/api/files/local")["files"]
        if all("gcodeAnalysis" in file for file in known):
            return
        time.sleep(0.5)
    raise ServerError("the files were not analysed in time")


def play(capture, names):
    """Plays the scenarios; returns the names of those that did not reach their end."""
    failed = []
    for name in names:
        try:
            if name == "rest":
                capture_answers(capture)
            else:
                SCENARIOS[name](capture)
        except (ServerError, OSError, LookupError) as error:
            failed.append(name)
            print(f"{capture.server.version} {name} FAILED: {error}", file=sys.stderr, flush=True)
        capture.settle()
    return failed


def main():
    parser = argparse.ArgumentParser(description="Records what a real OctoPrint says.")
    parser.add_argument("version")
    parser.add_argument("output", type=pathlib.Path)
    parser.add_argument("scenarios", nargs="*", help=", ".join([*SCENARIOS, "rest"]))
    options = parser.parse_args()
    names = options.scenarios or [*SCENARIOS, "rest"]

    # Being told to end has to pass through `with`, or the server would outlive us.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with camera() as port:
        server = OctoPrintServer(options.version, snapshot_url=f"http://127.0.0.1:{port}/?action=snapshot")
        configure(server, port, CARD_GCODE)
        with server:
            for file_name, content in FILES.items():
                server.upload(file_name, content)
            wait_analyses(server)
            failed = play(Capture(server, Trimmer(server, port), options.output), names)
            if failed:
                print(f"did not reach their end: {', '.join(failed)}", file=sys.stderr)
                print(server.log_tail(), file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
