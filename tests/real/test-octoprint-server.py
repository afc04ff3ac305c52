#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Proves that the OctoPrint of the other tests is a real one that prints (TAP).

Without arguments every version we promise; else the versions named.
"""

import sys
import time
import traceback

from octoprint_server import OctoPrintServer, ServerError, VERSIONS, dwell_gcode


def job_file(server):
    return server.job()["job"]["file"]["name"]


def test_it_is_the_version_asked_for(server):
    assert server.expect("GET", "/api/version")["server"] == server.version


def test_a_wrong_key_is_refused(server):
    assert server.request("GET", "/api/connection", key="WRONG")[0] == 403


def test_a_viewer_may_look_but_not_print(server):
    assert server.request("GET", "/api/job", key=server.viewer_key)[0] == 200
    assert server.request("POST", "/api/job", {"command": "start"}, key=server.viewer_key)[0] == 403


def test_a_five_second_file_takes_five_seconds(server):
    begin = time.monotonic()
    server.upload("five.gcode", dwell_gcode(5), start=True)
    server.wait_state("Printing", 20)
    assert job_file(server) == "five.gcode"
    server.wait_state("Operational", 30)
    elapsed = time.monotonic() - begin
    assert 4.5 < elapsed < 20, f"took {elapsed:.1f} s"
    assert server.job()["progress"]["completion"] == 100


def test_it_pauses_resumes_and_cancels(server):
    server.upload("long.gcode", dwell_gcode(60), start=True)
    server.wait_state("Printing", 20)
    server.pause()
    server.wait_state("Paused", 20)
    server.resume()
    server.wait_state("Printing", 20)
    server.cancel()
    server.wait_state("Operational", 30)
    assert (server.job()["progress"]["completion"] or 0) < 100


def test_the_printer_can_pause_by_itself(server):
    server.print_file("long.gcode")
    server.wait_state("Printing", 20)
    server.debug("action_pause")
    server.wait_state("Paused", 30)
    server.cancel()
    server.wait_state("Operational", 30)


def test_it_comes_back_on_the_same_port_after_a_kill(server):
    port = server.port
    server.upload("long.gcode", dwell_gcode(60), start=True)
    server.wait_state("Printing", 20)
    server.restart()
    assert server.port == port
    assert server.state() == "Operational"


STEPS = (
    test_it_is_the_version_asked_for,
    test_a_wrong_key_is_refused,
    test_a_viewer_may_look_but_not_print,
    test_a_five_second_file_takes_five_seconds,
    test_it_pauses_resumes_and_cancels,
    test_the_printer_can_pause_by_itself,
    test_it_comes_back_on_the_same_port_after_a_kill,
)


def main():
    versions = sys.argv[1:] or VERSIONS
    failed = False
    number = 0

    print(f"1..{len(versions) * len(STEPS)}", flush=True)
    for version in versions:
        with OctoPrintServer(version) as server:
            for step in STEPS:
                number += 1
                name = f"{version} {step.__name__.removeprefix('test_').replace('_', ' ')}"
                begin = time.monotonic()
                try:
                    step(server)
                    print(f"ok {number} - {name}", flush=True)
                except (AssertionError, ServerError, OSError):
                    failed = True
                    print(f"not ok {number} - {name}", flush=True)
                    print(traceback.format_exc(), server.log_tail(), file=sys.stderr, flush=True)
                print(f"# {time.monotonic() - begin:.1f} s", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
