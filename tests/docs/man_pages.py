#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The manual pages tell of every command and option that --help tells of, and of no other.

    man_pages.py PROGRAM…             compares (TAP); octoheraldctl must be among them
    man_pages.py --write PROGRAM      writes the commands of octoheraldctl anew, as ninja update-man does

The commands of octoheraldctl are written from its help. The other pages are written by hand, with more to say of an
option than fits into a line: of these, names and arguments are compared.
"""

import pathlib
import re
import sys

import program_help

FOLDER = pathlib.Path(__file__).resolve().parent.parent.parent / "docs/man"
CTL = "octoheraldctl"
BLOCK = re.compile(r'(?<=\.\\" commands, as ninja update-man writes them\n).*?(?=\.\\" end\n)', re.S)
WRITTEN_OPTION = re.compile(r"^\.It (?:Fl (\w) , )?Fl Fl ([a-z][a-z-]*)(?: Ns = Ns Ar (\S+))?$", re.M)
WORD = re.compile(r"--[a-z][a-z-]*|[A-Z]{2,}|[A-Z](?![a-z])|[^A-Z-]+|.")
CHARACTERS = {"\\": r"\e", "-": r"\-", "“": r"\(lq", "”": r"\(rq", "’": r"\(cq", "–": r"\(en", "…": r"\&...", "×": r"\(mu",
              '"': r"\(dq"}


def escape(text):
    """Words of a sentence or a usage, safe at the beginning of a line too."""
    made = "".join(CHARACTERS.get(character, character) for character in text)
    return r"\&" + made if made[:1] in (".", "'") else made


def paint(usage):
    """Options bold, what stands for something else in italics."""
    made = ""
    for word in WORD.findall(usage):
        if word.startswith("--"):
            made += rf"\fB{escape(word)}\fR"
        elif word.isupper():
            made += rf"\fI{word}\fR"
        else:
            made += escape(word)
    return made


def tell_command(command):
    has_json = any(option.name == "json" for option in command.options)
    usage = command.usage + (" [--json]" if has_json and "[--json]" not in command.usage else "")
    yield f'.It "\\fB{escape(command.title)}\\fR {paint(usage)}"'.replace(' "\n', '"\n').replace('\\fR "', '\\fR"')
    yield escape(command.tells) + "."
    others = [option for option in command.options if option.name != "json"]
    if others:
        yield ".Bl -tag -width Ds -compact"
        for option in others:
            short = f"Fl {option.short} , " if option.short else ""
            argument = f" Ns = Ns Ar {escape(option.argument)}" if option.argument else ""
            yield f".It {short}Fl Fl {escape(option.name)}{argument}"
            yield escape(option.tells) + "."
        yield ".El"


def tell(commands):
    """The whole block: a part for each first word."""
    lines, noun = [], None
    for command in commands:
        first = command.title.split()[0]
        if first != noun:
            lines += [".El"] if noun else []
            lines += [f".Ss {first}", ".Bl -tag -width Ds"]
            noun = first
        lines += tell_command(command)
    return "\n".join(lines + [".El", ""])


def renew(program):
    page = (FOLDER / f"{CTL}.1").read_text(encoding="utf-8")
    block = tell(program_help.commands(program))
    return page, BLOCK.sub(lambda _match: block, page)


def differences(program):
    """What help and page of a program do not both say."""
    path = FOLDER / f"{pathlib.Path(program).name}.1"
    if not path.exists():
        yield f"docs/man has no {path.name}"
        return
    if program.endswith(CTL):
        old, new = renew(program)
        if old != new:
            known = set(old.splitlines())
            yield from (f"missing: {line}" for line in new.splitlines() if line not in known)
            yield "ninja -C _build update-man writes them anew"
        return
    told = {(option.short or "", option.name, option.argument or "") for option in program_help.options(program_help.ask(program))}
    written = set(WRITTEN_OPTION.findall(path.read_text(encoding="utf-8").replace(r"\-", "-")))
    yield from (f"{path.name} does not tell of --{name} {argument}" for _short, name, argument in sorted(told - written))
    yield from (f"{path.name}: nothing has --{name} {argument}" for _short, name, argument in sorted(written - told - HELP))


HELP = {("h", "help", ""), ("", "help", "")}


def main():
    if sys.argv[1] == "--write":
        _old, new = renew(sys.argv[2])
        (FOLDER / f"{CTL}.1").write_text(new, encoding="utf-8")
        return 0

    failed = False
    print(f"1..{len(sys.argv) - 1}")
    for number, program in enumerate(sys.argv[1:], 1):
        found = list(differences(program))
        failed = failed or bool(found)
        print("\n".join(found), file=sys.stderr)
        print(f"{'not ok' if found else 'ok'} {number} - {pathlib.Path(program).name} and its manual page tell the same")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
