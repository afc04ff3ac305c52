// SPDX-License-Identifier: GPL-3.0-or-later
//
// oidc-provider with X's addresses, scopes and ways (rotating refresh tokens, a code for half a minute, redirect addresses
// compared letter by letter), on 127.0.0.1, for one test; oauth_server.py starts it. The configuration is a JSON object on
// the command line. POST /2/tweets takes what has a token that oidc-provider knows. What is to go wrong with requests for
// tokens are lines of the file "faults", taken one by one; each grant and each post is a JSON line in the file "journal".
import fs from 'node:fs';
import http from 'node:http';
import { pathToFileURL } from 'node:url';

const wanted = JSON.parse(process.argv[2]);
const { default: Provider } = await import(pathToFileURL(`${wanted.modules}/oidc-provider/lib/index.js`).href);
const TOKEN_PATH = '/2/oauth2/token';
const USUAL_S = 14 * 24 * 3600;
let nFaults = 0;
let nPosts = 0;

const provider = new Provider(`http://127.0.0.1:${wanted.port}`, {
  clients: [{
    client_id: wanted.clientId,
    ...(wanted.clientSecret
      ? { client_secret: wanted.clientSecret, token_endpoint_auth_method: 'client_secret_basic' }
      : { token_endpoint_auth_method: 'none' }),
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: wanted.redirects,
  }],
  scopes: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'],
  routes: { authorization: '/i/oauth2/authorize', token: TOKEN_PATH },
  pkce: { required: () => true, methods: ['S256'] },
  rotateRefreshToken: true,
  issueRefreshToken: async (context, client, code) => code.scopes.has('offline.access'),
  findAccount: async (context, id) => ({ accountId: id, claims: async () => ({ sub: id }) }),
  features: { devInteractions: { enabled: true } },
  cookies: { keys: ['test'] },
  ttl: {
    AccessToken: wanted.accessTtl,
    AuthorizationCode: wanted.codeTtl,
    RefreshToken: USUAL_S,
    Grant: USUAL_S,
    Session: USUAL_S,
    Interaction: 600,
  },
});

function note (entry) {
  fs.appendFileSync(wanted.journal, JSON.stringify(entry) + '\n');
}

function describe (context) {
  const parameters = context.oidc.params || {};

  return {
    grant: parameters.grant_type,
    basic: Boolean(context.headers.authorization),
    named: 'client_id' in (context.oidc.body || {}),
    given: parameters.code || parameters.refresh_token,
    verifier: parameters.code_verifier,
  };
}

provider.on('grant.success', (context) => note({
  ...describe(context), access: context.body.access_token, refresh: context.body.refresh_token,
}));
provider.on('grant.error', (context, error) => note({ ...describe(context), error: error.error, why: error.error_detail }));

function takeFault () {
  const lines = fs.readFileSync(wanted.faults, 'utf8').split('\n').filter((line) => line !== '');

  return nFaults < lines.length ? JSON.parse(lines[nFaults++]) : {};
}

function answer (response, status, body, headers = {}) {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers });
  response.end(body);
}

// Instead of what was said: after it was done, or without
function spoil (request, response, fault) {
  if (fault.after === 'lost') {
    response.write = () => true;
    response.end = () => { request.socket.destroy(); return response; };
    return false;
  }
  if (fault.hang || fault.drop) {
    if (fault.drop)
      request.socket.destroy();
    return true;
  }
  if (fault.status) {
    const body = fault.megabytes ? Buffer.alloc(fault.megabytes * 1024 * 1024, 'x') : Buffer.from(fault.body || '', 'latin1');

    note({ fault });
    answer(response, fault.status, body, fault.headers);
    return true;
  }

  return false;
}

async function post (request, response) {
  const chunks = [];
  const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization || '');
  const token = bearer ? await provider.AccessToken.find(bearer[1]) : undefined;

  for await (const chunk of request)
    chunks.push(chunk);
  if (!token || !token.isValid || !token.scopes.has('tweet.write')) {
    note({ post: null, bearer: bearer && bearer[1], status: 401 });
    return answer(response, 401, '{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}');
  }

  note({ post: JSON.parse(Buffer.concat(chunks)).text, bearer: bearer[1], status: 201 });
  nPosts += 1;
  return answer(response, 201, JSON.stringify({ data: { id: String(1000 + nPosts), text: 'x' } }));
}

// What X does without being asked: a token, or a whole login, is not good any more.
async function forget (what, response) {
  const lines = fs.readFileSync(wanted.journal, 'utf8').split('\n').filter((line) => line !== '').map(JSON.parse);

  for (const entry of lines) {
    const token = entry.access && await (what === 'access'
      ? provider.AccessToken.find(entry.access)
      : provider.RefreshToken.find(entry.refresh, { ignoreExpiration: true }));

    if (token)
      await token.destroy();
  }
  answer(response, 200, '{}');
}

const serve = provider.callback();

http.createServer(async (request, response) => {
  const fault = request.url === TOKEN_PATH ? takeFault() : {};

  if (request.url === '/2/tweets')
    return post(request, response);
  if (request.url.startsWith('/forget/'))
    return forget(request.url.slice('/forget/'.length), response);
  if (fault.wait)
    await new Promise((resolve) => { setTimeout(resolve, fault.wait * 1000); });
  if (spoil(request, response, fault))
    return undefined;

  return serve(request, response);
}).listen(wanted.port, '127.0.0.1');
