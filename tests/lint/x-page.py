#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every sentence about an answer of X stands in docs/x-answers.md, where it says what to do about it, and no other.

Why: whoever reads such a sentence looks for its words on that page.
"""

import re

import lint

FOLDER = "src/core/channels/x/"
TABLE = FOLDER + "x-meaning.c"
BESIDE = tuple(FOLDER + name for name in ("x-verdict.c", "x-client.c", "x-post.c", "x-media.c", "x-film.c"))
PAGE = "docs/x-answers.md"
HEADING = "| what you read | why | what becomes of the message | what to do |"
WORDS = r"\(((?:\s*\"(?:[^\"\\]|\\.)*\")+)\)"
ROW = re.compile(r"^  \[[A-Z_]+\] = \{[^{}]*?N_" + WORDS, re.M)
SENTENCE = re.compile(r"(?<!\w)_" + WORDS)


def sentences(root, path, pattern):
    """What the program says, each with its place; … stands for what is filled in."""
    if not (root / path).exists():
        return
    content = lint.text(root / path)
    for match in pattern.finditer(content):
        words = "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1)))
        yield re.sub("%[su]", "…", words.replace("'", "’")), f"{path}:{lint.line_of(content, match.start())}"


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
    said = list(sentences(root, TABLE, ROW))
    if (root / TABLE).exists() and not said:
        yield f"{TABLE}: no sentence is found in it any more"
    for path in BESIDE:
        said += sentences(root, path, SENTENCE)
    explained = list(rows(lint.text(root / PAGE) if (root / PAGE).exists() else ""))
    for words, place in said:
        if not any(words.startswith(cell) for cell, _line in explained):
            yield f"{place}: “{words}” is not in the table of {PAGE}"
    for cell, line in explained:
        if not any(words.startswith(cell) for words, _place in said):
            yield f"{PAGE}:{line}: nothing says “{cell}”"


if __name__ == "__main__":
    lint.main(check)
