# SPDX-License-Identifier: GPL-3.0-or-later
"""Texts as people and their enemies write them, by chance but always the same."""

import random

SEED = 20261121
LATIN = "äöüßéèñçåøæłčžőŞİıÿŽ"
CJK = "日本語印刷完了三次元プリンター한국어출력こんにちは、。「」・ー！？"
RTL = "שלוםעולםطابعةثلاثيةالأبعاد،؟"
GREEK_AND_MORE = "ΑαΩωЖжЯяќӣกำहिन्दीதமிழ்"
MARKS = "\u0301\u0308\u0327\u0338\u20e3\ufe0f\ufe0e\u200d\u200b\u0345\u0483"
EMOJI = ["🎉", "🖨️", "🖨", "👍", "👍🏽", "👩‍🚒", "👩🏿‍🚒", "👨‍👩‍👧‍👦", "👩‍❤️‍💋‍👨", "🏳️‍🌈", "🏴‍☠️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🇩🇪", "🇫🇷", "🇽🇽", "1️⃣",
         "#️⃣", "*⃣", "☝🏻", "☝️🏻", "☀️", "☀", "©️", "©", "™️", "♟️", "⛹🏾‍♀️", "🕵️‍♂️", "👁‍🗨", "👁️‍🗨️", "🧑‍🚒", "🫠", "🪫", "🥷🏽",
         "🧙‍♀️", "🦸🏻‍♂️", "\ue50a", "⏯️", "🤼‍♂️", "🧞‍♀️"]
# Names of domains, with and without a real ending; a file's ending among them
ENDINGS = ["st", "co", "com", "py", "zip", "md", "nc", "gcode", "stl", "3mf", "mov", "local", "рф", "中国", "公司", "嘉里", "嘉里大酒店",
           "भारतम्", "xn--p1ai", "vermögensberater", "de", "CO.UK", "io", "онлайн", "한국", "c", "COM", "Xn--x"]
WORDS = ["cube", "benchy", "Plate_1", "v1.2", "x", "a-b", "-", "_", "http", "https", "www", "t", "job", "größe", "日本", "😀", "a_b",
         "10.0.0.5", "RT", "rt", "anna", "PLA", "ABC", "xn--a", "ſt", "ﬁ"]
LONE = list("@#$&%+-_.,:;!?/\\()[]{}<>|~^*'\"`=　＠＃。．｡…–—“”’„€ \t\n") + ["://", "//", "…", "\u00a0", "\u2066", "\u200f", "\u00ad"]
LINKS = ["http://cube.st", "https://t.co/abc123", "https://t.co/" + "a" * 41, "HTTP://Example.COM/Path_(x)_y?q=1&r=%20#z",
         "http://example.com:8080/a.b/c,", "https://例え.jp/道", "example.org/path/(a(b)c)", "http://x.y.z.com?x=1!", "http://10.0.0.5/",
         "http://octopi.local/", "foo.example.com/", "ftp://a.de/", "https://a.co/@b/c@", "a.de?x=y", "//cube.st", "http://_a.b.de",
         "http://" + "ü" * 50 + ".de", "日" * 14 + ".com", "http://" + "🎉" * 30 + ".de", "x" * 64 + ".de", "a.co-", "a.co+b", "a.co@b",
         "http://a。b.com", "http://xn--é.com"]
CALLS = ["@anna", "＠anna", "@anna/list", "#PLA", "＃印刷", "#2nd", "#1", "$ABC", "$abc.de", "@@x", "##y", "rt@anna", "a@b.de", "#️⃣x", "@_"]


def link(chance):
    """Something like a link, from the pieces of one, some of them wrong"""
    pick = chance.choice
    label = lambda: "".join(pick("ab1é日-_") for _ in range(chance.randint(1, 5)))
    path = lambda count: "".join(pick("aZ0é日я/()()!;=+,.-_~@|&#%[]'* ?") for _ in range(chance.randint(0, count)))
    return "".join([pick(["", "", "http://", "https://", "hTTp://", "http:/"]), ".".join(label() for _ in range(chance.randint(1, 3))),
                    ".", pick(ENDINGS), pick(["", "", ":80", ":", ":8x"]), pick(["", "/", "/"]), path(12), pick(["", "?", "?a=b"]),
                    path(6)])


def word(chance):
    pick = chance.choice
    kinds = [lambda: pick(WORDS) + "." + pick(ENDINGS), lambda: pick(EMOJI), lambda: pick(LINKS), lambda: link(chance), lambda: pick(CALLS),
             lambda: pick(LONE), lambda: pick(WORDS), lambda: pick(MARKS), lambda: pick(LATIN) * chance.randint(1, 3),
             lambda: "".join(pick(CJK) for _ in range(chance.randint(1, 6))),
             lambda: "".join(pick(RTL) for _ in range(chance.randint(1, 5))),
             lambda: "".join(pick(GREEK_AND_MORE) for _ in range(chance.randint(1, 5))),
             lambda: "".join(chr(chance.randint(33, 126)) for _ in range(chance.randint(1, 8))),
             lambda: chr(pick([chance.randint(0xa0, 0xd7ff), chance.randint(0x1f000, 0x1faff), chance.randint(0x2000, 0x2bff)])),
             lambda: "".join(pick(EMOJI)[:chance.randint(1, 3)] for _ in range(2))]
    return pick(kinds)()


def texts(count, longest=14):
    """@count texts; glued together as often as not."""
    chance = random.Random(SEED)
    for _ in range(count):
        glue = chance.choice(["", "", " "])
        yield glue.join(word(chance) for _ in range(chance.randint(1, longest)))


def plain_texts(count):
    """What an SMS can say, mostly, around the borders of its messages."""
    chance = random.Random(SEED)
    letters = "abcdefghijklmnopqrstuvwxyz ABC.,!?äöüñÉ£¥Ω1234567890" + "€[]{}|~^\\"
    for _ in range(count):
        text = "".join(chance.choice(letters) for _ in range(chance.choice([1, 60, 70, 71, 134, 135, 150, 158, 160, 161, 306, 320, 460])))
        yield text + chance.choice(["", "", "", "č", "🎉", "日", "ç"])
