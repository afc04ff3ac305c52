#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes x-links.txt and x-emoji.txt anew, from the facts in npm's twitter-text.

    data/words/from-twitter-text.py "$(tests/real/provision-words.sh)"

They are kept in the tree: a build needs neither Node nor the network. tests/real/test-words.py compares what we
make of them with the package itself.
"""

import itertools
import json
import pathlib
import re._parser as parser
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
NOTICE = """\
# Made by from-twitter-text.py; do not edit.
# Facts of {package}, Copyright {year} Twitter, Inc. and other contributors, {licence}.
"""
# Asks the package itself, character by character, so that its own idea of upper and lower case is in the answer.
QUESTION = r"""
const get = name => { const m = require("twitter-text/dist/regexp/" + name); return (m.default || m).source; };
const label = get("validAsciiDomain").match(/\[\\-a-z0-9[^\]]*\]/)[0];
const questions = {
  before: get("validUrlPrecedingChars"), domain: get("validDomainChars"), label,
  path: get("validGeneralUrlPathChars"), "path-end": get("validUrlPathEndingChars"),
  query: get("validUrlQueryChars"), "query-end": get("validUrlQueryEndingChars") };
const answer = { chars: [] };
for (let c = 0; c < 0x10000; c++)
  answer.chars.push(Object.keys(questions).filter(q =>
    new RegExp("^(?:" + questions[q] + ")$", "i").test(String.fromCharCode(c))).join(" "));
answer.tlds = ["validGTLD", "validCCTLD"].flatMap(name => {
  const source = get(name);
  return source.slice(6, source.lastIndexOf(")(?=")).split("|");
});
const emoji = require("twemoji-parser/dist/lib/regex");
answer.emoji = (emoji.default || emoji).source;
console.log(JSON.stringify(answer));
"""


def ask(folder):
    done = subprocess.run(["node", "-e", QUESTION], cwd=folder, check=True, stdout=subprocess.PIPE, timeout=120)
    return json.loads(done.stdout)


def write_links(answer):
    lines = [NOTICE.format(package="npm twitter-text 3.1.0", year="2018", licence="Apache License 2.0"),
             "# chars FIRST-LAST WHAT…   UTF-16 code units and what they may be part of",
             "# tld NAME                 in the order in which they are tried\n"]
    for what, group in itertools.groupby(range(0x10000), lambda c: answer["chars"][c]):
        group = list(group)
        lines.append(f"chars {group[0]:04X}-{group[-1]:04X} {what}".rstrip())
    lines += [f"tld {name}" for name in answer["tlds"]]
    (HERE / "x-links.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def spell(tree):
    """All strings a parsed pattern without repetition matches; looking ahead matches nothing."""
    spelt = [""]
    for operation, value in tree:
        name = str(operation)
        if name == "LITERAL":
            found = [chr(value)]
        elif name == "IN":
            found = [chr(c) for kind, v in value for c in (range(v[0], v[1] + 1) if str(kind) == "RANGE" else [v])]
        elif name == "BRANCH":
            found = [s for branch in value[1] for s in spell(branch)]
        elif name == "SUBPATTERN":
            found = spell(value[-1])
        elif name == "MAX_REPEAT" and value[:2] == (0, 1):
            found = ["", *spell(value[2])]
        elif name == "ASSERT_NOT":
            found = [""]
        else:
            raise ValueError(f"{name} is new in the pattern of emoji")
        spelt = [begin + end for begin in spelt for end in found]
    return spelt


def group_by_rest(sets, place):
    """Sequences of sets that differ in one place only, as one."""
    merged = {}
    for entry in sets:
        merged.setdefault((entry[:place], entry[place + 1:]), set()).update(entry[place])
    return [(*begin, frozenset(middle), *end) for (begin, end), middle in merged.items()]


def ranges(points):
    found = []
    for point in sorted(points):
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return ",".join(f"{first:X}" if first == last else f"{first:X}-{last:X}" for first, last in found)


def write_emoji(answer):
    spelt = spell(parser.parse(answer["emoji"]))
    whole = {tuple(map(ord, s.encode("utf-16", "surrogatepass").decode("utf-16"))) for s in spelt}
    lines = [NOTICE.format(package="npm twemoji-parser 11.0.2", year="2018", licence="MIT License"),
             "# Emoji of several code points, each a list of ranges. One of a single code point counts 2 anyway.\n"]
    for length in range(2, 1 + max(map(len, whole))):
        sets = [tuple(frozenset([point]) for point in entry) for entry in whole if len(entry) == length]
        for place in range(length):
            sets = group_by_rest(sets, place)
        lines += sorted(" ".join(map(ranges, entry)) for entry in sets)
    (HERE / "x-emoji.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    facts = ask(sys.argv[1])
    write_links(facts)
    write_emoji(facts)
