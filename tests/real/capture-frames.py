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
import http.server
import json
import pathlib
import signal
import stat
import sys
import threading
import time

from capture_card import CARD_FILES, CARD_GCODE, CARD_SCENARIOS
from capture_connections import CONNECTION_SCENARIOS
from capture_rest import capture_answers
from capture_scenarios import FILES, SCENARIOS as PRINT_SCENARIOS
from capture_trim import Trimmer
from octoprint_server import OctoPrintServer, ServerError
from recording_socket import RecordingSocket, summary

SCENARIOS = {**PRINT_SCENARIOS, **CARD_SCENARIOS, **CONNECTION_SCENARIOS}
FILE_MAX_BYTES = 40_000
# States come every 2 s with our throttle; the last one has to be in the record.
SETTLE_S = 2.6
ANALYSES_LIMIT_S = 60

# Writes the film OctoPrint asked for and tells its progress; fails while a file "fail" lies beside it.
FFMPEG = """#!/bin/sh
case "$1" in -version) echo 'ffmpeg version 5.1'; exit 0;; esac
for last; do :; done
if [ -e "$(dirname "$0")/fail" ]; then echo 'Conversion failed!' >&2; exit 1; fi
echo '  Duration: 00:00:02.00, start: 0.000000' >&2
sleep 0.3; echo 'frame=1 time=00:00:01.00 bitrate=1' >&2
sleep 0.3; echo 'frame=2 time=00:00:02.00 bitrate=1' >&2
echo film > "$last"
"""


class Camera(http.server.BaseHTTPRequestHandler):
    """Answers everything with something that begins like a JPEG picture."""

    def do_GET(self):  # pylint: disable=invalid-name
        picture = b"\xff\xd8\xff\xe0" + bytes(64) + b"\xff\xd9"
        self.send_response(200)
        self.send_header("Content-Type", "image/jpeg")
        self.send_header("Content-Length", str(len(picture)))
        self.end_headers()
        self.wfile.write(picture)

    def log_message(self, *_arguments):  # pylint: disable=arguments-differ
        pass


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


def configure(server, camera_port):
    """What the recorded situations need and the other tests do not."""
    path = pathlib.Path(server.base, "config.yaml")
    config = json.loads(path.read_text(encoding="utf-8"))
    ffmpeg = pathlib.Path(server.base, "ffmpeg")
    ffmpeg.write_text(FFMPEG, encoding="utf-8")
    ffmpeg.chmod(ffmpeg.stat().st_mode | stat.S_IXUSR)
    config["webcam"] = {"ffmpeg": str(ffmpeg)}
    if server.version.startswith("1.8."):
        # Before there could be several cameras, the one had its addresses here.
        config["webcam"].update(snapshot=f"http://127.0.0.1:{camera_port}/?action=snapshot",
                                stream="/webcam/?action=stream")
    path.write_text(json.dumps(config, indent=2), encoding="utf-8")

    card = pathlib.Path(server.base, "virtualSd")
    card.mkdir()
    for file_name in CARD_FILES:
        (card / file_name).write_text(CARD_GCODE, encoding="utf-8")


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
    camera = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Camera)
    threading.Thread(target=camera.serve_forever, daemon=True).start()
    port = camera.server_address[1]
    server = OctoPrintServer(options.version, snapshot_url=f"http://127.0.0.1:{port}/?action=snapshot")
    configure(server, port)
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
