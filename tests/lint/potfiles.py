#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every file with a text for people is in po/POTFILES.in, and everything named there exists.

Why: a text that is missing there can never be translated, and nobody notices.
"""

import re

import lint

C_TEXT = re.compile(r'(?<![\w"])(?:_|N_|C_|NC_|g_dngettext|ngettext|dgettext)\s*\(\s*"')
UI_TEXT = re.compile(r'translatable="(yes|true)"')
DATA = ("*.desktop.in", "*.metainfo.xml.in", "*.metainfo.xml", "*.gschema.xml")


def has_text(path):
    if path.suffix in (".c", ".h"):
        return bool(C_TEXT.search(lint.code(path, strings=True)))
    return bool(UI_TEXT.search(lint.text(path)))


def check(root):
    listing = root / "po/POTFILES.in"
    lines = lint.text(listing).splitlines() if listing.exists() else []
    listed = {line.strip() for line in lines if line.strip() and not line.startswith("#")}

    for entry in sorted(listed):
        if not (root / entry).exists():
            yield f"po/POTFILES.in: {entry} does not exist"
    for path in lint.files(root, "*.c", "*.h", "*.ui", under=("src",)):
        if has_text(path) and lint.name(root, path) not in listed:
            yield f"{lint.name(root, path)}: has texts for people and is not in po/POTFILES.in"
    for path in lint.files(root, *DATA, under=("data",)):
        if path.suffix == ".in" and lint.name(root, path) not in listed:
            yield f"{lint.name(root, path)}: is translated and not in po/POTFILES.in"


if __name__ == "__main__":
    lint.main(check)
