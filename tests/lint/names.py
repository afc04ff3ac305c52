#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Nothing of one developer's machine: no home or work directories, no addresses of package mirrors.

Why: it would work on that machine only, and it tells strangers about it.
"""

import re

import lint

# Written in pieces, so that this file does not complain about itself.
PRIVATE = re.compile(r"(?<![\w.}$*-])/(?:wo" + r"rk|ro" + r"ot)/"
                     r"|/ho" + r"me/(?!user\b|pi\b)[a-z]\w*"
                     r"|https?://[\w.-]*(?:arti" + r"factory|ne" + r"xus|pypi|mirr" + r"or|registry)[\w.-]*[/:]"
                     r"|deb\.debian\.org|archive\.ubuntu\.com|files\.pythonhosted\.org", re.I)
IGNORED = {"LICENSE", "package-lock.json"}
BINARY = {".png", ".jpg", ".gif", ".ico", ".mo", ".db", ".mp4"}


def check(root):
    for path in lint.files(root, "*"):
        inner = lint.name(root, path)
        if path.name in IGNORED or path.suffix in BINARY or inner == ".git":
            continue
        if inner in ("tests/lint/names.py", "tests/lint/test-lints.py"):
            continue
        content = lint.text(path)
        for match in PRIVATE.finditer(content):
            yield f"{inner}:{lint.line_of(content, match.start())}: \"{match.group()}\" belongs to one machine"


if __name__ == "__main__":
    lint.main(check)
