#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/dbus.md tells of the interfaces is what their XML says, and the XML says something of everything.

    dbus_page.py XML             compares (TAP)
    dbus_page.py --write XML     writes it anew, as ninja update-dbus-docs does
"""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
PAGE = ROOT / "docs/dbus.md"
NAMES = ROOT / "src/service/bus/names.c"
BLOCK = re.compile(r"(?<=<!-- interfaces -->\n).*?(?=<!-- end -->)", re.S)
SIMPLE = {"s": "text", "b": "yes or no", "d": "number", "x": "whole number", "i": "whole number", "t": "whole number from 0",
          "u": "whole number from 0", "v": "any value", "o": "object path"}
PLURAL = {"s": "texts", "x": "whole numbers", "v": "values", "d": "numbers"}


def split(signature):
    """The single types of which a signature is made."""
    found, depth, begin = [], 0, 0
    for place, character in enumerate(signature):
        depth += (character in "({") - (character in ")}")
        if depth == 0 and character != "a":
            found.append(signature[begin:place + 1])
            begin = place + 1
    return found


def in_words(signature):
    """A D-Bus type as people say it."""
    if signature in SIMPLE:
        return SIMPLE[signature]
    if signature == "ay":
        return "bytes"
    if signature.startswith("a{"):
        _key, value = split(signature[2:-1])
        return f"{PLURAL.get(value) or in_words(value)} by name"
    if signature.startswith("a"):
        inner = signature[1:]
        return f"list of {PLURAL.get(inner) or in_words(inner)}"
    parts = split(signature[1:-1])
    if len(set(parts)) == 1:
        return f"{len(parts)} {PLURAL[parts[0]]}"
    return "(" + ", ".join(map(in_words, parts)) + ")"


def told(text):
    """A comment as one paragraph."""
    return " ".join(text.split())


def ended(text):
    return text if not text or text[-1] in ".!?" else text + "."


def documented(parent):
    """Each child with the comment right before it, or an empty text."""
    comment = ""
    for child in parent:
        if child.tag is ElementTree.Comment:
            comment = told(child.text)
        else:
            yield child, comment
            comment = ""


def tell_arguments(element, direction):
    return ", ".join(f"`{argument.get('name')}` ({in_words(argument.get('type'))}, `{argument.get('type')}`)"
                     for argument in element.iter("arg") if argument.get("direction", "out") == direction)


def tell_interface(interface, comment):
    yield f"## {interface.get('name').rpartition('.')[2]}"
    yield ""
    yield f"`{interface.get('name')}`. {ended(comment)}"
    children = list(documented(interface))
    yield from ("", "| property | type | is |", "| --- | --- | --- |")
    for child, text in children:
        if child.tag == "property":
            yield f"| `{child.get('name')}` | {in_words(child.get('type'))}, `{child.get('type')}` | {text} |"
    for child, text in children:
        if child.tag == "property":
            continue
        yield from ("", f"### {child.get('name')}{' (signal)' if child.tag == 'signal' else ''}", "")
        takes, gives = tell_arguments(child, "in"), tell_arguments(child, "out")
        if takes:
            yield f"- takes {takes}"
        if gives:
            yield f"- {'says' if child.tag == 'signal' else 'answers'} {gives}"
        yield from ([""] if takes or gives else [])
        yield ended(text)
    yield ""


def tell(node):
    lines = [""]
    for interface, comment in documented(node):
        lines += tell_interface(interface, comment)
    return "\n".join(lines + [""])


def undocumented(node):
    for interface, comment in documented(node):
        name = interface.get("name").rpartition(".")[2]
        if not comment:
            yield name
        yield from (f"{name}.{child.get('name')}" for child, text in documented(interface) if not text)


def errors(page):
    """Names of errors that page and program do not both have."""
    known = set(re.findall(r'ERROR_PREFIX "(\w+)"', NAMES.read_text(encoding="utf-8")))
    listed = set(re.findall(r"^\| `(\w+)` \|", page.partition("## Errors")[2].partition("\n## ")[0], re.M))
    return sorted(known ^ listed) if known else ["none in names.c"]


def main():
    parser = ElementTree.XMLParser(target=ElementTree.TreeBuilder(insert_comments=True))
    node = ElementTree.parse(sys.argv[-1], parser).getroot()
    page = PAGE.read_text(encoding="utf-8")
    renewed = BLOCK.sub(lambda _match: tell(node), page)
    if sys.argv[1] == "--write":
        PAGE.write_text(renewed, encoding="utf-8")
        return 0

    old = set(page.splitlines())
    results = {
        "everything in the XML has a comment": list(undocumented(node)),
        "page tells the interfaces as the XML does": [line for line in renewed.splitlines() if line not in old] or
                                                     (["ninja update-dbus-docs"] if page != renewed else []),
        "page has every error": errors(page),
    }
    print(f"1..{len(results)}")
    for number, (title, wrong) in enumerate(results.items(), 1):
        print(f"{'not ok' if wrong else 'ok'} {number} - {title}")
        print("\n".join(wrong), file=sys.stderr)
    return 1 if any(results.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
