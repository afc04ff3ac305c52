// SPDX-License-Identifier: GPL-3.0-or-later
//
// Microsoft Graph's "sendMail" with MIME as it is documented (learn.microsoft.com/graph/api/user-sendmail), on
// 127.0.0.1, for one test; graph_server.py starts it. The configuration is a JSON object on the command line. The
// answers to come are lines of the file "answers", taken one by one; without one the request is judged by the
// contract. Each request is a JSON line in the file "received".
'use strict';

const fs = require('fs');
const http2 = require('http2');
const https = require('https');
const { simpleParser } = require('mailparser');

const REQUEST_MAX_BYTES = 4 * 1024 * 1024;
const wanted = JSON.parse(process.argv[2]);
let nAnswers = 0;

function problem (status, code, message) {
  return { status, body: JSON.stringify({ error: { code, message, innerError: { 'request-id': 'test' } } }) };
}

function takeAnswer () {
  const lines = fs.readFileSync(wanted.answers, 'utf8').split('\n').filter((line) => line !== '');

  return nAnswers < lines.length ? JSON.parse(lines[nAnswers++]) : null;
}

function judge (request, body, mail) {
  const token = /^Bearer (\S+)$/.exec(request.headers.authorization || '');

  if (request.url !== '/v1.0/me/sendMail')
    return problem(404, 'ResourceNotFound', 'Resource not found');
  if (request.method !== 'POST')
    return problem(405, 'Request_BadRequest', 'Method not allowed');
  if (!token || !fs.readFileSync(wanted.tokens, 'utf8').split('\n').includes(token[1]))
    return problem(401, 'InvalidAuthenticationToken', 'Access token has expired or is not yet valid.');
  if (body.length > REQUEST_MAX_BYTES)
    return problem(413, 'ErrorMessageSizeExceeded', 'The message exceeds the maximum supported size.');
  if (request.headers['content-type'] !== 'text/plain')
    return problem(400, 'RequestBodyRead', 'The request body is not JSON.');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(body) || body.length % 4 !== 0)
    return problem(400, 'ErrorMimeContentInvalidBase64String', 'Invalid base64 string for MIME content.');
  if (!mail.to)
    return problem(400, 'ErrorInvalidRecipients', 'At least one recipient is not valid.');

  return { status: 202 };
}

async function readBody (request) {
  const chunks = [];

  for await (const chunk of request)
    chunks.push(chunk);

  return Buffer.concat(chunks).toString('latin1');
}

async function onRequest (request, response) {
  const body = await readBody(request);
  const raw = Buffer.from(body, 'base64');
  const mail = await simpleParser(raw);
  const answer = takeAnswer() || judge(request, body, mail);

  fs.appendFileSync(wanted.received, JSON.stringify({
    version: request.httpVersion,
    authorization: request.headers.authorization,
    length: body.length,
    to: mail.to ? mail.to.text : '',
    cc: mail.cc ? mail.cc.text : '',
    from: mail.from ? mail.from.text : '',
    subject: mail.subject || '',
    text: mail.text || '',
    messageId: mail.messageId || '',
    attachments: mail.attachments.length,
    raw: raw.toString('base64'),
    status: answer.status || 0,
  }) + '\n');

  if (answer.drop)
    return (request.stream && request.stream.session ? request.stream.session : request.socket).destroy();
  if (answer.hang)
    return undefined;

  response.writeHead(answer.status, answer.headers || {});
  return response.end(answer.size ? 'x'.repeat(answer.size) : answer.body || '');
}

const keys = { key: fs.readFileSync(wanted.key), cert: fs.readFileSync(wanted.certificate) };
const server = wanted.http2 ? http2.createSecureServer({ ...keys, allowHTTP1: true }) : https.createServer(keys);

server.on('request', (request, response) => onRequest(request, response).catch((error) => console.error(error.message)));
server.on('error', (error) => console.error(error.message));
server.listen(wanted.port, '127.0.0.1');
