#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/troubleshooting.md quotes is what the program says, and some files say nothing that it does not explain.

Why: whoever reads a sentence looks for its words on that page.
"""

import re

import lint

PAGE = "docs/troubleshooting.md"
SOURCES = ("src/core", "src/service", "src/ctl", "src/window")
# Every sentence of these is about something that a person has to put right.
EXPLAINED = ("src/core/net/http-client.c", "src/core/printers/octoprint/application-key.c",
             "src/core/printers/octoprint/octoprint-server.c", "src/core/printers/octoprint/sign-in.c",
             "src/core/store/secret-store.c", "src/service/notifications/notification-ask.c",
             "src/service/session/background-request.c", "src/service/session/desktop-session.c", "src/ctl/failure.c")
GOOD = ("The keyring is open.", "OctoHerald: …, …", "The icon is in your panel.", "OctoHerald watches your 3D printers")
WORDS = re.compile(r"(?<!\w)N?_ ?\(((?:\s*\"(?:[^\"\\]|\\.)*\")+)\)", re.S)
SHORTEST = 12


def plain(words):
    """Without quotes, of whatever kind, and with … for what is filled in."""
    return re.sub(r"[“”\"'’‘]", "", re.sub(r"%[a-z]", "…", words)).strip()


def sentences(path):
    content = lint.text(path)
    for match in WORDS.finditer(content):
        words = plain("".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match[1])))
        if len(words) >= SHORTEST:
            yield words, lint.line_of(content, match.start())


def cut(cell):
    """The quotes of a cell; there may be others within."""
    depth, begin = 0, 0
    for place, character in enumerate(cell):
        if character == "“":
            begin = place + 1 if depth == 0 else begin
            depth += 1
        elif character == "”":
            depth -= 1
            if depth == 0:
                yield cell[begin:place]


def quotes(content):
    for number, line in enumerate(content.splitlines(), 1):
        if line.startswith("| ") and not line.startswith("| you see"):
            yield from ((plain(words), number) for words in cut(line.split(" | ")[0]) if len(words) >= SHORTEST)


def check(root):
    if not (root / PAGE).exists():
        return
    quoted = list(quotes(lint.text(root / PAGE)))
    said = {}
    for path in lint.files(root, "*.c", under=SOURCES):
        said[lint.name(root, path)] = list(sentences(path))
    everything = [words for found in said.values() for words, _line in found]
    for words, number in quoted:
        if not any(sentence.startswith(words) or sentence.startswith(words.rstrip(".")) for sentence in everything):
            yield f"{PAGE}:{number}: nothing says “{words}”"
    for name in EXPLAINED:
        for words, line in said.get(name, ()):
            if not words.startswith(GOOD) and not any(words.startswith(part.rstrip(".")) for part, _number in quoted):
                yield f"{name}:{line}: “{words}” is not in {PAGE}"


if __name__ == "__main__":
    lint.main(check)
