#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Debian packages are built with what ./run says, and each program that is installed is in one of them.

Why: otherwise only who builds the packages finds out, and that takes minutes. Their version is for releases.py.
"""

import re

import lint

PROGRAM = re.compile(r"executable\('([^']+)'((?:[^()]|\([^()]*\))*)\)")
BUILD_DEPENDS = re.compile(r"^Build-Depends:\n((?: .*\n)+)", re.M)
# Where one text says more than the other
ELSEWHERE = {"gcc", "libc6-dev", "ninja-build", "git", "ca-certificates", "libglib2.0-bin", "glib-networking", "dbus", "dbus-daemon",
             "librsvg2-common", "debhelper-compat"}


def programs(root):
    for path in lint.files(root, "meson.build", under=("src",)):
        content = re.sub(r"#[^\n]*", "", lint.text(path))
        for match in PROGRAM.finditer(content):
            if re.search(r"install:\s*true", match[2]):
                yield path, lint.line_of(content, match.start()), match[1]


def compare_build_packages(root):
    """What ./run installs to build is what the packages are built with."""
    run = lint.text(root / "run")
    listed = re.search(r"^packages\[service\]='([^']*)'", run, re.M)[1] + " " + \
        re.search(r'^packages\[build\]="([^"]*)"', run, re.M)[1].replace("${packages[service]}", "")
    here = set(listed.split()) - ELSEWHERE
    block = BUILD_DEPENDS.search(lint.text(root / "debian/control"))
    there = {line.split()[0].rstrip(",") for line in block[1].splitlines()} - ELSEWHERE
    for package in sorted(here - there):
        yield f"debian/control: to build takes {package}, as ./run says"
    for package in sorted(there - here):
        yield f"run: to build takes {package}, as debian/control says"


def check(root):
    if not (root / "debian/control").exists():
        yield "debian/control: is missing"
        return
    yield from compare_build_packages(root)
    installed = "\n".join(lint.text(path) for path in lint.files(root, "*.install", under=("debian",)))
    for path, line, program in programs(root):
        if not re.search(rf"^usr/(?:bin|libexec)/{re.escape(program)}$", installed, re.M):
            yield f"{lint.name(root, path)}:{line}: no package in debian/ has the program {program}"


if __name__ == "__main__":
    lint.main(check)
