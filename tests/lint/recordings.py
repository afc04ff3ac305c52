#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A recording is one message a line, in the order of time, small, and free of the machine it was made on.

Why: the tests that read it check nothing if it is broken, and a key or an address in it is told to strangers.
"""

import json
import re

import lint

FILE_MAX_BYTES = 40_000
PRIVATE = re.compile(r"TESTKEY|VIEWERKEYV|octoprint-test-|://127\.0\.0\.1:(?!5000\b|8080\b)\d+")


def check_lines(content):
    """(line, complaint) of each broken line."""
    last = -1.0
    for number, line in enumerate(content.splitlines(), 1):
        try:
            message = json.loads(line)
        except ValueError:
            yield number, "is no JSON"
            continue
        when = message.get("_at") if isinstance(message, dict) else None
        if not isinstance(when, (int, float)) or when < last:
            yield number, "has no time, or one before the last"
            continue
        last = when
        # Our own lines may say more than one thing about themselves.
        kinds = [key for key in message if not key.startswith("_")]
        if len(kinds) != 1 and not (len(message) > 1 and not kinds):
            yield number, "is not one message"


def check(root):
    for path in lint.files(root, "*.json", "*.jsonl", under=("tests/data/frames", "tests/data/rest")):
        inner, content = lint.name(root, path), lint.text(path)
        if len(content.encode()) > FILE_MAX_BYTES:
            yield f"{inner} is larger than {FILE_MAX_BYTES} bytes"
        for match in PRIVATE.finditer(content):
            yield f"{inner}:{lint.line_of(content, match.start())}: \"{match.group()}\" belongs to one machine"
        if path.suffix == ".jsonl":
            yield from (f"{inner}:{number}: {complaint}" for number, complaint in check_lines(content))
            continue
        try:
            json.loads(content)
        except ValueError:
            yield f"{inner} is no JSON"


if __name__ == "__main__":
    lint.main(check)
