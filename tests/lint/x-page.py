#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence about an answer of X stands in docs/x.md, where it says what to do about it, and no other.

Why: whoever reads such a sentence looks for its words on that page.
"""

import re

import lint

TABLE = "src/core/channels/x/x-meaning.c"
PAGE = "docs/x.md"
HEADING = "| what you read | why | what becomes of the message | what to do |"
SENTENCE = re.compile(r"^  \[[A-Z_]+\] = \{[^{}]*?N_\(((?:\s*\"(?:[^\"\\]|\\.)*\")+)\)", re.M)


def sentences(content):
    """What the program says, each with its line."""
    for match in SENTENCE.finditer(content):
        words = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))
        yield words.replace("'", "’"), lint.line_of(content, match.start())


def rows(content):
    """The first cells of the table, each with its line."""
    lines = content.replace("'", "’").split("\n")
    if HEADING not in lines:
        return
    for number in range(lines.index(HEADING) + 2, len(lines)):
        if not lines[number].startswith("| "):
            return
        yield lines[number].split(" | ")[0][2:], number + 1


def check(root):
    if not (root / TABLE).exists():
        return
    said = list(sentences(lint.text(root / TABLE)))
    explained = list(rows(lint.text(root / PAGE) if (root / PAGE).exists() else ""))
    if not said:
        yield f"{TABLE}: no sentence is found in it any more"
    for words, line in said:
        if not any(words.startswith(cell) for cell, _line in explained):
            yield f"{TABLE}:{line}: “{words}” is not in the table of {PAGE}"
    for cell, line in explained:
        if not any(words.startswith(cell) for words, _line in said):
            yield f"{PAGE}:{line}: nothing says “{cell}”"


if __name__ == "__main__":
    lint.main(check)
