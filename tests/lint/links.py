#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every link, picture, anchor and named file of a page is there, every page is reached, and none is too long to be read.

Why: pages are renamed and split; who follows a link that is dead gives up. The window shows docs/ as its help.
"""

import re
import urllib.parse

import lint

# From these everything in docs/ has to be reached.
ENTRANCES = ("README.md", "docs/README.md")
FOLDER = "docs/"
# One or two screens. What is longer is listed with its reason.
LONGEST = 130
LONGER = {
    "docs/dbus.md": "generated: every method and property",
    "docs/headless.md": "one journey, each command of it tried in this order by test-headless.py",
    "docs/message-tables.md": "generated: every event and value",
}
# Pages of others, recordings and what is unpacked have links of their own.
SKIPPED = ("tests/data/", "flatpak/build")
LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+(?:\([^()\s]*\))?)(?: \"[^\"]*\")?\)")
CODE = re.compile(r"^ *(```|~~~).*?^ *\1[^\n]*$|`[^`\n]*`|<!--.*?-->", re.S | re.M)
NAMED = re.compile(r"`((?:src|tests)/[\w./-]*[\w/]|data/[\w/.-]*\.[a-z]+)`")
HEADING = re.compile(r"^#{1,6} +(.*?) *#*$", re.M)


def anchors(content):
    """As GitHub and the help of the window make them: the second of the same name has -1."""
    found = set()
    for match in HEADING.finditer(re.sub(r"^ *```.*?^ *```$", "", content, flags=re.S | re.M)):
        words = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", match[1]).replace("`", "").replace("*", "").lower()
        name = re.sub(r"[^\w\- ]", "", words).replace(" ", "-")
        number = 0
        while (name if number == 0 else f"{name}-{number}") in found:
            number += 1
        found.add(name if number == 0 else f"{name}-{number}")
    return found


def links(content):
    """Relative targets outside of code, each with its line."""
    plain = CODE.sub(lint.blank, content)
    for match in LINK.finditer(plain):
        target = urllib.parse.unquote(match[1].strip("<>"))
        if not re.match(r"[a-z][a-z0-9+.-]*:", target):
            yield target, lint.line_of(content, match.start())


def check_links(root, path, pages):
    """Complaints about one page; `pages` gets what it leads to."""
    shown = lint.name(root, path)
    content = lint.text(path)
    for target, line in links(content):
        place, _hash, anchor = target.partition("#")
        aim = (path.parent / place).resolve() if place else path
        if not aim.exists() or (root not in aim.parents and aim != root):
            yield f"{shown}:{line}: “{target}” leads nowhere"
            continue
        if aim.is_dir():
            continue
        pages.add(lint.name(root, aim))
        if anchor and aim.suffix == ".md" and anchor not in anchors(lint.text(aim)):
            yield f"{shown}:{line}: {lint.name(root, aim)} has no heading “{anchor}”"


def check_names(root, path):
    """Files that a page names must be there."""
    for match in NAMED.finditer(lint.text(path)):
        if not any((root / (match[1] + ending)).exists() for ending in ("", ".c")):
            yield f"{lint.name(root, path)}:{lint.line_of(lint.text(path), match.start())}: there is no {match[1]}"


def reach(entrances, leads):
    reached, ahead = set(), [page for page in entrances if page in leads]
    while ahead:
        page = ahead.pop()
        if page not in reached:
            reached.add(page)
            ahead += [other for other in leads[page] if other in leads]
    return reached


def check_length(root, path):
    shown = lint.name(root, path)
    count = len(lint.text(path).splitlines())
    if shown.startswith(FOLDER) and count > LONGEST and shown not in LONGER:
        yield f"{shown}: {count} lines; {LONGEST} at most, or a reason in tests/lint/links.py"
    if shown in LONGER and count <= LONGEST:
        yield f"{shown}: {count} lines are few enough; it need not be listed in links.py"


def check(root):
    root = root.resolve()
    leads = {}
    for path in lint.files(root, "*.md"):
        shown = lint.name(root, path)
        if shown.startswith(SKIPPED):
            continue
        leads[shown] = set()
        yield from check_links(root, path, leads[shown])
        yield from check_length(root, path)
        yield from check_names(root, path)
    reached = reach(ENTRANCES, leads)
    for shown in sorted(leads):
        if shown.startswith(FOLDER) and shown not in reached:
            yield f"{shown}: nothing leads there from {' or '.join(ENTRANCES)}"


if __name__ == "__main__":
    lint.main(check)
