# SPDX-License-Identifier: GPL-3.0-or-later
"""A language to try programs in that need not be installed: its locale, and what po/ has in it, or the marks of a pseudo-language.

    language = Language("de", folder)
    environment.update(language.environment)
    language.say("Add an Account…")         what the window says instead, without the mark of its key

The pseudo-language `xx` has every text of the template within ⟦ ⟧, with accents and 40 % longer: what is shown outside of such
brackets was never given to a translator. Its numbers and times are German.
"""

import os
import pathlib
import re
import shutil
import struct
import subprocess

ROOT = pathlib.Path(__file__).parent.parent.parent
# OCTOHERALD_PO names a folder with translations that are being worked on.
PO = pathlib.Path(os.environ.get("OCTOHERALD_PO") or ROOT / "po")
PSEUDO = "xx"
LOCALES = {PSEUDO: "de_DE", "ar": "ar_EG", "de": "de_DE", "es": "es_ES", "fr": "fr_FR", "he": "he_IL", "it": "it_IT", "ja": "ja_JP",
           "nl": "nl_NL", "pl": "pl_PL", "pt_BR": "pt_BR"}
RIGHT_TO_LEFT = ("ar", "he")
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "ngettext:1,2", "g_dngettext:2,3", "g_dpgettext2:2c,3")
CONTEXT = "\x04"
LONGER = 1.4
ACCENTS = str.maketrans("aeiouncyAEIOUNCY", "áéíóúñçýÁÉÍÓÚÑÇÝ")
# What a translator leaves as it is: a place for a value, a variable of a template, an emoji, markup, an address, the mark of a key
KEPT = re.compile(r"%(?:\d+\$)?[-+ #0'\d.*]*(?:hh?|ll?|z)?[a-zA-Z%]|\{[^{}]*\}|:[a-z0-9_+-]+:|</?\w[^<>]*>|https?://\S+|OctoHerald|OctoPrint|_(?=\w).")
# Told by the translation itself, not read by people
ITSELF = {"language\x04en", "translator-credits", ""}
HEADER = "Content-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\nPlural-Forms: nplurals=2; plural=n != 1;\n"


def languages():
    """Those of po/LINGUAS"""
    lines = (ROOT / "po/LINGUAS").read_text(encoding="utf-8").splitlines()
    return [word for line in lines for word in line.partition("#")[0].split()]


def mark(text):
    """A text of the pseudo-language; what surrounds it stays around it"""
    bare = text.strip()
    if not bare or KEPT.fullmatch(bare):
        return text
    pieces, at = [], 0
    for kept in KEPT.finditer(bare):
        pieces += [bare[at:kept.start()], kept.group()]
        at = kept.end()
    pieces.append(bare[at:])
    missing = int(sum(map(len, pieces[::2])) * (LONGER - 1))
    for number in range(0, len(pieces), 2):
        pieces[number], missing = lengthen(pieces[number], missing)
    start = text.index(bare)
    return text[:start] + "⟦" + "".join(pieces) + "⟧" + text[start + len(bare):]


def lengthen(text, missing):
    """With accents, every vowel twice as long as letters are missing; and how many still are"""
    letters = []
    for letter in text:
        twice = missing > 0 and letter in "aeiouAEIOU"
        letters.append(letter * 2 if twice else letter)
        missing -= twice
    return "".join(letters).translate(ACCENTS), missing


def read_catalogue(path):
    """Of a .mo: what is said for what; contexts, singular and plural stand in one string as gettext has them"""
    data = path.read_bytes()
    count, originals, translations = struct.unpack_from("<3I", data, 8)

    def text(table, number):
        length, offset = struct.unpack_from("<2I", data, table + 8 * number)
        return data[offset:offset + length].decode()
    return {text(originals, number): text(translations, number) for number in range(count)}


def run(*command, **more):
    done = subprocess.run(command, check=False, stdin=more.pop("stdin", subprocess.DEVNULL), capture_output=True, text=True, **more)
    assert done.returncode == 0, f"{command}: {done.stderr}"


def write_template(path):
    """All that po/POTFILES.in names, as `ninja octoherald-pot` reads it"""
    run("xgettext", "--from-code=UTF-8", "--package-name=octoherald", *(f"--keyword={word}" for word in KEYWORDS),
        *(f"--flag={flag}" for flag in ("_:1:pass-c-format", "C_:2:pass-c-format", "N_:1:pass-c-format")),
        "-f", str(ROOT / "po/POTFILES.in"), "-D", str(ROOT), "-o", str(path))


def quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t") + '"'


def write_pseudo(path):
    """A .po with every text of the template marked"""
    template, english = path.with_suffix(".pot"), path.with_suffix(".en.mo")
    write_template(template)
    run("msgen", "--output-file", str(path), str(template))
    run("msgfmt", "-o", str(english), str(path))
    entries = [f'msgid ""\nmsgstr {quoted(HEADER)}\n']
    for original in read_catalogue(english):
        if original in ITSELF:
            continue
        context, _mark, texts = original.rpartition(CONTEXT)
        singular, _end, plural = texts.partition("\0")
        entries.append((f"msgctxt {quoted(context)}\n" if context else "") + f"msgid {quoted(singular)}\n"
                       + (f"msgid_plural {quoted(plural)}\nmsgstr[0] {quoted(mark(singular))}\nmsgstr[1] {quoted(mark(plural))}\n"
                          if plural else f"msgstr {quoted(mark(singular))}\n"))
    path.write_text("\n".join(entries), encoding="utf-8")


def plain(text):
    """Without the mark of a key, as a label is read; a letter in brackets, which has the mark in Japanese, stays"""
    return re.sub(r"_(?=\w)", "", text)


def read_words(catalogue):
    """What is said for what is shown, all ways of it: {english: {translated}}, and patterns of what has others within"""
    table, patterns = {}, []
    for original, said in catalogue.items():
        ways = list(zip(original.rpartition(CONTEXT)[2].split("\0"), said.split("\0")))
        for english, translated in ways if original else ():
            table.setdefault(plain(english), set()).add(plain(translated))
            if "%s" in english and re.search(r"\w", english.replace("%s", "")):
                patterns.append((re.compile(re.escape(plain(english)).replace("%s", "(.+)")), plain(translated)))
    return table, patterns


class Language:
    """Made in `folder`"""

    def __init__(self, name, folder):
        self.name, self.folder = name, pathlib.Path(folder)
        self.locale = LOCALES[name] + ".UTF-8"
        self.is_rtl = name in RIGHT_TO_LEFT
        self.folder.mkdir(parents=True, exist_ok=True)
        self._make_locale()
        of_help, of_window = self._make_words(PO / "help", "octoherald-help"), self._make_words(PO, "octoherald")
        self.table, self.patterns = read_words({**of_help, **of_window})

    def _make_locale(self):
        # It complains of what does not matter, and says so by its status.
        subprocess.run(["localedef", "-i", LOCALES[self.name], "-f", "UTF-8", str(self.folder / self.locale)],
                       check=False, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        assert (self.folder / self.locale / "LC_CTYPE").exists(), f"no locale {self.locale}: is the package “locales” installed?"

    def _make_words(self, folder, domain):
        words = self.folder / self.name / "LC_MESSAGES" / f"{domain}.mo"
        words.parent.mkdir(parents=True, exist_ok=True)
        source = self.folder / f"{domain}-{self.name}.po"
        if (folder / f"{self.name}.po").exists():
            shutil.copy(folder / f"{self.name}.po", source)
        elif self.name == PSEUDO and folder == PO:
            write_pseudo(source)
        else:
            source.write_text(f'msgid ""\nmsgstr {quoted(HEADER)}\n', encoding="utf-8")
        run("msgfmt", "-o", str(words), str(source))
        return read_catalogue(words)

    def calendar(self):
        """The names of days and months, which are the locale's"""
        said = subprocess.run(["locale", "day", "abday", "mon", "abmon"], env={**self.environment, "LC_ALL": self.locale}, check=True,
                              capture_output=True, text=True, encoding="utf-8").stdout
        return [word for word in re.split(r"[;\n]", said) if word]

    @property
    def environment(self):
        """LC_ALL must not be set beside it."""
        return {"LOCPATH": str(self.folder), "LANG": self.locale, "LANGUAGE": self.name, "OCTOHERALD_LOCALE_DIR": str(self.folder)}

    def say(self, words):
        """All that may stand for @words of the English window, which may be made of others; @words themselves if nothing does"""
        if words in self.table:
            return self.table[words]
        said = set()
        for pattern, translated in self.patterns:
            found = pattern.fullmatch(words)
            if found:
                inner = [min(self.say(part)) for part in found.groups()]
                for number, part in enumerate(inner, 1):
                    translated = translated.replace(f"%{number}$s", part) if f"%{number}$s" in translated else translated.replace("%s", part, 1)
                said.add(translated)
        return said or {words}
