#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every .c under src and tests is named in the meson.build of its folder or of one above.

Why: a file nobody builds looks alive, and a test nobody builds looks like a proof.
"""

import re

import lint


def named(root, path):
    folder = path.parent
    while True:
        build = folder / "meson.build"
        if build.exists():
            inner = path.relative_to(folder).as_posix()
            content = re.sub(r"#[^\n]*", "", lint.text(build))
            if f"'{inner}'" in content:
                return True
        if folder == root:
            return False
        folder = folder.parent


def check(root):
    for path in lint.files(root, "*.c", under=("src", "tests")):
        if not named(root, path):
            yield f"{lint.name(root, path)}: no meson.build names it"


if __name__ == "__main__":
    lint.main(check)
