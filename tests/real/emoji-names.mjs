// SPDX-License-Identifier: GPL-3.0-or-later
//
// node emoji-names.mjs FOLDER
//
// Prints what the packages in FOLDER/node_modules know as one line of JSON: {"github": {name: emoji}, "discord": {name: emoji},
// "all": [every emoji there is, in every colour], "coloured": [[emoji, tone from 1 to 5, the two together]]}

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { gemoji } = await import(pathToFileURL(`${process.argv[2]}/node_modules/gemoji/index.js`));
const base = require('emojibase-data/en/data.json');
const coloured = base.flatMap(({ emoji, skins = [] }) =>
  skins.filter((skin) => typeof skin.tone === 'number').map((skin) => [emoji, skin.tone, skin.emoji]));

console.log(JSON.stringify({
  github: Object.fromEntries(gemoji.flatMap(({ emoji, names }) => names.map((name) => [name, emoji]))),
  discord: Object.assign({}, ...Object.values(require('discord-emoji'))),
  all: base.flatMap(({ emoji, skins = [] }) => [emoji, ...skins.map((skin) => skin.emoji)]),
  coloured,
}));
