#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The Flatpak's manifest asks for no more than it has to, says why, and is built from what is pinned.

Why: Flathub refuses a manifest for each of these, and a permission that nobody explained is one that nobody dares to remove.
"""

import re

import lint

ARGUMENT = re.compile(r"\s+- (--[a-z][a-z-]*)(?:=(\S+))?\s*$")
FIELD = re.compile(r"^([a-z-]+): *'?([^'#]*?)'?\s*$")
SOURCE = re.compile(r"^(\s+)- type: *(\S+)")
# Of names on the bus, beginnings that have a portal or lead out of the sandbox, and what is told of them
REFUSED_NAMES = {
    "org.freedesktop.portal.": "portals are always allowed",
    "org.freedesktop.impl.portal.": "that is the desktop's half of a portal",
    "org.freedesktop.Flatpak": "that leads out of the sandbox",
    "org.freedesktop.Notifications": "there is a portal for notifications",
    "org.freedesktop.secrets": "there is a portal for secrets",
    "org.freedesktop.Secrets": "there is no such name, and a portal for secrets",
    "org.freedesktop.login1": "Flathub refuses it; sleep is noticed by the clock",
    "org.freedesktop.systemd1": "that leads out of the sandbox",
    "ca.desrt.dconf": "settings are a file of the sandbox's own",
    "org.kde.": "only the panel's StatusNotifierWatcher is asked for",
}
ALLOWED_NAMES = ("org.kde.StatusNotifierWatcher",)
REFUSED_PLACES = ("xdg-config", "~/.config", "host", "home")
REFUSED_ARGUMENTS = {
    ("--device", "all"): "that is every device there is",
    ("--socket", "session-bus"): "that is everything on the bus",
    ("--socket", "system-bus"): "that is everything on the bus",
    ("--socket", "x11"): "with Wayland it has to be fallback-x11",
}


def judge_name(option, name, app_id):
    """Why a name on the bus may not be asked for, or None"""
    if option == "--own-name":
        return None if name == app_id or name.startswith(app_id + ".") else "only names below the application's own can be owned"
    if name in ALLOWED_NAMES:
        return None
    if "*" in name:
        return "a name has to be one name"
    return next((why for beginning, why in REFUSED_NAMES.items() if name.startswith(beginning)), None)


def judge(option, value, app_id):
    """Why a permission may not be asked for, or None"""
    if option.endswith("-name"):
        return judge_name(option, value, app_id)
    if option == "--filesystem" and value.startswith(REFUSED_PLACES):
        return "portals hand over files"
    return REFUSED_ARGUMENTS.get((option, value))


def check_arguments(lines, app_id):
    """The permissions: each with a reason, none refused, and those that need each other together"""
    arguments = set()
    for number, line in section(lines, "finish-args"):
        match = ARGUMENT.match(line)
        if not match:
            if line.strip() and not line.strip().startswith("#"):
                yield number, "this is no permission"
            continue
        option, value = match.group(1), match.group(2) or ""
        arguments.add((option, value))
        if not lines[number - 2].strip().startswith("# "):
            yield number, f"{option}={value} has no comment that says why"
        why = judge(option, value, app_id)
        if why:
            yield number, f"{option}={value}: {why}"
    if ("--socket", "fallback-x11") in arguments:
        for needed in (("--socket", "wayland"), ("--share", "ipc")):
            if needed not in arguments:
                yield 1, f"fallback-x11 needs {needed[0]}={needed[1]}"


def section(lines, name):
    """Number and text of the lines below “name:”"""
    inside = False
    for number, line in enumerate(lines, 1):
        if line and not line[0].isspace() and not line.startswith("#"):
            inside = line.startswith(name + ":")
        elif inside:
            yield number, line


def check_sources(lines):
    """Each is an archive with a checksum, or this tree"""
    starts = [(number, SOURCE.match(line)) for number, line in enumerate(lines, 1) if SOURCE.match(line)]
    for number, match in starts:
        indent = len(match.group(1))
        fields = {}
        for line in lines[number:]:
            if line.strip() and len(line) - len(line.lstrip()) <= indent:
                break
            key, _colon, value = line.strip().partition(": ")
            fields[key] = value
        if match.group(2) == "dir" and fields.get("path") == "..":
            continue
        if match.group(2) != "archive":
            yield number, f"a source of the type {match.group(2)} is not pinned"
            continue
        if not fields.get("url", "").startswith("https://"):
            yield number, "its address is not one of https"
        if not re.fullmatch(r"[0-9a-f]{64}", fields.get("sha256", "")):
            yield number, "it has no sha256"
    if not starts:
        yield 1, "it is built from nothing"


def check_head(lines, name):
    fields = {match.group(1): match.group(2) for match in map(FIELD.match, lines) if match}
    if fields.get("app-id") != name:
        yield 1, "the file is not called after its app-id"
    if (fields.get("runtime"), fields.get("sdk")) != ("org.gnome.Platform", "org.gnome.Sdk"):
        yield 1, "it has another runtime than GNOME's, or another SDK than runtime"
    if not re.fullmatch(r"[0-9]+", fields.get("runtime-version", "")):
        yield 1, "its runtime-version is no release of GNOME's"
    for key in ("branch", "default-branch"):
        if fields.get(key, "stable") != "stable":
            yield 1, f"{key} is not stable"


def check(root):
    for path in lint.files(root, "*.yml", "*.yaml", "*.json", under=("flatpak",)):
        lines = lint.text(path).splitlines()
        for number, complaint in (*check_head(lines, path.stem), *check_arguments(lines, path.stem), *check_sources(lines)):
            yield f"{lint.name(root, path)}:{number}: {complaint}"


if __name__ == "__main__":
    lint.main(check)
