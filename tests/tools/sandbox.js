// What the Node scripts of the tests share: Poolkey's sandbox as its first line describes it, the
// codes it "sends", and how a flow ends.
//
// A script is called as: node SCRIPT MODULES FLOW, with the sandbox's first line on standard input.
// It prints {"username": …} of who is signed in at the end, and ends with 1 when anything in the
// flow is not as it has to be. With --list instead of a flow it prints the names of all. The flow
// device_made prints a device as well; device_given is told one by the key "device" of the line.
"use strict";

const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

/** Finds a library below MODULES. */
const library = createRequire(path.resolve(process.argv[2], "..", "package.json"));
const about = JSON.parse(fs.readFileSync(0, "utf8"));

/** RFC 6238 with SHA-1, 30 seconds and 6 digits. */
function totp(secret) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((c) => alphabet.indexOf(c).toString(2).padStart(5, "0")).join("");
  const bytes = bits.match(/.{8}/g).map((byte) => parseInt(byte, 2));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30000)));
  const digest = crypto.createHmac("sha1", Buffer.from(bytes)).update(counter).digest();
  const number = digest.readUInt32BE(digest[19] & 15) & 0x7fffffff;
  return String(number % 1000000).padStart(6, "0");
}

/** A user: name, password, authenticator secret. */
function user(name) {
  return about.users.find(({ username }) => username === name);
}

/** The ID of an app client. */
function client(name) {
  return about.clients.find((known) => known.name === name).client_id;
}

/** The newest code that was sent to a user. */
async function inbox(name) {
  const answer = await fetch(`${about.endpoint}/sandbox/inbox/${name}`);
  const { code } = await answer.json();
  assert.match(code, /^\d+$/, `no code for ${name}`);
  return code;
}

/** A code of as many digits that is not this one. */
function wrong(code) {
  return code.replace(/.$/, (digit) => String((Number(digit) + 1) % 10));
}

/** The promise fails with this error code of the service, and with these words. */
async function refused(promise, code, words = "") {
  let error = null;
  await promise.catch((thrown) => (error = thrown));
  assert.ok(error, `${code} was expected, but nothing was refused`);
  assert.equal(error.code ?? error.name, code, error.message);
  assert.ok(error.message.includes(words), error.message);
}

/** The claims of a token, unchecked. */
function claims(token) {
  return JSON.parse(Buffer.from(token.split(".")[1], "base64url").toString());
}

/** Runs the flow that the command line names: who is signed in, or an object that says so. */
async function run(flows) {
  const name = process.argv[3];
  if (name === "--list") {
    console.log(JSON.stringify(Object.keys(flows)));
    process.exit(0);
  }
  try {
    assert.ok(flows[name], `no flow ${name}`);
    const said = await flows[name]();
    console.log(JSON.stringify(typeof said === "string" ? { username: said } : said));
    process.exit(0);
  } catch (error) {
    console.error(`${name}: ${error.code ?? error.name}: ${error.stack}`);
    process.exit(1);
  }
}

module.exports = { about, claims, client, inbox, library, refused, run, totp, user, wrong };
