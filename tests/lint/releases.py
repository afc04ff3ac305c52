#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The version is the same wherever it stands, and what a software centre shows of a release exists.

Why: five files say it, and who installs a package reads only one of them.
"""

import datetime
import re
from xml.etree import ElementTree

import lint

NEWS = re.compile(r"^## (\d+\.\d+\.\d+) – (\S+)$", re.MULTILINE)
METAINFO = "data/io.github.octoherald.OctoHerald.metainfo.xml.in"


def news(root):
    """(version, date) of each release, newest first"""
    path = root / "NEWS.md"
    return NEWS.findall(lint.text(path)) if path.exists() else []


def metainfo(root):
    path = root / METAINFO
    if not path.exists():
        return [], []
    component = ElementTree.fromstring(lint.text(path).encode())
    releases = [(release.get("version"), release.get("date")) for release in component.iter("release")]
    return releases, [image.text for image in component.iter("image")]


def is_date(text):
    try:
        return bool(datetime.date.fromisoformat(text))
    except ValueError:
        return False


def check(root):
    build = re.search(r"^\s*version: '(.*)',$", lint.text(root / "meson.build"), re.MULTILINE) if (root / "meson.build").exists() else None
    version = build.group(1) if build else None
    told = news(root)
    releases, images = metainfo(root)

    if version is None and not told and not releases:
        return
    if not told or told[0][0] != version:
        yield f"NEWS.md: the newest release is not {version}, as meson.build has it"
    if releases != told:
        yield f"{METAINFO}: its releases are not those of NEWS.md, with their dates: {releases}, {told}"
    if sorted(told, key=lambda row: [int(part) for part in row[0].split(".")], reverse=True) != told:
        yield "NEWS.md: the newest release is not the first"
    for name, date in told:
        if not is_date(date):
            yield f"NEWS.md: {name} has no date like 2026-11-21"
    package = root / "debian/changelog"
    if package.exists() and not re.match(rf"octoherald \({re.escape(str(version))}(-\d+)?\) ", lint.text(package)):
        yield f"debian/changelog: the first entry is not {version}"
    for image in images:
        if not (root / "docs/pictures" / image.rsplit("/", 1)[-1]).exists():
            yield f"{METAINFO}: there is no {image}"


if __name__ == "__main__":
    lint.main(check)
