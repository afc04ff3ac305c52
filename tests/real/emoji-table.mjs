// SPDX-License-Identifier: GPL-3.0-or-later
//
// node emoji-table.mjs FOLDER
//
// Prints data/emoji/emoji.txt, without its head, as it follows from the packages in FOLDER/node_modules: names and emoji from
// gemoji, and from emojibase-data which of them take a skin tone behind their first character.

import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.argv[2]}/package.json`));
const { gemoji } = await import(pathToFileURL(`${process.argv[2]}/node_modules/gemoji/index.js`));

const plain = (text) => text.replaceAll('\uFE0F', '');
const known = new Map(require('emojibase-data/en/data.json').map((row) => [plain(row.emoji), row]));

const takesTone = (emoji) => {
  const light = known.get(plain(emoji))?.skins?.find((skin) => skin.tone === 1);
  const [first, ...rest] = plain(emoji);
  return light !== undefined && plain(light.emoji) === [first, '\u{1F3FB}', ...rest].join('');
};

const points = (emoji) => [...emoji].map((c) => c.codePointAt(0).toString(16).toUpperCase().padStart(4, '0'));

for (const { emoji, names } of gemoji) {
  console.log(`${points(emoji).join('-')}${takesTone(emoji) ? '*' : ''} ${names.join(' ')}`);
}
