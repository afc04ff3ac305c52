#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What pages about trouble quote is what the program says, and some files say nothing that they do not explain.

Why: whoever reads a sentence looks for its words on such a page.
"""

import re

import lint

SOURCES = ("src/core", "src/service", "src/ctl", "src/window")
NET = "src/core/net/"
PRINTERS = "src/core/printers/octoprint/"
# Every sentence of these files is about something that a person has to put right, or wants to know of.
PAGES = {
    "docs/troubleshooting.md": (NET + "http-client.c", PRINTERS + "application-key.c", PRINTERS + "octoprint-server.c",
                                PRINTERS + "sign-in.c", "src/core/store/secret-store.c", "src/service/notifications/notification-ask.c",
                                "src/service/session/background-request.c", "src/service/session/desktop-session.c",
                                "src/ctl/failure.c"),
    "docs/email-answers.md": tuple(NET + f"{name}.c" for name in (
        "sasl", "sasl-scram", "smtp-auth", "smtp-connection", "smtp-endpoint", "smtp-login", "smtp-meaning", "smtp-opening",
        "smtp-reply", "smtp-verdict")) + ("src/core/channels/email/graph-verdict.c", "src/core/store/online-request.c"),
}
GOOD = ("The keyring is open.", "OctoHerald: …, …", "The icon is in your panel.", "OctoHerald watches your 3D printers")
WORDS = re.compile(r"(?<!\w)(?:N?_ ?\(|N?C_ ?\(\s*\"[^\"]*\",)((?:\s*\"(?:[^\"\\]|\\.)*\")+)\)", re.S)
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


def check_page(page, content, explained, said):
    quoted = list(quotes(content))
    for words, number in quoted:
        if not any(sentence.startswith(words.rstrip(".")) for found in said.values() for sentence, _line in found):
            yield f"{page}:{number}: nothing says “{words}”"
    for name in explained:
        for words, line in said.get(name, ()):
            if not words.startswith(GOOD) and not any(words.startswith(part.rstrip(".")) for part, _number in quoted):
                yield f"{name}:{line}: “{words}” is not in {page}"


def check(root):
    said = {lint.name(root, path): list(sentences(path)) for path in lint.files(root, "*.c", under=SOURCES)}
    for page, explained in PAGES.items():
        if (root / page).exists():
            yield from check_page(page, lint.text(root / page), explained, said)


if __name__ == "__main__":
    lint.main(check)
