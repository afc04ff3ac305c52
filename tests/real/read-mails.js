// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads mails with mailparser, which nobody here has written: a JSON object with "raw" (base64) a line
// on stdin, and the same with what is in it on stdout.
'use strict';

const readline = require('readline');
const { simpleParser } = require('mailparser');

async function main () {
  for await (const line of readline.createInterface({ input: process.stdin })) {
    const { raw, ...rest } = JSON.parse(line);
    const mail = await simpleParser(Buffer.from(raw, 'base64'));

    console.log(JSON.stringify({
      ...rest,
      subject: mail.subject || '',
      text: mail.text || '',
      from: mail.from ? mail.from.text : '',
      to: mail.to ? mail.to.text : '',
      messageId: mail.messageId || '',
      attachments: mail.attachments.map((attachment) => attachment.size),
    }));
  }
}

main();
