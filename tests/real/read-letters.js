// SPDX-License-Identifier: GPL-3.0-or-later
//
// read-letters.js FOLDER NUMBER: prints what mailparser reads in FOLDER/0.eml and those after it, one JSON object a line.
'use strict';

const fs = require('fs');
const path = require('path');
const { simpleParser } = require('mailparser');

const [folder, number] = [process.argv[2], Number(process.argv[3])];

function list (addresses) {
  return addresses ? addresses.value.map((entry) => entry.address) : [];
}

async function read (name) {
  const mail = await simpleParser(fs.readFileSync(path.join(folder, name)),
    { keepCidLinks: true, skipHtmlToText: true, skipTextToHtml: true });

  return {
    subject: mail.subject ?? null,
    text: mail.text ?? '',
    html: mail.html || '',
    from: mail.from.value[0].address,
    name: mail.from.value[0].name,
    to: list(mail.to),
    cc: list(mail.cc),
    id: mail.messageId,
    references: mail.references ?? null,
    answers: mail.inReplyTo ?? null,
    date: mail.date.getTime(),
    automatic: mail.headers.get('auto-submitted') ?? null,
    attachments: mail.attachments.map((entry) => ({
      type: entry.contentType,
      name: entry.filename,
      disposition: entry.contentDisposition,
      cid: entry.cid ?? null,
      bytes: entry.content.toString('base64'),
    })),
  };
}

(async () => {
  for (let i = 0; i < number; i++)
    console.log(JSON.stringify(await read(`${i}.eml`)));
})();
