#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The tables of docs/email-tried.md about real servers are those of tests/real/mail_matrix.py.

    email_matrix.py            compares (TAP)
    email_matrix.py --write    writes them anew
"""

import pathlib
import re
import sys

TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(TESTS / "real"))

from mail_matrix import make_faults, make_logins  # noqa: E402

PAGE = TESTS.parent / "docs/email-tried.md"
TABLES = {"tried-logins": make_logins, "tried-faults": make_faults}
TABLE = re.compile(r"(?<=<!-- table: )(tried-\w+)( -->\n)(.*?)(?=<!-- end -->)", re.DOTALL)


def main():
    page = PAGE.read_text(encoding="utf-8")
    renewed = TABLE.sub(lambda match: f"{match[1]}{match[2]}\n{TABLES[match[1]]()}\n\n", page)
    if sys.argv[1:] == ["--write"]:
        PAGE.write_text(renewed, encoding="utf-8")
        return 0

    complete = sorted(match[1] for match in TABLE.finditer(page)) == sorted(TABLES)
    print("1..2")
    print(f"{'ok' if complete else 'not ok'} 1 - page has all tables")
    print(f"{'ok' if page == renewed else 'not ok'} 2 - tables of docs email-tried.md are those of what is tried")
    if page != renewed:
        print("ninja -C _build update-email-matrix writes them anew", file=sys.stderr)
    return 0 if complete and page == renewed else 1


if __name__ == "__main__":
    sys.exit(main())
