#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""No call takes a variable and, in another argument, empties it: f (x->y, g_steal_pointer (&x)).

Why: C does not say which argument is looked at first, and compilers differ; where it is the other one, x is NULL by then.
"""

import re

import lint

STEAL = re.compile(r"\bg_steal_(?:pointer|handle_id|fd)\s*\(\s*&\s*([\w.>\-]+)\s*\)")
NO_CALL = re.compile(r"(?:^|\W)(?:if|while|for|switch|return|sizeof)\s*$|[^\w\s)]\s*$")
BRACKETS = {")": "(", "]": "[", "}": "{"}


def enclosing_calls(content, position):
    """Where the argument lists begin in which `position` lies, the innermost first, up to the statement's start."""
    depth = 0
    while position > 0:
        position -= 1
        letter = content[position]
        if letter in ")]":
            depth += 1
        elif letter in "([":
            if depth == 0 and letter == "(" and not NO_CALL.search(content[max(0, position - 20):position]):
                yield position + 1
            depth = max(0, depth - 1)
        elif letter in ";{}" and depth == 0:
            return


def arguments(content, start):
    """(start, text) of each argument of a call."""
    depth, begin, position = 0, start, start
    while position < len(content):
        letter = content[position]
        if letter in "([{":
            depth += 1
        elif letter in BRACKETS:
            if depth == 0:
                yield begin, content[begin:position]
                return
            depth -= 1
        elif letter == "," and depth == 0:
            yield begin, content[begin:position]
            begin = position + 1
        position += 1


def check(root):
    for path in lint.files(root, "*.c", under=("src", "tests")):
        content = lint.code(path)
        for steal in STEAL.finditer(content):
            emptied = steal.group(1)
            read = re.compile(rf"(?<![\w.>]){re.escape(emptied)}\b")
            for start in enclosing_calls(content, steal.start()):
                others = [text for begin, text in arguments(content, start)
                          if not begin <= steal.start() < begin + len(text)]
                if any(read.search(text) for text in others):
                    yield (f"{lint.name(root, path)}:{lint.line_of(content, steal.start())}: {emptied} is emptied and read "
                           "in one call; read it before, into a variable")
                    break


if __name__ == "__main__":
    lint.main(check)
