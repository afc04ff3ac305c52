// SPDX-License-Identifier: GPL-3.0-or-later
//
// npm's smtp-server on 127.0.0.1, for one test; smtp_server.py starts it and documents the
// configuration, a JSON object on the command line. Each login and each mail is a JSON line in the
// file "received".
'use strict';

const fs = require('fs');
const { SMTPServer } = require('smtp-server');
const { simpleParser } = require('mailparser');

const wanted = JSON.parse(process.argv[2]);

function record (what, content) {
  fs.appendFileSync(wanted.received, JSON.stringify({ what, ...content }) + '\n');
}

// "550 5.1.1 no such user" as the error that smtp-server answers with
function refusal (hook) {
  const text = wanted.refuse[hook];

  if (!text)
    return null;

  return Object.assign(new Error(text.slice(4)), { responseCode: Number(text.slice(0, 3)) });
}

// What was shown: an answer to a challenge, a token, or the password itself
function isRight (auth, password) {
  if (auth.method === 'CRAM-MD5')
    return auth.validatePassword(password);

  return password === (auth.method === 'XOAUTH2' ? auth.accessToken : auth.password);
}

function onAuth (auth, session, done) {
  const right = Object.hasOwn(wanted.users, auth.username) && isRight(auth, wanted.users[auth.username]);

  record('login', { method: auth.method, user: auth.username, secure: session.secure, right });
  if (right)
    done(null, { user: auth.username });
  else
    done(Object.assign(new Error('5.7.8 Wrong user name or password'), { responseCode: 535 }));
}

async function onData (stream, session, done) {
  const chunks = [];

  for await (const chunk of stream)
    chunks.push(chunk);
  if (stream.sizeExceeded)
    return done(Object.assign(new Error('5.3.4 Too big'), { responseCode: 552 }));

  const error = refusal('data');
  if (error)
    return done(error);

  const mail = await simpleParser(Buffer.concat(chunks));
  record('mail', {
    sender: session.envelope.mailFrom.address,
    recipients: session.envelope.rcptTo.map((recipient) => recipient.address),
    user: session.user || null,
    secure: session.secure,
    raw: Buffer.concat(chunks).toString('base64'),
    subject: mail.subject || '',
    text: mail.text || '',
    from: mail.from ? mail.from.text : '',
    to: mail.to ? mail.to.text : '',
    messageId: mail.messageId || '',
  });
  done(null, '2.0.0 Queued as test');
}

const server = new SMTPServer({
  secure: wanted.security === 'tls',
  key: fs.readFileSync(wanted.key),
  cert: fs.readFileSync(wanted.certificate),
  authOptional: wanted.users === null,
  authMethods: wanted.mechanisms,
  allowInsecureAuth: wanted.security === 'plain',
  hideSMTPUTF8: !wanted.utf8,
  disabledCommands: [].concat(wanted.security === 'plain' ? ['STARTTLS'] : [], wanted.users === null ? ['AUTH'] : []),
  size: wanted.size || undefined,
  disableReverseLookup: true,
  onAuth,
  onMailFrom: (address, session, done) => done(refusal('mail')),
  onRcptTo: (address, session, done) => done(refusal('rcpt') || refusal(address.address)),
  onData,
});

// A client that is suddenly gone is no reason to end.
server.on('error', (error) => console.error(error.message));
process.on('uncaughtException', (error) => console.error(error.stack));
server.listen(wanted.port, '127.0.0.1');
