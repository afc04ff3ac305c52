#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Desktop file, metainfo, schema, unit and D-Bus XML pass the standard tools, without the network.

Why: a desktop that does not like one of them says nothing and leaves the program out.
"""

import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import lint


def tool(program, *arguments):
    """Complaint of one tool, or None. A tool that is missing is a complaint: it would prove nothing."""
    if shutil.which(program) is None:
        return f"{program} is missing; ./run packages test installs it"
    done = subprocess.run([program, *map(str, arguments)], stdin=subprocess.DEVNULL, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60)
    return None if done.returncode == 0 else " / ".join(done.stdout.split("\n"))


def unit(text):
    """Complaint about a unit of systemd; what it says of a key it does not know is no failure to it."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "lint.service")
        path.write_text(re.sub(r"^ExecStart=\S+", "ExecStart=/bin/true", text, flags=re.MULTILINE), encoding="utf-8")
        if shutil.which("systemd-analyze") is None:
            return "systemd-analyze is missing; ./run packages test installs it"
        done = subprocess.run(["systemd-analyze", "--user", "verify", str(path)], stdin=subprocess.DEVNULL, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                              env={**os.environ, "XDG_RUNTIME_DIR": folder})
    return " / ".join(done.stdout.split("\n")) or (None if done.returncode == 0 else f"status {done.returncode}")


def check(root):
    found = []
    for path in lint.files(root, "*.service.in", under=("data",)):
        if "[Unit]" in lint.text(path):
            found.append((path, unit(lint.text(path))))
    for path in lint.files(root, "*.desktop", "*.desktop.in", under=("data",)):
        # The tool judges the name, too.
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, path.name.removesuffix(".in"))
            copy.write_text(lint.text(path), encoding="utf-8")
            found.append((path, tool("desktop-file-validate", copy)))
    for path in lint.files(root, "*.metainfo.xml", "*.metainfo.xml.in", under=("data",)):
        found.append((path, tool("appstreamcli", "validate", "--no-net", path)))
        # What builds a Flatpak asks this one.
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, path.name.removesuffix(".in"))
            copy.write_text(lint.text(path), encoding="utf-8")
            found.append((path, tool("appstream-util", "validate-relax", "--nonet", copy)))
    for path in lint.files(root, "*.gschema.xml", under=("data",)):
        found.append((path, tool("glib-compile-schemas", "--strict", "--dry-run", path.parent)))
    for path in lint.files(root, "*.xml", under=("data/dbus",)):
        found.append((path, tool("xmllint", "--noout", path)))
        with tempfile.TemporaryDirectory() as output:
            found.append((path, tool("gdbus-codegen", "--generate-c-code", f"{output}/code", path)))

    for path, complaint in found:
        if complaint:
            yield f"{lint.name(root, path)}: {complaint}"


if __name__ == "__main__":
    lint.main(check)
