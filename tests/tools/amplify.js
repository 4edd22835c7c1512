// AWS Amplify at Poolkey's sandbox: one machine's store at a time, sign-ins step by step.
"use strict";

const assert = require("node:assert/strict");
const { about, claims, client, inbox, library, refused, user, wrong } = require("./sandbox.js");

// Node 18, which Debian 12 has, keeps it in a module.
globalThis.crypto ??= require("node:crypto").webcrypto;

// Amplify names a device after the browser, and confirms none without a name.
globalThis.navigator ??= { userAgent: "Node", platform: "Node" };

const { Amplify } = library("aws-amplify");
const auth = library("aws-amplify/auth");
const { cognitoUserPoolsTokenProvider } = library("aws-amplify/auth/cognito");

/** Amplify knows one user pool at a time. */
function configure(clientName = "public", more = {}) {
  const Cognito = {
    userPoolId: about.user_pool_id,
    userPoolClientId: client(clientName),
    userPoolEndpoint: about.endpoint,
    ...more,
  };
  Amplify.configure({ Auth: { Cognito } });
}

/** A store of tokens and devices: one for each machine that somebody signs in from. */
class Machine {
  kept = new Map();

  /** Amplify runs here from now on. */
  use() {
    cognitoUserPoolsTokenProvider.setKeyValueStorage(this);
  }

  async setItem(key, value) {
    this.kept.set(key, value);
  }

  async getItem(key) {
    return this.kept.get(key) ?? null;
  }

  async removeItem(key) {
    this.kept.delete(key);
  }

  async clear() {
    this.kept.clear();
  }
}

/** Signs in up to the step that Amplify says comes next. */
async function begin(name, options = {}, password = user(name.split("@")[0]).password) {
  const { nextStep } = await auth.signIn({ username: name, password, options });
  return nextStep;
}

async function answer(challengeResponse, options) {
  const { nextStep } = await auth.confirmSignIn({ challengeResponse, options });
  return nextStep;
}

/** A wrong code, then the right one, of what was sent to a user. */
async function sent(name) {
  const code = await inbox(name);
  await refused(answer(wrong(code)), "CodeMismatchException");
  return answer(code);
}

function expect(step, name) {
  assert.equal(step.signInStep, name);
  return step;
}

/** The end of a sign-in: the user whose tokens they are. GetUser and a refresh take them. */
async function end(step) {
  expect(step, "DONE");
  const { tokens } = await auth.fetchAuthSession();
  const username = claims(String(tokens.idToken))["cognito:username"];
  assert.ok((await auth.fetchUserAttributes()).email.startsWith(username));
  const renewed = (await auth.fetchAuthSession({ forceRefresh: true })).tokens;
  assert.notEqual(String(renewed.accessToken), String(tokens.accessToken));
  assert.equal(renewed.accessToken.payload.username, username);
  return username;
}

configure();
new Machine().use();

module.exports = { Machine, answer, auth, begin, configure, end, expect, sent };
