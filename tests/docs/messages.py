#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of docs/messages.md are those of the program.

    messages.py PROGRAM             compares (TAP); PROGRAM is message-tables
    messages.py --write PROGRAM     writes them anew
"""

import pathlib
import re
import subprocess
import sys

PAGE = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/messages.md"
TABLE = re.compile(r"(?<=<!-- table: )(\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def renew(program, page):
    def make(match):
        done = subprocess.run([program, match[1]], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True, timeout=60)
        return match[1] + match[2] + "\n" + done.stdout + "\n"

    return TABLE.sub(make, page)


def main():
    write = sys.argv[1] == "--write"
    page = PAGE.read_text(encoding="utf-8")
    renewed = renew(sys.argv[-1], page)
    if write:
        PAGE.write_text(renewed, encoding="utf-8")
        return 0

    names = [match[1] for match in TABLE.finditer(page)]
    print("1..2")
    complete = sorted(names) == ["events", "forms", "mails", "values"]
    print(f"{'ok' if complete else 'not ok'} 1 - page has all tables")
    print(f"{'ok' if page == renewed else 'not ok'} 2 - tables of docs messages.md are those of the program")
    if page != renewed:
        old = set(page.splitlines())
        print("\n".join(line for line in renewed.splitlines() if line not in old), file=sys.stderr)
        print("ninja -C _build update-messages writes them anew", file=sys.stderr)
    return 0 if complete and page == renewed else 1


if __name__ == "__main__":
    sys.exit(main())
