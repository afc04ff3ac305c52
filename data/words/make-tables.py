#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Turns the tables of this folder into C: make-tables.py OUTPUT.c

What the tables are to the program is in src/core/words/text-tables.h.
"""

import itertools
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
BITS = {"before": 1, "domain": 2, "label": 4, "path": 8, "path-end": 16, "query": 32, "query-end": 64}
TYPES = {"basic": 1, "extension": 2}


def rows(name):
    for line in (HERE / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("# ") and line != "#":
            yield line.split(" ")


def quote(text):
    return '"' + "".join(chr(b) if 32 <= b < 127 and chr(b) not in '"\\?' else f"\\{b:03o}" for b in text.encode()) + '"'


def array(kind, name, entries):
    entries = list(entries)
    lines = [f"const {kind} {name}[] = {{", *(f"  {entry}," for entry in entries), "};"]
    return "\n".join(lines) + f"\nconst gsize {name}_length = {len(entries)};\n"


def link_tables():
    entries, ascii_entries, ascii_names, names = [], [], [], []
    for keyword, *rest in rows("x-links.txt"):
        if keyword == "tld":
            (ascii_names if rest[0].isascii() else names).append(rest[0])
            continue
        first, last = (int(end, 16) for end in rest[0].split("-"))
        parts = sum(BITS[what] for what in rest[1:])
        entries.append(f"{{ 0x{first:x}, 0x{last:x}, {parts} }}")
        ascii_entries += [str(parts)] * len(range(first, min(last + 1, 0x80)))
    yield array("HeraldLinkRange", "herald_link_ranges", entries)
    yield array("guint8", "herald_link_ascii", ascii_entries)
    yield array("char *const", "herald_ascii_tlds", map(quote, sorted(ascii_names)))
    # In the order of the file: one can be the beginning of another.
    yield array("char *const", "herald_other_tlds", map(quote, names))


def emoji_tables():
    pool, sequences = [], []
    for row in sorted(rows("x-emoji.txt"), key=len, reverse=True):
        sets = []
        for part in row:
            spans = [span.split("-") for span in part.split(",")]
            sets.append(f"{{ {len(pool)}, {len(spans)} }}")
            pool += [f"{{ 0x{span[0].lower()}, 0x{span[-1].lower()} }}" for span in spans]
        sequences.append(f"{{ {len(row)}, {{ {', '.join(sets)} }} }}")
    yield array("HeraldCharRange", "herald_emoji_ranges", pool)
    yield array("HeraldCharSequence", "herald_emoji_sequences", sequences)


def char(word):
    return chr(int(word[2:], 16)) if word.startswith("U+") else word


def gsm_tables():
    septets, spellings = {}, {}
    for keyword, *words in rows("gsm7.txt"):
        if keyword == "say":
            spellings[char(words[0])] = "".join(map(char, words[1:]))
        else:
            septets |= {char(word): TYPES[keyword] for word in words}
    yield array("HeraldGsmChar", "herald_gsm_chars", (f"{{ 0x{ord(c):x}, {septets[c]} }}" for c in sorted(septets)))
    yield array("guint8", "herald_gsm_ascii", (str(septets.get(chr(c), 0)) for c in range(0x80)))
    yield array("HeraldGsmSpelling", "herald_gsm_spellings",
                (f"{{ 0x{ord(c):x}, {quote(spellings[c])} }}" for c in sorted(spellings)))


if __name__ == "__main__":
    tables = itertools.chain(link_tables(), emoji_tables(), gsm_tables())
    head = '/* Made by data/words/make-tables.py */\n#include "core/words/text-tables.h"\n\n'
    pathlib.Path(sys.argv[1]).write_text(head + "\n".join(tables), encoding="utf-8")
