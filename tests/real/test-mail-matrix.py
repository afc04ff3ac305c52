#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs every row of mail_matrix.py with a real mail server, after other programs have shown that the server works.

    test-mail-matrix.py PROGRAM [WORD…]        (smtp-submit); only rows whose name has all WORDs

A row holds if the client says what the row says, and if exactly the mails it calls accepted arrived, as they were
written, read by mailparser.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from mail_bench import MailBench
from mail_matrix import ROWS
from mail_proof import SWAKS_WAYS, by_msmtp, by_swaks

LIMIT_S = 90
ARRIVE_S = 20
N_AT_ONCE = 4
TEXT = "Fertig: 🎉\n.\n..zwei Punkte\nFrom hier\n" + "lang äöü " * 200
PROOF_TEXT = "It works.\n.\n..two dots"
PROGRAM, WORDS = sys.argv[1], sys.argv[2:]
FIELDS = ("result", "code", "step", "committed", "sentence", "words")


def submit(options):
    done = subprocess.run([PROGRAM, *(f"--{name}={value}" for name, value in options.items())],
                          stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=LIMIT_S,
                          check=False)
    if done.returncode != 0:
        raise AssertionError(f"smtp-submit ended with {done.returncode}: {done.stderr[-2000:]}")
    return dict(zip(FIELDS, done.stdout.split("\n")))


def judge(row, said):
    """What is wrong with what the client said."""
    expected = {"result": row.result, "code": str(row.code), "step": row.step,
                "committed": "1" if row.step == "committing" else "0"}
    found = [f"{name} is {said[name]!r} and should be {value!r}" for name, value in expected.items() if said[name] != value]
    if (said["result"] == "accepted") != (said["sentence"] == ""):
        found.append(f"sentence {said['sentence']!r}")
    if (said["code"] != "0") != (said["words"] != ""):
        found.append(f"code {said['code']}, but words {said['words']!r}")
    return found + ([str(said)] if found else [])


class Run:
    """Rows on a bench, each mail with a title of its own."""

    def __init__(self, bench, folder):
        self.bench = bench
        self.folder = folder
        self.rows = [row for row in ROWS if all(word in row.name for word in WORDS)]
        # Whether every way to log in works, over every encryption: only then the rows tell something of us.
        self.proofs = [row for row in self.rows if row.situation == "logs in" and row.auth != "auto"]

    def try_row(self, row, title):
        time.sleep(row.wait_s)
        return judge(row, submit({"title": title, "text": TEXT, **self.bench.reach(row)}))

    def prove(self, row, title):
        options = self.bench.reach(row)
        if row.auth in SWAKS_WAYS:
            wrong = by_swaks(options, title, PROOF_TEXT)
        else:
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                wrong = by_msmtp(options, title, PROOF_TEXT, pathlib.Path(folder))
        return [wrong] if wrong else []

    @staticmethod
    def try_in_turn(tries):
        """What is wrong with each of them"""
        found = []
        for what, row, title in tries:
            try:
                found.append(what(row, title))
            except Exception as error:
                found.append([repr(error)])
        return found

    def run(self):
        """Name and what is wrong, for each."""
        rows = [("proved: " + row.name, self.prove, row) for row in self.proofs] + [(row.name, self.try_row, row) for row in self.rows]
        turns = []
        for number, (_name, what, row) in enumerate(rows):
            if not row.follows or not turns:
                turns.append([])
            turns[-1].append((what, row, f"Grüße {number}"))
        with ThreadPoolExecutor(N_AT_ONCE) as pool:
            found = [wrong for turn in pool.map(self.try_in_turn, turns) for wrong in turn]
        mails = self.wait_for_mails({f"Grüße {number}" for number, (_name, what, row) in enumerate(rows)
                                     if row.result == "accepted" and not found[number]})
        for number, (_name, what, row) in enumerate(rows):
            text = PROOF_TEXT if what == self.prove else TEXT
            found[number] += self.judge_mails(row, mails.get(f"Grüße {number}", []), text, what == self.prove)
        return [(name, wrong) for (name, _what, _row), wrong in zip(rows, found)]

    def wait_for_mails(self, titles):
        deadline = time.monotonic() + ARRIVE_S
        while True:
            mails = {}
            for mail in self.bench.mails():
                mails.setdefault(mail["subject"], []).append(mail)
            if titles <= set(mails) or time.monotonic() > deadline:
                return mails
            time.sleep(0.5)

    @staticmethod
    def judge_mails(row, mails, text, is_proof):
        if len(mails) != (row.result == "accepted"):
            return [f"{len(mails)} mails arrived"]
        if mails and mails[0]["text"].replace("\r\n", "\n").rstrip() != text.rstrip():
            return [f"text {mails[0]['text']!r}"]
        recipient = dict(row.options).get("recipient", "ben@example.org")
        if mails and not is_proof and mails[0]["to"] not in (recipient, recipient.replace("bücher", "xn--bcher-kva")):
            return [f"to {mails[0]['to']!r}"]
        return []


def main():
    with tempfile.TemporaryDirectory() as folder, MailBench() as bench:
        done = Run(bench, folder).run()
    print(f"1..{len(done)}", flush=True)
    for number, (name, found) in enumerate(done, 1):
        print(f"{'not ok' if found else 'ok'} {number} - {name}", flush=True)
        for line in found:
            print("# " + line.replace("\n", "\n# "), flush=True)
    return 1 if any(found for _name, found in done) or not done else 0


if __name__ == "__main__":
    sys.exit(main())
