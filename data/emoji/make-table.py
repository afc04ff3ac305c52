#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""make-table.py EMOJI ALIASES OUTPUT

Turns the tables of emoji into C: names sorted for a binary search, and the characters an emoji can begin with.
"""

import sys


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            if line.strip() and not line.startswith("#"):
                yield line.split()


def read_emoji(path):
    """{name: (emoji, whether it takes a skin tone)}"""
    table = {}
    for points, *names in rows(path):
        emoji = "".join(chr(int(point, 16)) for point in points.rstrip("*").split("-"))
        for name in names:
            if name in table:
                raise SystemExit(f"{path}: {name} is there twice")
            table[name] = (emoji, points.endswith("*"))
    return table


def add_aliases(table, path):
    for alias, name in rows(path):
        if alias in table:
            raise SystemExit(f"{path}: {alias} is there already")
        table[alias] = table[name]


def literal(text):
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '\\0"'


def write(table, output):
    """The texts are one block, so that nothing has to be relocated when a program starts."""
    block, offsets, size = [], {}, 0
    for text in sorted(set(table) | {emoji for emoji, _ in table.values()}):
        offsets[text] = size
        size += len(text.encode()) + 1
        block.append(f"  {literal(text)}")
    if size > 0xffff:
        raise SystemExit("The texts need more than 64 KiB: make the offsets of HeraldEmoji larger")

    signs = sorted({ord(c) for emoji, _ in table.values() for c in emoji[:1] if 0x7f < ord(c) < 0x10000})
    output.write('#include "core/words/emoji-table.h"\n\n')
    output.write("const char herald_emoji_texts[] =\n" + "\n".join(block) + ";\n\n")
    output.write("const HeraldEmoji herald_emoji_table[] = {\n")
    for name in sorted(table, key=str.encode):
        emoji, tone = table[name]
        output.write(f"  {{ {offsets[name]}, {offsets[emoji]}, {'TRUE' if tone else 'FALSE'} }},\n")
    output.write("};\n\nconst guint herald_emoji_table_length = G_N_ELEMENTS (herald_emoji_table);\n\n")
    output.write("const guint16 herald_emoji_signs[] = {\n")
    output.write("".join(f"  0x{sign:04x},\n" for sign in signs))
    output.write("};\n\nconst guint herald_emoji_signs_length = G_N_ELEMENTS (herald_emoji_signs);\n")


if __name__ == "__main__":
    emoji = read_emoji(sys.argv[1])
    add_aliases(emoji, sys.argv[2])
    with open(sys.argv[3], "w", encoding="ascii") as result:
        write(emoji, result)
