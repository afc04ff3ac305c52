#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Holds the simulator against a real OctoPrint: the same keys, the same types, the same order of events.

    test-simulator.py PROGRAM [VERSION…]        (octoherald-demo)

The simulator may say less than OctoPrint, never more: a key or a type of its own is a failure.
It is held against 1.11.8 as it is, and against 2.0.0rc7 with the trait version-2.
"""

import concurrent.futures
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from simulator_peers import RealOctoPrint, Simulator
from simulator_walks import NEW_WALKS, WALKS, walk

HERE = os.path.dirname(os.path.abspath(__file__))
# What the G-code, the file's analysis and the plugins of a real server say; the simulator has none of these.
NOT_SIMULATED = {"Home", "Dwelling", "MetadataAnalysisStarted", "MetadataAnalysisFinished", "ClientOpened",
                 "ClientAuthed", "ClientClosed", "UserLoggedIn", "FirmwareData", "ConnectionsAutorefreshed",
                 "CaptureStart", "CaptureDone", "CaptureFailed", "ToolChange", "PositionUpdate"}
# Come from other threads of the real server: before or after what goes with them. PrintFailed waits for the
# history to be written, and was seen before EStop, after Disconnected and after OPERATIONAL.
WITHOUT_ORDER = {"PrintFailed", "MetadataStatisticsUpdated", "ZChange", "FileAdded", "UpdatedFiles", "Upload",
                 "MovieRendering", "MovieDone"}
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


def order(messages):
    result = []
    for message in messages:
        event = message.get("event")
        if event and event["type"] not in NOT_SIMULATED | WITHOUT_ORDER:
            result.append(event["type"] + ":" + (event["payload"] or {}).get("state_id", ""))
    return result


def pick(messages, kind, name, member):
    """What all messages of a kind and a name carry, e.g. the payloads of an event."""
    return [m[kind][member] for m in messages if kind in m and m[kind]["type" if kind == "event" else kind] == name]


def compare_messages(real, simulated):
    # A history right after the start has no temperatures yet; they look as in `current`.
    points = [{"temps": m["current"]["temps"]} for m in real if "current" in m]
    for kind in ("connected", "history", "current", "renderProgress"):
        compare(kind, [m[kind] for m in real if kind in m] + (points if kind == "history" else []),
                [m[kind] for m in simulated if kind in m])
    for name in sorted({m["event"]["type"] for m in simulated if "event" in m}):
        compare(name, *(pick(messages, "event", name, "payload") for messages in (real, simulated)))
    for name in sorted({m["plugin"]["plugin"] for m in simulated if "plugin" in m}):
        compare("plugin " + name, *(pick(messages, "plugin", name, "data") for messages in (real, simulated)))


def compare_servers(environment, walks, traits):
    def walked(make):
        peer = make()
        try:
            return walk(peer, walks)
        finally:
            peer.stop()

    # Most of a walk is waiting, so both go it side by side.
    with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(2) as threads:
        results = [threads.submit(walked, make) for make in (lambda: RealOctoPrint(environment, folder),
                                                              lambda: Simulator(sys.argv[1], traits))]

    (real, real_messages), (simulated, simulated_messages) = (result.result() for result in results)
    for what in real:
        if [s for s, _ in real[what]] != [s for s, _ in simulated[what]]:
            problems.append("%s: status %r, really %r" % (what, simulated[what][0], real[what][0]))
        compare(what, [b for _, b in real[what]], [b for _, b in simulated[what]])
    for name in real_messages:
        ordered = [order(messages[name]) for messages in (real_messages, simulated_messages)]
        if ordered[0] != ordered[1]:
            problems.append("order of events in %s:\n#   real      %s\n#   simulated %s" % (name, *ordered))
        failed = [len(pick(messages[name], "event", "PrintFailed", "payload"))
                  for messages in (real_messages, simulated_messages)]
        if failed[0] != failed[1]:
            problems.append("%s: %d times PrintFailed, really %d times" % (name, failed[1], failed[0]))
        print("# %s: %d events in order, and %d times PrintFailed" % (name, len(ordered[0]), failed[0]))
    compare_messages(*(sum(messages.values(), []) for messages in (real_messages, simulated_messages)))


VERSIONS = {"1.11.8": (WALKS, []), "2.0.0rc7": (NEW_WALKS, ["version-2"])}


def main():
    provision = os.path.join(HERE, "provision-octoprint.sh")
    failed = False
    versions = sys.argv[2:] or list(VERSIONS)
    print("1..%d" % len(versions))
    for number, version in enumerate(versions, 1):
        walks, traits = VERSIONS[version]
        environment = subprocess.run([provision, version], check=True, text=True,
                                     stdout=subprocess.PIPE).stdout.strip()
        problems.clear()
        compare_servers(environment, walks, traits)
        print("%s %d the simulator speaks as OctoPrint %s" % ("not ok" if problems else "ok", number, version))
        for problem in problems:
            print("# " + problem)
        sys.stdout.flush()
        failed = failed or bool(problems)
    return 1 if failed else 0


sys.exit(main())
