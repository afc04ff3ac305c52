#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Has a simulated printer print, and draws what was posted of it as a picture for the documents.

    tests/real/draw-x-post.py docs/pictures/x-post.png

The text and the picture are those that the stand-in for X has received; only the card around them is drawn. Wants
rsvg-convert, and OCTOHERALD_SERVICE, OCTOHERALDCTL and OCTOHERALD_DEMO as the tests do.
"""

import base64
import html
import json
import os
import pathlib
import subprocess
import sys
import textwrap
import urllib.request

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service")]

from herald_session import HeraldSession, wait_until  # noqa: E402
from x_stand_in import XStandIn  # noqa: E402

USER = "demo_bench"
WIDTH, MARGIN, LINE = 620, 24, 26
CARD = """<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="DejaVu Sans, sans-serif">
<rect x="1" y="1" width="{inner_width}" height="{inner_height}" rx="16" fill="#ffffff" stroke="#d5dade"/>
<circle cx="48" cy="50" r="24" fill="#33658a"/>
<path d="M37 60 V44 H43 V40 H53 V44 H59 V60 Z M43 52 H53" fill="none" stroke="#ffffff" stroke-width="3"/>
<text x="86" y="46" font-size="17" font-weight="bold" fill="#14191e">{name}</text>
<text x="86" y="68" font-size="15" fill="#5b6670">@{user}</text>
{words}
<clipPath id="round"><rect x="{margin}" y="{top}" width="{picture_width}" height="{picture_height}" rx="14"/></clipPath>
<image clip-path="url(#round)" x="{margin}" y="{top}" width="{picture_width}" height="{picture_height}"
  href="data:image/jpeg;base64,{picture}"/>
</svg>
"""


def play(printer, what, **body):
    request = urllib.request.Request(f"{printer['url'].rstrip('/')}/demo/{what}", json.dumps(body).encode(),
                                     headers={"X-Api-Key": printer["key"], "Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=30):
        pass


def record():
    """A post about a finished print: its text, and its picture with width and height."""
    with XStandIn(os.environ["OCTOHERALD_DEMO"]) as x, HeraldSession(display=False, notifications=False) as session:
        session.ctl("channel", "add", "x", "--name", "X", f"server={x.url}", *x.secrets(session.folder))
        for kind in ("print-started", "print-progress"):
            session.ctl("message", "set", kind, "--disable")
        session.ctl("printer", "add", "--name", "Bench", "--url", x.printer["url"], "--key-file", "-",
                    input=x.printer["key"])
        wait_until(lambda: session.ctl_json("status")["printers"][0]["state"] == "operational")
        play(x.printer, "print", file="vase.gcode", seconds=45, outcome="done")
        wait_until(lambda: x.posts(), 60)
        post = x.posts()[0]
        return post, x.media(post["media"][0]["id"])


def draw(post, picture):
    lines = textwrap.wrap(post["text"], 56)
    media = post["media"][0]
    top = 104 + LINE * len(lines)
    picture_width = WIDTH - 2 * MARGIN
    picture_height = round(picture_width * media["height"] / media["width"])
    height = top + picture_height + MARGIN
    words = "\n".join(f'<text x="{MARGIN}" y="{110 + LINE * row}" font-size="18" fill="#14191e">{html.escape(line)}</text>'
                      for row, line in enumerate(lines))
    return CARD.format(width=WIDTH, height=height, inner_width=WIDTH - 2, inner_height=height - 2, margin=MARGIN, top=top,
                       name="Bench", user=USER, words=words, picture_width=picture_width,
                       picture_height=picture_height, picture=base64.b64encode(picture).decode())


if __name__ == "__main__":
    subprocess.run(["rsvg-convert", "-o", sys.argv[1]], input=draw(*record()).encode(), check=True)
