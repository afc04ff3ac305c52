#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""An include crosses layers only as layers.txt allows, and is written from src/.

Why: a layer that knows only what lies below it can be read, tested and replaced by itself. Core also
knows no toolkit: it runs on machines without a display.
"""

import pathlib
import re

import lint

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(["<])([^">\n]+)[">]', re.M)
# gdk-pixbuf among them: newer ones decode in processes that they start.
TOOLKIT = re.compile(r"^(gtk|gdk|gsk|adwaita|libnotify|graphene)[/.-]")
NO_TOOLKIT = ("core", "ctl", "demo", "picture")


def read_table(path):
    table = {}
    for line in lint.text(path).splitlines():
        line = line.split("#")[0].strip()
        if line:
            layer, _, uses = line.partition(":")
            table[layer.strip()] = uses.split()
    return table


def layer_of(table, path):
    """The longest layer this path (below src/) lies in."""
    found = [layer for layer in table if path.startswith(layer + "/")]
    return max(found, key=len, default=None)


def allowed(table, mine, theirs):
    uses = table[mine]
    return (theirs == mine or theirs in uses
            or ("core/*" in uses and theirs.startswith("core/")))


def check(root):
    table_path = root / "tests/lint/layers.txt"
    if not table_path.exists():
        table_path = pathlib.Path(__file__).with_name("layers.txt")
    table = read_table(table_path)

    for path in lint.files(root, "*.c", "*.h", under=("src",)):
        inner = path.relative_to(root / "src").as_posix()
        mine = layer_of(table, inner)
        if mine is None:
            yield f"{lint.name(root, path)}: lies in no layer of layers.txt"
            continue

        content = lint.code(path, strings=True)
        for match in INCLUDE.finditer(content):
            quote, target = match.groups()
            where = f"{lint.name(root, path)}:{lint.line_of(content, match.start())}"
            if quote == "<":
                if inner.split("/")[0] in NO_TOOLKIT and TOOLKIT.match(target):
                    yield f"{where}: <{target}> has no place without a display"
                continue
            # Generated headers (config, D-Bus code, resources) lie in the build directory, without a folder.
            if "/" not in target:
                if (path.parent / target).exists():
                    yield f"{where}: \"{target}\" is not written from src/"
                continue
            theirs = layer_of(table, target)
            if theirs is None:
                yield f"{where}: \"{target}\" is not written from src/"
            elif not allowed(table, mine, theirs):
                yield f"{where}: {mine} may not use {theirs} (\"{target}\")"


if __name__ == "__main__":
    lint.main(check)
