#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A file ends at 500 lines, a header at 120, a test at 300, a function at 60.

Why: what is longer is not read to the end. What passes the aim (400, 100, 40) is told, not refused.
"""

import re
import sys

import lint

LIMITS = {"file": (400, 500), "header": (100, 120), "test": (280, 300), "function": (40, 60)}
NAME = re.compile(r"^([A-Za-z_]\w*) \(")


def functions(content):
    """(name, first line, lines) of each function: house style puts its name, { and } at the margin."""
    lines = content.split("\n")
    label, start = None, 0
    for number, line in enumerate(lines, 1):
        match = NAME.match(line)
        if match:
            label, start = match.group(1), number
        elif line.startswith(";"):
            label = None
        elif line.startswith("}") and label:
            if line.strip() == "}":
                yield label, start, number - start + 1
            label = None


def check(root):
    for path in lint.files(root, "*.c", "*.h", "*.py", "*.sh", "*.js", under=("src", "tests")):
        inner = lint.name(root, path)
        kind = "header" if path.suffix == ".h" else "test" if inner.startswith("tests/") else "file"
        content = lint.text(path)
        sizes = [(inner, kind, content.count("\n"))]
        if path.suffix == ".c":
            sizes += [(f"{inner}:{start}: {label}()", "function", lines)
                      for label, start, lines in functions(lint.code(path))]
        for what, size_kind, lines in sizes:
            aim, limit = LIMITS[size_kind]
            if lines > limit:
                yield f"{what} has {lines} lines; a {size_kind} ends at {limit}"
            elif lines > aim:
                print(f"note: {what} has {lines} lines; a {size_kind} aims at {aim}", file=sys.stderr)


if __name__ == "__main__":
    lint.main(check)
