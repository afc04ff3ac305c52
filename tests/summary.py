#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Adds up meson's logs: every TAP line counts, and a program that broke off counts as one more failure.

    tests/summary.py BROKEN _build/meson-logs/testlog.json …

BROKEN is 0 if every part of the check says that it went well. A log that is not there is a failure, too.

Prints failing tests' output, each skip with its reason, every failure again in a line, and last "N passed, N failed, N skipped".
Fails if anything failed or if nothing ran.
"""

import json
import os
import re
import sys

RESULT = re.compile(r"^(not )?ok\b[^#\n]*(?:#\s*(SKIP|TODO)\b\s*(.*))?", re.I)
REASON_LINES, REASON_LENGTH = 2, 400
ALL_SKIPPED = re.compile(r"^1\.\.0\s*#\s*SKIP\S*\s*(.*)", re.I)


def count(test):
    """(passed, failed, reasons of skips) of one program."""
    passed, failed, skips = 0, 0, []
    for line in test.get("stdout", "").splitlines():
        match = RESULT.match(line)
        all_skipped = ALL_SKIPPED.match(line)
        if all_skipped:
            skips.append(all_skipped.group(1) or "no reason given")
        elif match and (match.group(2) or "").upper() == "SKIP":
            skips.append(match.group(3) or "no reason given")
        elif match and match.group(1):
            failed += (match.group(2) or "").upper() != "TODO"
        elif match:
            passed += 1

    result = test["result"]
    if result == "SKIP" and not skips:
        skips.append("no reason given")
    if result not in ("OK", "SKIP", "EXPECTEDFAIL") and failed == 0:
        failed = 1
    if result == "OK" and passed + failed + len(skips) == 0:
        passed = 1
    return passed, failed, skips


def failures_of(test):
    """A line on each failure of one program: what failed, and the beginning of why"""
    lines = test.get("stdout", "").splitlines()
    told = []
    for number, line in enumerate(lines):
        match = RESULT.match(line)
        if match and match.group(1) and (match.group(2) or "").upper() != "TODO":
            why = [comment for comment in lines[number + 1:number + 1 + REASON_LINES] if comment.startswith("# ")]
            told.append(f"failed: {test['name']}: {' '.join([line, *why])[:REASON_LENGTH]}")
    return told or [f"failed: {test['name']}: {test['result']}"]


def main():
    passed = failed = skipped = 0
    failures = []
    broken = sys.argv[1] != "0"
    for log in sys.argv[2:]:
        if not os.path.exists(log):
            print(f"{log} was not written: that part did not get as far as its tests, see above.")
            failed += 1
            continue
        with open(log, encoding="utf-8") as lines:
            tests = [json.loads(line) for line in lines if line.strip()]
        for test in tests:
            good, bad, skips = count(test)
            passed, failed, skipped = passed + good, failed + bad, skipped + len(skips)
            for reason in skips:
                print(f"skipped: {test['name']}: {reason}")
            if bad:
                print(f"\n── {test['name']}: {test['result']} ──")
                print((test.get("stdout", "") + "\n" + test.get("stderr", "")).strip()[-20000:])
                failures += failures_of(test)
    if broken and not failed:
        print("A part of the check broke off, though no test of it failed; see above.")
        failed = 1
    # Again at the end, where one looks first, and which is what is kept of a long log
    for failure in failures:
        print(failure)
    if passed + failed == 0:
        print("No test was run.")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 0 if passed and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
