// SPDX-License-Identifier: GPL-3.0-or-later
// Posts to an X with libraries of others, and prints what they were told as JSON.
//
//     x-libraries.js xdk|twitter-api-v2|login '{"url": …, "keys": {…}, "picture": PATH, "film": PATH}'
'use strict';

const fs = require('fs');
const http = require('http');
const https = require('https');

const [, , library, json] = process.argv;
const settings = JSON.parse(json);
const CHUNK = 1024 * 1024;

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

async function withXdk() {
  const { Client, OAuth1 } = require('@xdevplatform/xdk');
  const client = new Client({
    baseUrl: settings.url,
    oauth1: new OAuth1({
      apiKey: settings.keys['api-key'],
      apiSecret: settings.keys['api-secret'],
      callback: 'oob',
      accessToken: settings.keys['access-token'],
      accessTokenSecret: settings.keys['access-token-secret'],
    }),
  });
  const told = { me: (await client.users.getMe()).data.username };
  told.text = (await client.posts.create({ text: 'XDK: only words, 25 % “quoted” é 🎉' })).data.id;

  const picture = fs.readFileSync(settings.picture).toString('base64');
  const uploaded = await client.media.upload({ media: picture, mediaCategory: 'tweet_image' });
  await client.media.createMetadata({ id: uploaded.data.id, metadata: { altText: { text: 'A part by XDK' } } });
  told.picture = (await client.posts.create({ text: 'XDK: with a picture', media: { mediaIds: [uploaded.data.id] } })).data.id;

  const film = fs.readFileSync(settings.film);
  const begun = await client.media.initializeUpload({ mediaType: 'video/mp4', mediaCategory: 'tweet_video', totalBytes: film.length });
  for (let i = 0; i * CHUNK < film.length; i++) {
    const piece = film.subarray(i * CHUNK, (i + 1) * CHUNK).toString('base64');
    await client.media.appendUpload(begun.data.id, { media: piece, segmentIndex: i });
  }
  let state = (await client.media.finalizeUpload(begun.data.id)).data.processingInfo;
  told.states = [];
  while (state !== undefined && !['succeeded', 'failed'].includes(state.state)) {
    told.states.push(state.state);
    await pause(state.checkAfterSecs);
    state = (await client.media.getUploadStatus(begun.data.id, { command: 'STATUS' })).data.processingInfo;
  }
  told.states.push(state.state);
  told.film = (await client.posts.create({ text: 'XDK: with a film', media: { mediaIds: [begun.data.id] } })).data.id;
  return told;
}

// It knows but the true X, and HTTPS: what it sends goes to the stand-in, over HTTP.
function leadToStandIn() {
  const { hostname, port } = new URL(settings.url);
  https.request = (options, callback) => http.request({ ...options, protocol: 'http:', hostname, host: hostname, port }, callback);
}

async function withTwitterApi() {
  leadToStandIn();
  const { TwitterApi } = require('twitter-api-v2');
  const client = new TwitterApi({
    appKey: settings.keys['api-key'],
    appSecret: settings.keys['api-secret'],
    accessToken: settings.keys['access-token'],
    accessSecret: settings.keys['access-token-secret'],
  });
  client.v2.setPrefix(settings.url + '/2/');
  const told = { me: (await client.v2.me()).data.username };
  told.text = (await client.v2.tweet('twitter-api-v2: only words, 25 % “quoted” é 🎉')).data.id;

  const picture = await client.v2.uploadMedia(fs.readFileSync(settings.picture), { media_type: 'image/png' });
  await client.v2.createMediaMetadata(picture, { alt_text: { text: 'A part by twitter-api-v2' } });
  told.picture = (await client.v2.tweet('twitter-api-v2: with a picture', { media: { media_ids: [picture] } })).data.id;

  const film = await client.v2.uploadMedia(fs.readFileSync(settings.film), { media_type: 'video/mp4' });
  told.film = (await client.v2.tweet('twitter-api-v2: with a film', { media: { media_ids: [film] } })).data.id;
  return told;
}

// The browser's part: the page leads to our redirect address with a code.
function follow(address) {
  const { pathname, search } = new URL(address);
  return new Promise((resolve, reject) => {
    http.get(settings.url + pathname + search, (answer) => {
      answer.resume();
      resolve(new URL(answer.headers.location));
    }).on('error', reject);
  });
}

async function withLogin() {
  leadToStandIn();
  const { TwitterApi } = require('twitter-api-v2');
  const app = new TwitterApi(settings.secret ? { clientId: settings.client, clientSecret: settings.secret } : { clientId: settings.client });
  const page = app.generateOAuth2AuthLink('http://127.0.0.1:48721/callback',
    { scope: ['tweet.read', 'tweet.write', 'users.read', 'media.write', 'offline.access'] });
  const back = await follow(page.url);
  if (back.searchParams.get('state') !== page.state) throw new Error('another state came back');
  const login = await app.loginWithOAuth2({ code: back.searchParams.get('code'), codeVerifier: page.codeVerifier, redirectUri: 'http://127.0.0.1:48721/callback' });
  login.client.v2.setPrefix(settings.url + '/2/');
  const told = { me: (await login.client.v2.me()).data.username };
  const fresh = await app.refreshOAuth2Token(login.refreshToken);
  fresh.client.v2.setPrefix(settings.url + '/2/');
  told.text = (await fresh.client.v2.tweet(`login: ${settings.secret ? 'with' : 'without'} a secret`)).data.id;
  told.again = await app.refreshOAuth2Token(login.refreshToken).then(() => 200, (error) => error.code);
  return told;
}

const ways = { xdk: withXdk, 'twitter-api-v2': withTwitterApi, login: withLogin };

ways[library]().then(
  (told) => console.log(JSON.stringify(told)),
  (error) => console.log(JSON.stringify({ status: error.status ?? error.code ?? 0, words: String(error.message) })),
);
