#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How many bytes an hour a real OctoPrint sends us, idle and printing, beside a client that asks for nothing less.

    bench-traffic.py SERVICE CTL [DEMO] [--seconds N]

Both are connected to the same server at the same time. The other client signs in as we do and sends
neither "subscribe" nor "throttle". Counted is what the kernel has received on each connection (ss -i).
"""

import argparse
import os
import re
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "real"), os.path.join(HERE, "..", "service"), os.path.join(HERE, "..")]

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
HOUR_S = 3600
SETTLE_S = 10


def read_received(pid, port):
    """Bytes received by each connection of a process to a port, by its own address."""
    listing = subprocess.run(["ss", "-tinpH", "state", "established", "dport", "=", f":{port}"], capture_output=True,
                             text=True, check=True).stdout
    received = {}
    for owner, details in re.findall(r"(.*users:.*)\n\s+(.*)", listing):
        count = re.search(r"bytes_received:(\d+)", details)
        if f"pid={pid}," in owner and count:
            received[owner.split()[2]] = int(count.group(1))
    return received


def measure(what, pids, port, seconds):
    before = [read_received(pid, port) for pid in pids]
    time.sleep(seconds)
    # What has been closed since belongs to signing in.
    ours, plain = (sum(count - start.get(name, 0) for name, count in read_received(pid, port).items())
                   * HOUR_S / seconds / 1e6 for pid, start in zip(pids, before))
    print(f"{what}: {ours:.2f} MB an hour, the other client {plain:.2f} MB: {plain / ours if ours else 0:.1f} times as much"
          f" (n = {seconds} s)", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args()
    os.environ["OCTOHERALD_SERVICE"], os.environ["OCTOHERALDCTL"] = map(os.path.abspath, options.programs[:2])

    from herald_session import HeraldSession, wait_until
    from octoprint_server import ADMIN_KEY, OctoPrintServer, dwell_gcode
    from recording_socket import RecordingSocket

    class PlainSocket(RecordingSocket):
        """Connects as the first page of any tutorial says."""

        def say(self, message):
            if "auth" in message:
                super().say(message)

    with OctoPrintServer(VERSION) as server, HeraldSession() as session:
        session.ctl("printer", "add", "--name", "Bench", "--url", server.url, "--key-file", "-", input=ADMIN_KEY)
        wait_until(lambda: session.ctl_json("status")["printers"][0]["state"] == "operational", 60)
        plain = PlainSocket(server, [], key=ADMIN_KEY).open()
        pids = (session.service.pid, os.getpid())
        time.sleep(SETTLE_S)
        measure("idle", pids, server.port, options.seconds)
        server.upload("long.gcode", dwell_gcode(options.seconds + 3 * SETTLE_S), start=True)
        wait_until(lambda: session.ctl_json("status")["printers"][0]["state"] == "printing", 60)
        time.sleep(SETTLE_S)
        measure("printing", pids, server.port, options.seconds)
        plain.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
