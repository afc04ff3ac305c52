#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every octoheraldctl that a page or a manual shows is typed as the program wants it.

    shown_commands.py PROGRAM         (TAP, a test for each page)

The program itself judges: it looks at what was typed before it looks for the service, which it is not given here.
"""

import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
FENCE = re.compile(r"^ *```.*?\n(.*?)^ *```", re.S | re.M)
INDENTED = re.compile(r"(?:^(?: {4,}|\t).*\n)+", re.M)
INLINE = re.compile(r"`(octoheraldctl [^`]+)`")
SHOWN = re.compile(r"(?:^|[|;&(] *|\$ )octoheraldctl +(?=[a-z-])(.*)$")
LITERAL = re.compile(r"^\.Bd -literal.*?\n(.*?)^\.Ed", re.S | re.M)
QUOTED = re.compile(r"^\.Ql octoheraldctl (.*?)(?: [,.;])?$", re.M)
WRONG_USAGE = 2
FEWEST = 100


def lines(block):
    """What is one command, though it may go on behind a backslash."""
    return re.sub(r"\\\n\s*", " ", block).splitlines()


def words(typed):
    """The words of the first of them, up to a pipe, a redirection or a remark."""
    lexer = shlex.shlex(typed, posix=True, punctuation_chars="|<>;&")
    lexer.whitespace_split = True
    found = []
    for word in lexer:
        if word[0] in "|<>;&":
            break
        found.append(word)
    return found


def in_page(text):
    """The commands of a page: in its blocks whole, as they are to be typed; within its sentences perhaps only named, so that
    there the help is asked for: it comes if the command and the options before it are right."""
    rest = FENCE.sub("", text)
    blocks = [match[1] for match in FENCE.finditer(text)] + INDENTED.findall(rest)
    for block in blocks:
        for match in filter(None, map(SHOWN.search, map(str.strip, lines(block)))):
            yield match[1]
    for match in INLINE.finditer(rest):
        command = SHOWN.search(" ".join(match[1].split()))
        if command:
            yield command[1] + " --help"


def in_manual(text):
    plain = text.replace(r"\-", "-")
    for match in LITERAL.finditer(plain):
        yield from (found[1] for found in map(SHOWN.search, lines(match[1])) if found)
    for match in QUOTED.finditer(plain):
        yield match[1] + " --help"


def judge(program, typed, folder):
    """What the program has against it, or nothing."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder,
                   "DBUS_SESSION_BUS_ADDRESS": f"unix:path={folder}/no-bus"}
    try:
        given = words(typed)
    except ValueError as problem:
        return str(problem)
    done = subprocess.run([program, *given], env=environment, cwd=folder, stdin=subprocess.DEVNULL,
                          capture_output=True, text=True, encoding="utf-8", timeout=60, check=False)
    return done.stderr.splitlines()[0] if done.returncode == WRONG_USAGE else ""


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
    shown = {page: list(in_page(page.read_text(encoding="utf-8"))) for page in pages}
    shown |= {page: list(in_manual(page.read_text(encoding="utf-8"))) for page in sorted((ROOT / "docs/man").glob("*.[15]"))}
    shown = {page: commands for page, commands in shown.items() if commands}
    total = sum(map(len, shown.values()))
    failed = total < FEWEST

    print(f"1..{len(shown) + 2}")
    print(f"{'not ok' if failed else 'ok'} 1 - pages show commands ({total})")
    with tempfile.TemporaryDirectory() as folder:
        seen = bool(judge(program, "printer ad --url octopi", folder)) and bool(judge(program, "status --jsn", folder))
        failed = failed or not seen
        print(f"{'ok' if seen else 'not ok'} 2 - a command that does not exist is seen")
        for number, (page, commands) in enumerate(shown.items(), 3):
            wrong = [(command, said) for command in commands if (said := judge(program, command, folder))]
            for command, said in wrong:
                print(f"{page.name}: octoheraldctl {command}\n    {said}", file=sys.stderr)
            failed = failed or bool(wrong)
            print(f"{'not ok' if wrong else 'ok'} {number} - commands in {page.name} ({len(commands)})", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
