#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What others read in our mails: npm's mailparser, which webmail is built on, and Python's email.

    test-letters.py WRITE-LETTERS [TAP options]

A thousand letters of chance and all hostile ones, in every shape; both readers must find what was to be said.
"""

import base64
import email
import email.header
import email.policy
import email.utils
import html
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from smtp_server import provision  # noqa: E402

WRITER = None
NUMBER = 1000
SUBJECT_MAX_CHARS = 250
NAME_MAX_CHARS = 100
CREATED_MS = 1795228393000
UNSEEN = re.compile("[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]")
SIGNS = [*"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", *"      .,:;!?-_=/+()[]<>@\"'\\&%$#*|~^`{}",
         *"äöüßéèçñøåłž", *"Приветмир", *"漢字仮名交じり文", *"مرحبا", *"שלום", "🎉", "👨‍👩‍👧‍👦", "🏳️‍🌈", "é", "=?", "?=", "\u00a0"]
HOSTILE = ["a\r\nBcc: evil@example.org", "a\nX-Evil: 1\n\nbody", "\x01\x02\x1b[31m\x7f\x85", "a\u202eexe.jpg\u2028b",
           "=?utf-8?q?x?=", "a =?utf-8?b?QmFuaw==?= b", "\"<evil@example.org>\", ", "(a) b;c:d,e\\", "", " ",
           "--=_" + "0" * 32 + ".mixed--", "<script>alert(1)</script>", "</title>&lt;&amp;", "From me\n.\n..", "x" * 5000,
           "word " * 200, "👨‍👩‍👧‍👦" * 60, "漢字" * 200, "a" + " " * 120 + "b", "tab\tand\vfeed\f", "ends =", "=20=0D=0A"]


def clean(text, limit=None, lines=False):
    """What herald_text_clean() makes of it, written down a second time."""
    text = UNSEEN.sub("", text)
    text = re.sub("[\r\t\u2028\u2029]" if lines else "[\r\n\t\u2028\u2029]", " ", text)
    text = re.sub("[\x00-\x09\x0b-\x1f\x7f-\x9f]" if lines else "[\x00-\x1f\x7f-\x9f]", "", text)
    if limit is not None and len(text) > limit:
        text = text[:limit] + "…"
    return text.strip(" \n")


def make_random(chance, number):
    def words(most):
        return clean("".join(chance.choice(SIGNS) for _ in range(chance.randrange(1, most))))
    letter = {"title": words(120), "text": "\n".join(words(150) for _ in range(chance.randrange(1, 8))),
              "printer-name": words(60), "file": words(40) + ".gcode",
              "to": ", ".join(f"person{i}@example{i}.org" for i in range(chance.randrange(1, 12)))}
    if chance.random() < 0.3:
        letter["from-name"] = words(90)
    return dress(letter, chance, number)


def dress(letter, chance, number):
    """The shape that comes to it, and what all have."""
    for name in ("html", "inline-picture", "names-print"):
        letter[name] = chance.choice(["true", "false"])
    if chance.random() < 0.4:
        letter["cc"] = "Anna <anna@example.org>"
    if chance.random() < 0.7:
        letter["thread"] = "f" * 32
    if chance.random() < 0.6:
        film = chance.random() < 0.2
        letter["picture"] = base64.b64encode(chance.randbytes(chance.randrange(1, 3000))).decode()
        letter["media-type"], letter["suffix"] = ("video/mp4", "mp4") if film else ("image/jpeg", "jpg")
    return {"from": "herald@example.org", "key": f"{number:032x}", "created-ms": str(CREATED_MS), **letter}


def make_letters():
    chance = random.Random(5)
    letters = [make_random(chance, number) for number in range(NUMBER)]
    for text in HOSTILE:
        for _ in range(8):
            letters.append(dress({"title": text, "text": text, "printer-name": text, "file": text, "to": "a@example.org"},
                                 chance, len(letters)))
    for text in ["MK4: cube is done.", "MK4: größe", "MK4 [x] {y} ~ €"]:
        for mms in ("false", "true"):
            letters.append({**dress({"title": "MK4", "text": text, "printer-name": "MK4", "to": "555@example.org"}, chance,
                                    len(letters)), "sms": "true", "mms": mms})
    return letters


class Expected:
    """What is to be read in a letter."""

    def __init__(self, letter):
        title, printer = letter["title"], letter["printer-name"]
        flag = {name: letter.get(name) == "true" for name in ("sms", "mms", "html", "inline-picture", "names-print")}
        names_print = flag["names-print"] and "thread" in letter and letter.get("file")
        body = clean(letter["text"], lines=True)
        self.number = int(letter["key"], 16)
        self.sms = flag["sms"]
        self.subject = clean(f"{printer}: {letter['file']}" if names_print else title, SUBJECT_MAX_CHARS)
        self.text = "\n\n".join(filter(None, (clean(title), body))) if names_print and not self.sms else body
        self.shown = [line for line in (clean(title), *body.split("\n")) if line]
        self.name = clean(letter.get("from-name") or printer or "OctoHerald", NAME_MAX_CHARS)
        self.to = letter["to"].split(", ")
        self.cc = ["anna@example.org"] if "cc" in letter else []
        self.picture = letter.get("picture") if not self.sms or (flag["mms"] and letter.get("suffix") == "jpg") else None
        self.inline = bool(self.picture) and not self.sms and flag["inline-picture"] and letter.get("suffix") == "jpg"
        self.has_html = not self.sms and (flag["html"] or self.inline)
        self.thread = f"<{letter['thread']}@example.org>" if "thread" in letter and not self.sms else None
        self.id = f"<{letter['key']}@example.org>"


def read_name(raw):
    """Of the sender. The newer reader of Python 3.11 keeps the space between two encoded words of a name."""
    name, _address = email.utils.parseaddr(email.message_from_bytes(raw)["From"])
    return str(email.header.make_header(email.header.decode_header(name)))


def show(page):
    """The lines that a reader of the page sees."""
    body = re.search(r"<body[^>]*>(.*)</body>", page, re.DOTALL).group(1)
    text = html.unescape(re.sub(r"<[^>]*>", "", body))
    return [line for line in text.split("\n") if line]


class Letters(unittest.TestCase):
    maxDiff = 2000

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.letters = make_letters()
        (cls.folder / "letters").write_text("".join(json.dumps(letter) + "\n" for letter in cls.letters))
        subprocess.run([WRITER, cls.folder / "letters", cls.folder], check=True, timeout=120)

    def mails(self):
        return [(Expected(letter), (self.folder / f"{number}.eml").read_bytes())
                for number, letter in enumerate(self.letters)]

    def assert_page(self, expected, page):
        self.assertEqual(bool(page), expected.has_html)
        if page:
            self.assertEqual([line.strip(" ") for line in show(page)],
                             [line.strip(" ") for line in expected.shown if line.strip(" ")])

    def test_mailparser_reads_what_was_said(self):
        done = subprocess.run(["node", HERE / "read-letters.js", self.folder, str(len(self.letters))], check=True,
                              stdout=subprocess.PIPE, timeout=300,
                              env={**os.environ, "NODE_PATH": str(provision() / "smtp-npm/node_modules")})
        mails = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(len(mails), len(self.letters))
        for (expected, _raw), mail in zip(self.mails(), mails):
            with self.subTest(letter=expected.number):
                self.assertEqual(mail["id"], expected.id)
                self.assertEqual(mail["subject"] or "", "" if expected.sms else expected.subject)
                self.assertEqual(mail["text"].strip("\n"), expected.text)
                self.assertEqual(mail["from"], "herald@example.org")
                self.assertEqual(mail["name"], "" if expected.sms else expected.name)
                self.assertEqual(mail["to"], expected.to)
                self.assertEqual(mail["cc"], expected.cc)
                self.assertEqual(mail["references"], expected.thread)
                self.assertEqual(mail["answers"], expected.thread)
                self.assertEqual(mail["date"], CREATED_MS)
                self.assertEqual(mail["automatic"], None if expected.sms else "auto-generated")
                self.assert_page(expected, mail["html"])
                self.assertEqual([entry["bytes"] for entry in mail["attachments"]], [expected.picture] if expected.picture else [])
                for entry in mail["attachments"]:
                    self.assertRegex(entry["name"], r"^2026-11-2\d_\d\d-\d\d\.(jpg|mp4)$")
                    self.assertEqual(entry["disposition"], "inline" if expected.inline else "attachment")
                    self.assertEqual(entry["cid"] is not None and f"cid:{entry['cid']}" in mail["html"], expected.inline)

    def test_python_reads_what_was_said(self):
        for expected, raw in self.mails():
            with self.subTest(letter=expected.number):
                mail = email.message_from_bytes(raw, policy=email.policy.default)
                self.assertEqual([part.defects for part in mail.walk() if part.defects], [])
                self.assertEqual([mail[name].defects for name in set(mail.keys()) if mail[name].defects], [])
                self.assertEqual(len(mail.keys()), len(set(mail.keys())))
                self.assertEqual(str(mail["Subject"] or ""), "" if expected.sms else expected.subject)
                self.assertEqual(mail["From"].addresses[0].addr_spec, "herald@example.org")
                self.assertEqual(read_name(raw), "" if expected.sms else expected.name)
                self.assertEqual([address.addr_spec for address in mail["To"].addresses], expected.to)
                self.assertIsNone(mail["Bcc"])
                body = mail.get_body(("plain",))
                self.assertEqual(body.get_content().replace("\r\n", "\n").strip("\n"), expected.text)
                page = mail.get_body(("html",))
                self.assert_page(expected, page.get_content().replace("\r\n", "\n") if page else "")
                pictures = [part.get_content() for part in mail.walk() if part.get_content_maintype() in ("image", "video")]
                self.assertEqual(pictures, [base64.b64decode(expected.picture)] if expected.picture else [])

    def test_every_server_takes_them(self):
        for expected, raw in self.mails():
            with self.subTest(letter=expected.number):
                self.assertTrue(raw.isascii())
                self.assertNotRegex(raw, rb"(?<!\r)\n|\r(?!\n)|\x00")
                self.assertLessEqual(max(map(len, raw.split(b"\r\n"))), 120 if expected.sms else 78)


if __name__ == "__main__":
    import tap
    WRITER = sys.argv.pop(1)
    tap.main()
