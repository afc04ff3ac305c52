#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of docs/messages.md and docs/message-tables.md are those of the program.

    messages.py PROGRAM             compares (TAP); PROGRAM is message-tables
    messages.py --write PROGRAM     writes them anew
"""

import pathlib
import re
import subprocess
import sys

DOCS = pathlib.Path(__file__).resolve().parent.parent.parent / "docs"
PAGES = {"messages.md": ["forms"], "message-tables.md": ["events", "mails", "values"]}
TABLE = re.compile(r"(?<=<!-- table: )(\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def renew(program, page):
    def make(match):
        done = subprocess.run([program, match[1]], stdout=subprocess.PIPE, text=True, encoding="utf-8", check=True, timeout=60)
        return match[1] + match[2] + "\n" + done.stdout + "\n"

    return TABLE.sub(make, page)


def main():
    failed = False
    if sys.argv[1] != "--write":
        print(f"1..{2 * len(PAGES)}")
    for number, (name, tables) in enumerate(PAGES.items()):
        page = (DOCS / name).read_text(encoding="utf-8")
        renewed = renew(sys.argv[-1], page)
        if sys.argv[1] == "--write":
            (DOCS / name).write_text(renewed, encoding="utf-8")
            continue

        complete = [match[1] for match in TABLE.finditer(page)] == tables
        failed = failed or not complete or page != renewed
        print(f"{'ok' if complete else 'not ok'} {2 * number + 1} - {name} has its tables")
        print(f"{'ok' if page == renewed else 'not ok'} {2 * number + 2} - tables of {name} are those of the program")
        if page != renewed:
            old = set(page.splitlines())
            print("\n".join(line for line in renewed.splitlines() if line not in old), file=sys.stderr)
            print("ninja -C _build update-messages writes them anew", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
