// SPDX-License-Identifier: GPL-3.0-or-later
//
// Reads texts, each ended by a zero, and prints what others say of each as a line of JSON: X's twitter-text, Unicode's
// segmenter in Node, a calculator of SMS.

const twitter = require("twitter-text");
const { SegmentedMessage } = require("sms-segments-calculator");

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const characters = text => [...segmenter.segment(text)].map(segment => segment.segment);

const input = require("fs").readFileSync(0, "utf8").split("\0").slice(0, -1);
for (const text of input) {
  const sms = new SegmentedMessage(text, "auto", false);
  const gsm = sms.encodingName === "GSM-7";
  const entities = [text, text.normalize()].flatMap(form => twitter.extractEntitiesWithIndices(form));
  console.log(JSON.stringify({
    weighted: twitter.parseTweet(text).weightedLength,
    valid: twitter.parseTweet(text).valid,
    // As long as they count: among other scripts it takes the path to follow the Latin part of a domain at once.
    links: twitter.extractUrlsWithIndices(text.normalize()).map(link => [link.indices[0], link.indices[0] + link.url.length])
      .map(([start, end]) => [start, end].map(index => Buffer.byteLength(text.normalize().slice(0, index)))),
    entities,
    characters: characters(text),
    sms: gsm ? sms.messageSize / 7 : sms.messageSize / 16,
    segments: sms.segmentsCount,
    gsm: gsm ? 1 : 0,
  }));
}
