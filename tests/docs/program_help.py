# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program of ours says of itself with --help."""

import os
import re
import subprocess
import tempfile
from typing import NamedTuple, Optional

OPTION = re.compile(r"^  (?:-(\w), )?--([a-z][a-z-]*)(?:=(\S+))? +(.*)$")
# A second word belongs to the command; what follows is in capitals, brackets or begins with dashes.
COMMAND = re.compile(r"^  ([a-z]+(?: [a-z][a-z-]*)?)(?: (.*?))?(?:  +(.*))?$")
SUMMARY_ALONE = re.compile(r"^ {10,}(\S.*)$")


class Option(NamedTuple):
    """One line below “Application Options”."""

    short: Optional[str]
    name: str
    argument: Optional[str]
    tells: str


class Command(NamedTuple):
    """One command of octoheraldctl."""

    title: str
    usage: str
    tells: str
    options: list


def ask(program, *words):
    """Its help in English, with nothing of this session."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": folder}
        environment |= {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        done = subprocess.run([program, *words, "--help"], env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                              text=True, encoding="utf-8", check=True, timeout=60)
    return done.stdout


def options(text):
    """Those of the program itself: not --help, which every one has."""
    _before, _title, after = text.partition("Application Options:\n")
    return [Option(*match.groups()) for match in map(OPTION.match, after.splitlines()) if match]


def summary(text):
    """The paragraph behind the usage."""
    return " ".join(text.split("\n\n")[1].split())


def commands(program):
    """Every command of octoheraldctl, with the options its own help shows."""
    found = []
    for line in ask(program).splitlines():
        alone = SUMMARY_ALONE.match(line)
        match = COMMAND.match(line)
        if alone:
            found[-1][2] = alone[1]
        elif match:
            found.append([match[1], match[2] or "", match[3] or ""])
    return [Command(*one, options(ask(program, *one[0].split()))) for one in found]
