#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every manual page is installed, and no program that shows one has anything to say against it.

Why: groff, man and mandoc show a page with a mistake all the same, with words missing.
"""

import re
import subprocess

import lint

FOLDER = "docs/man/"
READERS = (
    ("mandoc", "-T", "lint", "-W", "warning"),
    ("man", "--warnings", "-E", "UTF-8", "-Tutf8", "-Z", "-l"),
    ("groff", "-ww", "-k", "-mandoc", "-Tutf8", "-z"),
)


def objections(path, shown):
    for reader in READERS:
        done = subprocess.run([*reader, str(path)], capture_output=True, text=True, errors="replace", timeout=60)
        said = done.stderr + (done.stdout if reader[0] == "mandoc" else "")
        for line in said.splitlines():
            yield f"{shown}: {reader[0]}: {line}"
        if done.returncode and not said:
            yield f"{shown}: {reader[0]} ends with {done.returncode}"


def check(root):
    build = root / FOLDER / "meson.build"
    listed = lint.text(build) if build.exists() else ""
    for path in lint.files(root, "*.[1-9]", under=(FOLDER,)):
        shown = lint.name(root, path)
        if f"'{path.name}'" not in listed:
            yield f"{shown}: {FOLDER}meson.build does not install it"
        title = re.search(r"^\.Dt (\S+) (\d)", lint.text(path), re.M)
        if not title or f"{title[1].lower()}.{title[2]}" != path.name:
            yield f"{shown}: .Dt calls it otherwise"
        yield from objections(path, shown)


if __name__ == "__main__":
    lint.main(check)
