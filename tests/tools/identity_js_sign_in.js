// Signs in with amazon-cognito-identity-js, refreshes, and prints what came of it as JSON.
//
// Usage: node identity_js_sign_in.js MODULES ENDPOINT POOL CLIENT USERNAME TOTP_SECRET
// The password is the first line of standard input; an empty argument means "none".
"use strict";

const crypto = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");

const [modules, endpoint, pool, client, username, totpSecret] = process.argv.slice(2);
const {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserPool,
} = require(path.join(modules, "amazon-cognito-identity-js"));

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

function fail(error) {
  console.error(`${error.code}: ${error.message}`);
  process.exit(1);
}

const userPool = new CognitoUserPool({ UserPoolId: pool, ClientId: client, endpoint });
const user = new CognitoUser({ Username: username, Pool: userPool });
const Password = fs.readFileSync(0, "utf8").split("\n")[0];
let asked = false;
const callbacks = {
  onFailure: fail,
  onSuccess(session) {
    const first = session.getAccessToken().getJwtToken();
    user.refreshSession(session.getRefreshToken(), (error, renewed) => {
      if (error) {
        fail(error);
      }
      const claims = renewed.getIdToken().decodePayload();
      const isNew = renewed.getAccessToken().getJwtToken() !== first;
      console.log(JSON.stringify({ claims, asked, renewed: isNew }));
    });
  },
  totpRequired() {
    if (!totpSecret) {
      fail({ code: "SOFTWARE_TOKEN_MFA", message: "a code is needed" });
    }
    asked = true;
    user.sendMFACode(totp(totpSecret), callbacks, "SOFTWARE_TOKEN_MFA");
  },
};
user.authenticateUser(new AuthenticationDetails({ Username: username, Password }), callbacks);
