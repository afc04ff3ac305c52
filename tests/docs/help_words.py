#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""po/help has the words of the help's pages as they are now, and each translation keeps what must stay in it.

    help_words.py PROGRAM             compares (TAP); PROGRAM is help-words
    help_words.py --write PROGRAM     brings po/help up to date, as ninja update-help does

What is not translated yet is shown in English, so it is told, and is no mistake. A button is called in the help what it is called in
the window.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "tests/lint"), str(ROOT / "tests/window")]

from language import read_catalogue, read_words  # noqa: E402  pylint: disable=wrong-import-position
from translations import read  # noqa: E402  pylint: disable=wrong-import-position

PO = ROOT / "po"
# What is the same in every language: where a link leads, what is typed, how much is bold
STAYS = {"links": re.compile(r"\]\(([^)]*)\)"), "code": re.compile(r"`[^`]+`"), "addresses": re.compile(r"<http[^>]*>"),
         "marks": re.compile(r"\*\*")}
SHOWN = re.compile(r"\*\*([^*]+)\*\*|“([^”]+)”")
TOLD_MAX = 20


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, timeout=60, env={**os.environ, "OCTOHERALD_DOCS": str(ROOT / "docs")})


def translated(path, folder):
    """What is translated in @path: {original: translation}"""
    compiled = pathlib.Path(folder) / "words.mo"
    run("msgfmt", "--check-format", "-o", str(compiled), str(path))
    return {original: said for original, said in read_catalogue(compiled).items() if original}


def mistakes(original, said, names):
    """What @said has lost; @names are what something of the English window may be called in this language."""
    for what, pattern in STAYS.items():
        before, after = (sorted(pattern.findall(text)) for text in (original, said))
        if before != after:
            yield f"{what} {before} became {after}"
    for shown in SHOWN.finditer(original):
        name = shown[1] or shown[2]
        if names.get(name) and not any(word in said for word in names[name]):
            yield f"“{name}” is called {' or '.join(sorted(names[name]))} in the window"


def find_problems(language, template, folder):
    """(what is wrong with a language, how much of it is translated)"""
    path = PO / "help" / f"{language}.po"
    known = {original for _context, original, _plural, _said in read(path)}
    names, _patterns = read_words(translated(PO / f"{language}.po", folder))
    words = translated(path, folder)
    problems = [] if known == template else [f"it is not up to date: please run “ninja -C _build update-help” ({len(known ^ template)} differ)"]
    problems += [f"{problem}, in: {original[:60]}" for original, said in words.items() for problem in mistakes(original, said, names)]
    return problems, len(words)


def main():
    languages = (PO / "help" / "LINGUAS").read_text(encoding="utf-8").split()
    with tempfile.TemporaryDirectory() as folder:
        template = pathlib.Path(folder) / "help.pot"
        template.write_bytes(run(sys.argv[-1]).stdout)
        if sys.argv[1] == "--write":
            for language in languages:
                run("msgmerge", "--quiet", "--update", "--backup=none", "--previous", "--no-wrap", "--add-location=file",
                    str(PO / "help" / f"{language}.po"), str(template))
            return 0

        known = {original for _context, original, _plural, _said in read(template)}
        failed = len(known) < 100
        print(f"1..{len(languages) + 1}")
        print(f"{'not ok' if failed else 'ok'} 1 - the pages say {len(known)} things")
        for number, language in enumerate(languages, 2):
            problems, done = find_problems(language, known, folder)
            failed = failed or bool(problems)
            print(f"{'not ok' if problems else 'ok'} {number} - {language}: {done} of {len(known)}")
            for problem in problems[:TOLD_MAX]:
                print("# " + problem)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
