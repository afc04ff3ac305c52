#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How long a text is and what X makes of it, as others say: twitter-text, Unicode's segmenter, a calculator of SMS.

    test-words.py PROGRAM        (text-facts)
"""

import functools
import json
import os
import pathlib
import subprocess
import sys
import unicodedata
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]
import tap
import words_maker

PROGRAM = sys.argv.pop(1)
LIMIT_S = 300
N_TEXTS = 10000
N_PLAIN = 2000

# Cases of the kind twitter-text's own conformance file has, in our words, and what the file expects of such a one
WEIGHED = {
    "": 0, "a": 1, "é": 1, "e\u0301": 1, "日": 2, "🎉": 2, "👨‍👩‍👧‍👦": 2, "👩🏿‍🚒": 2, "🏴󠁧󠁢󠁥󠁮󠁧󠁿": 2, "1️⃣": 2, "🇩🇪🇫🇷": 4, "👍🏽👍": 4,
    "a" * 280: 280, "日" * 140: 280, "日" * 141: 282, "🎉" * 140: 280, "ä" * 280: 280, "\u1100": 2, "\u10ff": 1,
    "\u2018x\u2019": 3, "…": 2, "–": 1, "€": 2, "\u200f": 2, "\u202a": 2, "\u200b": 1, "\u2060": 2,
    "http://cube.st": 23, "x https://t.co/abc123 y": 27, "cube.st done": 28, "cube.st": 23, "v1.2.zip": 23, "part.py": 23, "job.nc": 23,
    "readme.md": 23, "benchy.gcode": 12, "octopi.local": 12, "http://octopi.local/": 20, "10.0.0.5": 8, "plate_1.mov": 11,
    "http://" + "a" * 90 + ".com": 101, "http://example.com/" + "a" * 300: 23, "http://example.com http://example.org": 47,
    "日本語cube.st日本語": 35, "cube.stl": 8, "@cube.st": 8, "a.co_b": 25, "https://例え.jp/道": 25,
}


def ask(command, texts, **options):
    done = subprocess.run(command, input="".join(text + "\0" for text in texts).encode(), stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, timeout=LIMIT_S, **options)
    if done.returncode != 0:
        raise AssertionError(f"{command[0]} ended with {done.returncode}: {done.stderr.decode()[-2000:]}")
    # One JSON document a line; a text can hold line ends of its own kind.
    answers = [json.loads(line) for line in done.stdout.decode().split("\n") if line]
    if len(answers) != len(texts):
        raise AssertionError(f"{command[0]} answered {len(answers)} of {len(texts)}")
    return answers


@functools.cache
def folder():
    done = subprocess.run([HERE / "provision-words.sh"], check=True, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True, timeout=600)
    return done.stdout.strip()


def ours(texts):
    return ask([PROGRAM], texts)


def theirs(texts):
    return ask(["node", str(HERE / "text-oracle.js")], texts, env={**os.environ, "NODE_PATH": f"{folder()}/node_modules"})


@functools.cache
def compared():
    texts = list(words_maker.texts(N_TEXTS))
    return list(zip(texts, ours(texts), theirs(texts)))


class Words(unittest.TestCase):
    def assertSame(self, cases):
        """@cases: (text, ours, theirs)"""
        cases = list(cases)
        wrong = [case for case in cases if case[1] != case[2]]
        print(f"# {len(cases)} compared, {len(set(case[0] for case in cases))} different texts", flush=True)
        self.assertEqual(len(wrong), 0, f"{len(wrong)} of {len(cases)}, for instance " + "\n".join(map(repr, wrong[:5])))

    def test_weights_of_known_cases_are_right(self):
        said = zip(WEIGHED, ours(WEIGHED), theirs(WEIGHED))
        self.assertSame((text, (we["weighted"], WEIGHED[text]), (they["weighted"],) * 2) for text, we, they in said if text)

    def test_every_emoji_weighs_what_twitter_text_says(self):
        known = known_emoji()
        self.assertGreater(len(known), 1500)
        texts = known + [emoji.replace("\ufe0f", "") for emoji in known] + [a + b for a, b in zip(known, known[1:])]
        self.assertSame((text, we["weighted"], they["weighted"]) for text, we, they in zip(texts, ours(texts), theirs(texts)))

    def test_weight_is_what_twitter_text_says(self):
        self.assertSame((text, we["weighted"], they["weighted"]) for text, we, they in compared())

    def test_links_are_those_twitter_text_finds(self):
        # In form C, as they count; we tell where they are in the text as it is.
        self.assertSame((text, we["links"], they["links"]) for text, we, they in compared()
                        if text == unicodedata.normalize("NFC", text))

    def test_characters_are_what_unicode_says(self):
        self.assertSame((text, we["characters"], len(they["characters"])) for text, we, they in compared() if is_settled(text))

    def test_cut_is_never_within_a_character(self):
        cases = [(text, half, they["characters"]) for text, we, they in compared() for half in we["halves"] if is_settled(text)]
        self.assertSame((text, half in beginnings(characters), True) for text, half, characters in cases)

    def test_cut_is_never_within_a_link(self):
        cases = [(text, len(we["halves"][1].encode()), we["links"]) for text, we, _they in compared() if we["links"]]
        self.assertGreater(len(cases), N_TEXTS / 10)
        self.assertSame((text, [link for link in links if link[0] < cut < link[1]], []) for text, cut, links in cases)

    def test_messages_are_what_the_calculator_says(self):
        texts = list(words_maker.plain_texts(N_PLAIN))
        names = "gsm", "sms", "segments"
        self.assertSame((text, [we[n] for n in names], [they[n] for n in names])
                        for text, we, they in zip(texts, ours(texts), theirs(texts)))

    def test_harmless_name_says_nothing_to_x(self):
        values = [we["harmless"] for _text, we, _they in compared()]
        told = theirs(values)
        self.assertSame((text, they["entities"], []) for text, they in zip(values, told))
        self.assertGreater(sum(bool(they["entities"]) for _text, _we, they in compared()), N_TEXTS / 4)

    def test_harmless_name_stays_so_among_words(self):
        values = [we["harmless"] for _text, we, _they in compared()]
        texts = [f"MK4 : {value} ist fertig" for value in values] + [f"{a}, {b}!" for a, b in zip(values, values[1:])]
        self.assertSame((text, they["entities"], []) for text, they in zip(texts, theirs(texts)))

    def test_harmless_name_looks_the_same(self):
        seen = lambda text: unicodedata.normalize("NFC", text.replace("\u200b", ""))
        self.assertSame((text, seen(we["harmless"]), seen(text)) for text, we, _they in compared())


def known_emoji():
    """Those our own table has names for, also with the skin tones they can have"""
    known = []
    for line in (HERE.parent.parent / "data/emoji/emoji.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, *others = [chr(int(point.rstrip("*"), 16)) for point in line.split(" ")[0].split("-")]
            tones = "🏻🏿" if "*" in line.split(" ")[0] else ""
            known += ["".join([first, tone, *others]) for tone in ["", *tones]]
    return known


def is_settled(text):
    """Whether Debian 12, with Unicode 14, and Node mean the same: no letter is newer; none is of India, where since 15.1 one
    character may span a virama (rule GB9c); and nothing is joined that is no emoji, where Unicode 16 has changed its mind."""
    joined = {b for a, b in zip(text, text[1:]) if a == "\u200d"}
    return (not any(0x900 <= ord(c) < 0xd80 or unicodedata.category(c) == "Cn" for c in text)
            and joined <= {c for c in joined if ord(c) < 0x2190} | set("".join(words_maker.EMOJI)))


def beginnings(characters):
    return {"".join(characters[:n]) for n in range(len(characters) + 1)}


if __name__ == "__main__":
    tap.main()
