#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes what happened in each recording into the table at the top of tests/data/frames/README.md.

    tests/real/frames-table.py tests/data/frames
"""

import json
import pathlib
import re
import sys

from recording_socket import label

# What comes at any time, or with everything, and says nothing about the situation.
NOISE = {"connected", "history(Operational)", "current", "timelapse", "ClientOpened", "ClientAuthed", "ClientClosed",
         "UserLoggedIn", "UpdatedFiles", "MetadataAnalysisStarted", "MetadataAnalysisFinished",
         "MetadataStatisticsUpdated", "ChartMarked", "Home", "Dwelling", "ZChange", "CaptureStart",
         "CaptureDone", "FirmwareData", "ConnectionsAutorefreshed", "[socket open]",
         "plugin:firmware_check(update)", "plugin:action_command_notification"}
BEGIN, END = "<!-- table: made by tests/real/frames-table.py -->", "<!-- end of table -->"


def version_key(name):
    return [int(part) for part in re.findall(r"\d+", name)]


def sequence(path):
    """The labels of one recording without noise; what repeats at once is said once."""
    names = []
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file):
            name = label(json.loads(line))
            # Connecting again is worth telling, connecting is not.
            # Connecting again is worth telling, connecting is not.
            if (name in NOISE and (name != "[socket open]" or number == 0)) or names[-1:] == [name]:
                continue
            names.append(name.replace("action_command_", "").replace("plugin:", ""))
    return " ".join(names) or "–"


def rows(root):
    """(scenario, versions, sequence), versions that say the same in one row."""
    versions = sorted({path.parent.name for path in root.glob("*/*.jsonl")}, key=version_key)
    scenarios = sorted({path.stem for path in root.glob("*/*.jsonl")})
    for scenario in scenarios:
        same = {}
        for version in versions:
            path = root / version / f"{scenario}.jsonl"
            if path.exists():
                same.setdefault(sequence(path), []).append(version)
        for text, names in same.items():
            yield scenario, "all" if len(names) == len(versions) else ", ".join(names), text


def main():
    root = pathlib.Path(sys.argv[1])
    readme = root / "README.md"
    lines = [BEGIN, "| recording | versions | what was said, in this order |", "| --- | --- | --- |"]
    lines += [f"| {scenario} | {versions} | {text} |" for scenario, versions, text in rows(root)]
    table = "\n".join([*lines, END])
    content = readme.read_text(encoding="utf-8")
    before, _, rest = content.partition(BEGIN)
    after = rest.partition(END)[2]
    readme.write_text(before + table + after, encoding="utf-8")


if __name__ == "__main__":
    main()
