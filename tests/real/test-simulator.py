#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the simulator against a real OctoPrint: the same keys, the same types, the same order of events.

    test-simulator.py PROGRAM        (octoherald-demo)

The simulator may say less than OctoPrint where the allowed list says so, never more.
"""

import os
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from simulator_peers import RealOctoPrint, Simulator

HERE = os.path.dirname(os.path.abspath(__file__))
PATHS = ["/api/version", "/api/server", "/api/currentuser", "/api/connection", "/api/job", "/api/printer",
         "/api/settings", "/sockjs/info", "/online.txt", "/api/files/local/done.gcode",
         "/api/files/local/none.gcode"]
# What the G-code, the file's analysis and the plugins of a real server say; the simulator has none of these.
NOT_SIMULATED = {"Home", "Dwelling", "FileAdded", "UpdatedFiles", "Upload", "MetadataAnalysisStarted",
                 "MetadataAnalysisFinished", "ClientOpened", "ClientAuthed", "UserLoggedIn", "FirmwareData",
                 "ConnectionsAutorefreshed"}
# Comes from another thread of the real server: before or after the state that goes with it.
WITHOUT_ORDER = {"MetadataStatisticsUpdated"}
problems = []


def types(value, path=""):
    """{path: {type}} of everything in @value; members of a list are one path."""
    found = {path: {"number" if type(value) in (int, float) else type(value).__name__}}
    children = (value.items() if isinstance(value, dict)
                else (("[]", v) for v in value) if isinstance(value, list) else ())
    for name, child in children:
        for key, kinds in types(child, path + "/" + name).items():
            found.setdefault(key, set()).update(kinds)
    return found


def merge(values):
    result = {}
    for value in values:
        for key, kinds in types(value).items():
            result.setdefault(key, set()).update(kinds)
    return result


def compare(what, real, simulated):
    real, simulated = merge(real), merge(simulated)
    for key, kinds in simulated.items():
        if key not in real:
            problems.append("%s: only the simulator says %s" % (what, key))
        elif kinds - real[key] - {"NoneType"}:
            problems.append("%s: %s is %s, really %s" % (what, key, sorted(kinds), sorted(real[key])))
    print("# %s: %d of %d keys compared" % (what, len(simulated), len(real)))


def walk(peer):
    """A print to its end; one paused, resumed and cancelled. Returns what was said."""
    socket = peer.open_socket()
    socket.wait_for(lambda m: "timelapse" in m)
    for name in ("done.gcode", "cancelled.gcode"):
        peer.put_file(name, 4 if name == "done.gcode" else 12)
    peer.print_file("done.gcode", 4)
    socket.wait_for_event("PrintDone")
    time.sleep(2)
    said = {path: [peer.ask("GET", path)] for path in PATHS}
    for method, path, body in (("GET", "/api/currentuser", None), ("GET", "/api/job", None),
                               ("POST", "/api/login", {"passive": True})):
        said["bad key " + path] = [peer.ask(method, path, body, key="wrong")]
    for command in ({"command": "cancel"}, {"command": "pause", "action": "pause"}, {"command": "nonsense"}):
        said["idle " + str(command)] = [peer.ask("POST", "/api/job", command)]
    peer.print_file("cancelled.gcode", 12)
    time.sleep(3)
    said["/api/job"].append(peer.ask("GET", "/api/job"))
    said["start while printing"] = [peer.ask("POST", "/api/job", {"command": "start"})]
    peer.ask("POST", "/api/job", {"command": "pause", "action": "pause"})
    socket.wait_for_event("PrintPaused")
    time.sleep(1)
    peer.ask("POST", "/api/job", {"command": "pause", "action": "resume"})
    socket.wait_for_event("PrintResumed")
    time.sleep(1)
    peer.ask("POST", "/api/job", {"command": "cancel"})
    socket.wait_for_event("PrintFailed")
    time.sleep(1.5)
    return said, [m for m in socket.messages if isinstance(m, dict)]


def order(messages):
    result = []
    for message in messages:
        event = message.get("event")
        if event and event["type"] not in NOT_SIMULATED | WITHOUT_ORDER:
            result.append(event["type"] + ":" + (event["payload"] or {}).get("state_id", ""))
    return result


def main():
    provision = os.path.join(HERE, "provision-octoprint.sh")
    environment = subprocess.run([provision, "1.11.8"], check=True, text=True,
                                 stdout=subprocess.PIPE).stdout.strip()
    results = []
    with tempfile.TemporaryDirectory() as folder:
        for make in (lambda: RealOctoPrint(environment, folder), lambda: Simulator(sys.argv[1])):
            peer = make()
            try:
                results.append(walk(peer))
            finally:
                peer.stop()

    (real, real_messages), (simulated, simulated_messages) = results
    for what in real:
        if [s for s, _ in real[what]] != [s for s, _ in simulated[what]]:
            problems.append("%s: status %r, really %r" % (what, simulated[what][0], real[what][0]))
        compare(what, [b for _, b in real[what]], [b for _, b in simulated[what]])
    # A history right after the start has no temperatures yet; they look as in `current`.
    points = [{"temps": m["current"]["temps"]} for m in real_messages if "current" in m]
    for kind in ("connected", "history", "current"):
        compare(kind, [m[kind] for m in real_messages if kind in m] + (points if kind == "history" else []),
                [m[kind] for m in simulated_messages if kind in m])
    for name in sorted({m["event"]["type"] for m in simulated_messages if "event" in m}):
        compare(name, *([m["event"]["payload"] for m in messages if "event" in m
                         and m["event"]["type"] == name] for messages in (real_messages, simulated_messages)))
    if order(real_messages) != order(simulated_messages):
        problems.append("order of events:\n  real      %s\n  simulated %s"
                        % (order(real_messages), order(simulated_messages)))
    print("# %d events in order" % len(order(real_messages)))

    print("1..1\n%s 1 the simulator speaks as OctoPrint 1.11.8" % ("not ok" if problems else "ok"))
    for problem in problems:
        print("# " + problem)
    return 1 if problems else 0


sys.exit(main())
