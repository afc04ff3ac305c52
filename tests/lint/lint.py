# SPDX-License-Identifier: GPL-3.0-or-later
"""What the lints share: finding files, reading C without its comments, and reporting as TAP.

A lint is a function check(root) that yields complaints ("file:line: what is wrong"). It takes the
root of the tree, so that test-lints.py can show it a small tree with a planted violation.
"""

import pathlib
import re
import sys

SKIPPED = {".git", ".cache", "__pycache__", "node_modules"}


def files(root, *patterns, under=("",)):
    """Files of the tree that match a pattern, sorted, never from a build directory."""
    root = pathlib.Path(root)
    for start in under:
        for path in sorted((root / start).rglob("*")):
            parts = path.relative_to(root).parts
            if any(part in SKIPPED or part.startswith("_build") for part in parts):
                continue
            if path.is_file() and not path.is_symlink() and any(path.match(p) for p in patterns):
                yield path


def text(path):
    return path.read_text(encoding="utf-8", errors="replace")


def name(root, path):
    return path.relative_to(root).as_posix()


def blank(match):
    """Nothing but the line ends of what was matched, so that line numbers stay true."""
    return re.sub(r"[^\n]", " ", match.group())


TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'', re.S)


def code(path, strings=False):
    """The C text without comments, and without the contents of strings unless they are wanted."""
    def strip(match):
        return match.group() if strings and match.group()[0] == '"' else blank(match)

    return TOKEN.sub(strip, text(path))


def line_of(content, position):
    return content.count("\n", 0, position) + 1


def main(check):
    """Runs one lint over the tree named on the command line."""
    root = pathlib.Path(sys.argv[1]).resolve()
    complaints = list(check(root))
    print("1..1")
    for complaint in complaints:
        print(f"# {complaint}")
    title = pathlib.Path(sys.argv[0]).stem
    print(f"{'not ok' if complaints else 'ok'} 1 - {title}")
    sys.exit(1 if complaints else 0)
