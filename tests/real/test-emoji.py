#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Emoji and their names are those of GitHub and Discord.

    test-emoji.py PROGRAM        (emoji-words)
"""

import json
import pathlib
import re
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
import tap

PROGRAM = sys.argv.pop(1)
TABLES = HERE.parent.parent / "data/emoji"
# Signs of old that are letters unless somebody asks for a picture, and digits on a key
KEEPS_A_SIGN = re.compile("[0-9#*]\ufe0f?\u20e3")


def plain(text):
    """Whether a sign is to be a picture is not what these tests are about where peers disagree."""
    return text.replace("\ufe0f", "")


def rows(name):
    lines = (TABLES / name).read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and not line.startswith("#")]


class Emoji(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        done = subprocess.run([HERE / "provision-emoji.sh"], stdout=subprocess.PIPE, text=True, timeout=600, check=True)
        cls.folder = done.stdout.strip()
        cls.known = json.loads(cls.node("emoji-names.mjs"))

    @classmethod
    def node(cls, script):
        return subprocess.run(["node", HERE / script, cls.folder], stdout=subprocess.PIPE, text=True, timeout=60,
                              check=True).stdout

    @staticmethod
    def change(how, lines):
        done = subprocess.run([PROGRAM, how], input="".join(line + "\n" for line in lines), stdout=subprocess.PIPE, text=True,
                              timeout=60, check=True)
        return done.stdout.split("\n")[:-1]

    def test_table_is_that_of_the_package(self):
        made = [line.split() for line in self.node("emoji-table.mjs").splitlines()]
        self.assertEqual(rows("emoji.txt"), made)

    def test_every_name_of_github_gives_its_emoji(self):
        names = list(self.known["github"])
        self.assertGreater(len(names), 1900)
        given = self.change("expand", (f"so :{name}: it is" for name in names))
        self.assertEqual(given, [f"so {self.known['github'][name]} it is" for name in names])
        print(f"# {len(names)} names", flush=True)

    def test_every_other_name_gives_what_discord_gives(self):
        names = [name for name, _ in rows("aliases.txt")]
        given = self.change("expand", (f":{name}:" for name in names))
        self.assertEqual([plain(emoji) for emoji in given], [plain(self.known["discord"][name]) for name in names])
        print(f"# {len(names)} names", flush=True)

    def test_every_skin_tone_is_put_where_it_belongs(self):
        names = {plain(emoji): name for name, emoji in self.known["github"].items()}
        wanted = {(names[plain(emoji)], tone): plain(result) for emoji, tone, result in self.known["coloured"]
                  if plain(emoji) in names}
        given = self.change("expand", (f":{name}::skin-tone-{tone + 1}:" for name, tone in wanted))
        other = {name for (name, _), wish, got in zip(wanted, wanted.values(), given) if wish != plain(got)}
        # Two people, whose skins are two
        self.assertTrue(all("couple" in name or name == "people_holding_hands" for name in other), other)
        self.assertLessEqual(len(other), 7)
        print(f"# {len(wanted)} coloured emoji", flush=True)

    def test_every_emoji_is_left_out_of_an_sms(self):
        emoji = [one for one in self.known["all"] if not KEEPS_A_SIGN.fullmatch(one)]
        self.assertGreater(len(emoji), 3700)
        kept = [one for one, left in zip(emoji, self.change("strip", (f"It {one} is." for one in emoji))) if left != "It is."]
        self.assertEqual(kept, [])
        print(f"# {len(emoji)} emoji", flush=True)


if __name__ == "__main__":
    tap.main()
