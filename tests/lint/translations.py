#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every language of po/LINGUAS is complete, and every translation keeps what its original promises; and no text hides a macro.

Why: msgfmt knows the places of printf alone. A variable that is lost in a template, a mark of a key too many or a missing colon is seen
only by those who use that language. OCTOHERALD_PO names a folder with translations that are being worked on.
"""

import os
import pathlib
import re
import subprocess
import tempfile

import lint

KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3")
# gettext sees "%" and a macro, and takes the text for one that ends there.
MACRO = re.compile(r'(?<![\w"])(?:_|N_|ngettext)\s*\(\s*"[^"\\]*"\s*(?:G_G|PRI)\w+')
VARIABLE = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")
EMOJI = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]*:(?!\w)")
TAG = re.compile(r"</?[a-z]+(?:\s[^<>]*)?>")
# A mark of a key, not the end of half a word
KEY = re.compile(r"(?<![\w=_-])_(?=\w)|(?<=[A-Za-z])_(?=[a-z]+\b)(?!\w*_)")
LABEL = re.compile(r"^[^{}=.%]*$")
NAMES = ("OctoHerald", "OctoPrint", "GNOME", "Thunderbird")
ENDS = {".": ".。…", "?": "?？؟", "!": "!！", ":": ":：", "…": "…"}
X_MAX = 280
# Ranges of twitter-text's config v3 that count one; the rest count two
LIGHT = ((0, 4351), (8192, 8205), (8208, 8223), (8242, 8247))
SAMPLE = re.compile(r'\{ "(\w+)", \w+, N_\("[^"]*"\), (?:N_ ?\()?"([^"]*)"')
ENTRY = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr|msgstr\[\d\]) (".*(?:\n".*)*)', re.M)
# What a language says of itself
ITSELF = ("translator-credits",)


def unquoted(lines):
    text = "".join(line[1:-1] for line in lines.split("\n"))
    return re.sub(r"\\(.)", lambda found: {"n": "\n", "t": "\t"}.get(found[1], found[1]), text)


def read(path):
    """(context, original, plural or None, all translations) of each message"""
    for block in re.split(r"\n\s*\n", lint.text(path)):
        block = "\n".join(line for line in block.split("\n") if not line.startswith("#"))
        parts = {key: unquoted(value) for key, value in ENTRY.findall(block)}
        if parts.get("msgid"):
            yield parts.get("msgctxt"), parts["msgid"], parts.get("msgid_plural"), [parts[key] for key in parts if key.startswith("msgstr")]


def count_for_x(text):
    return sum(1 if any(first <= ord(letter) <= last for first, last in LIGHT) else 2 for letter in text)


def expand(template, samples):
    return VARIABLE.sub(lambda found: samples.get(found[1]) or found[2] or "", template)


def edges(text):
    return text[:len(text) - len(text.lstrip(" \n"))], text[len(text.rstrip(" \n")):]


def end(text):
    last = text.rstrip(" \n")[-1:]
    return next((name for name, letters in ENDS.items() if last and last in letters), None)


def mistakes(original, said, samples):
    """What @said, the translation of @original, has lost or brought along"""
    for what, pattern in (("variables", VARIABLE), ("emoji", EMOJI), ("markup", TAG)):
        of = [{found[1] if what == "variables" else found[0] for found in pattern.finditer(text)} for text in (original, said)]
        if of[0] != of[1]:
            yield f"{what} {sorted(of[0])} became {sorted(of[1])}"
    if LABEL.match(original) and len(KEY.findall(original)) == 1 and len(re.findall(r"_(?=\w)", said)) != 1:
        yield "there must be one mark of a key (_)"
    if edges(original) != edges(said):
        yield "spaces or line ends around it differ"
    if end(original) in ("…", "?", ":") and end(said) != end(original) or end(original) == "." and end(said) not in (".", "…"):
        yield f"it ends with “{original.rstrip()[-1]}”, the translation with “{said.rstrip()[-1:]}”"
    for name in NAMES:
        if name in original and name not in said:
            yield f"{name} is gone"
    if VARIABLE.search(original) and count_for_x(expand(said, samples)) > X_MAX:
        yield "it is too long for X"


def tool(*command):
    """What it complains of, in one line; nothing if all is well"""
    done = subprocess.run(command, check=False, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    lines = [line.rpartition("/")[2] if line.startswith("/") else line for line in done.stderr.strip().split("\n")]
    return "" if done.returncode == 0 else " / ".join(lines[:8])


def check_language(name, path, template, samples):
    if not path.exists():
        yield f"{name}: there is no such file"
        return
    for complaint in (tool("msgfmt", "-c", "-o", "/dev/null", str(path)), tool("msgcmp", str(path), str(template))):
        if complaint:
            yield f"{name}: {complaint}"
    for context, original, plural, ways in read(path):
        # A language is named in itself, and lists its words as it does.
        if original in ITSELF or context in ("language", "list"):
            continue
        for said in filter(None, ways):
            # A form for one may do without the number, which msgfmt knows; the rest is as in the plural.
            for mistake in mistakes(plural or original, said, samples):
                yield f"{name}: “{original[:60]}”: {mistake}"


def check(root):
    for path in lint.files(root, "*.c", under=("src",)):
        for found in MACRO.finditer(lint.code(path, strings=True)):
            yield f"{lint.name(root, path)}: a text with a macro in it cannot be translated: {found.group()[:60]}"
    listing = root / "po/LINGUAS"
    languages = [word for line in lint.text(listing).splitlines() for word in line.partition("#")[0].split()] if listing.exists() else []
    if not languages:
        return
    table = root / "src/core/events/variable.c"
    samples = dict(SAMPLE.findall(lint.text(table))) if table.exists() else {}
    folder = pathlib.Path(os.environ.get("OCTOHERALD_PO") or root / "po")
    with tempfile.TemporaryDirectory() as scratch:
        template = pathlib.Path(scratch, "octoherald.pot")
        complaint = tool("xgettext", "--from-code=UTF-8", *(f"--keyword={word}" for word in KEYWORDS), "--force-po", "-f",
                         str(root / "po/POTFILES.in"), "-D", str(root), "-o", str(template))
        if complaint:
            yield f"po/POTFILES.in: {complaint}"
            return
        for language in languages:
            yield from check_language(f"po/{language}.po", folder / f"{language}.po", template, samples)


if __name__ == "__main__":
    lint.main(check)
