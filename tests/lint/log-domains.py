#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""G_LOG_DOMAIN is "herald-" and the file's name ("herald-test-…" in a test), before the first include.

Why: the domain is how a reader of the log finds the file, and copied files keep the old one.
"""

import re

import lint

DOMAIN = re.compile(r'^#define G_LOG_DOMAIN "([^"\n]*)"', re.M)


def check(root):
    for path in lint.files(root, "*.c", under=("src", "tests")):
        inner = lint.name(root, path)
        content = lint.text(path)
        match = DOMAIN.search(content)
        stem = path.stem
        expected = {f"herald-{stem}"}
        if inner.startswith("tests/"):
            expected = {f"herald-test-{stem.removeprefix('test-')}"}
        elif stem == "main":
            expected = {f"herald-{path.parent.name}", f"herald-{path.parent.name}-main", "herald-main"}
        if match is None:
            yield f"{inner}: has no G_LOG_DOMAIN"
        elif match.group(1) not in expected:
            yield f"{inner}: G_LOG_DOMAIN is \"{match.group(1)}\", not \"{sorted(expected)[0]}\""
        elif "#include" in content[:match.start()]:
            yield f"{inner}: G_LOG_DOMAIN stands after an include, where it is too late"


if __name__ == "__main__":
    lint.main(check)
