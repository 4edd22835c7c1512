// A whole sign-in with amazon-cognito-identity-js (SRP), and the exchange at the identity pool with
// plain requests. Told on standard input by peers.py; called as: node sign_in.js MODULES.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const path = require("node:path");

const library = createRequire(path.resolve(process.argv[2], "..", "package.json"));
const { AuthenticationDetails, CognitoUser, CognitoUserPool } = library("amazon-cognito-identity-js");
const told = JSON.parse(fs.readFileSync(0, "utf8"));

async function call(operation, input) {
  const answer = await fetch(told.endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityService.${operation}` },
    body: JSON.stringify(input),
  });
  if (!answer.ok) {
    throw new Error(await answer.text());
  }
  return answer.json();
}

async function main() {
  const { username, password } = told.user;
  const pool = new CognitoUserPool({ UserPoolId: told.user_pool_id, ClientId: told.client_id, endpoint: told.endpoint });
  const user = new CognitoUser({ Username: username, Pool: pool });
  const details = new AuthenticationDetails({ Username: username, Password: password });
  const session = await new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
  const login = `cognito-idp.${told.region}.amazonaws.com/${told.user_pool_id}`;
  const Logins = { [login]: session.getIdToken().getJwtToken() };
  const { IdentityId } = await call("GetId", { IdentityPoolId: told.identity_pool_id, Logins });
  const { Credentials } = await call("GetCredentialsForIdentity", { IdentityId, Logins });
  if (!Credentials.AccessKeyId.startsWith("ASIA")) {
    throw new Error("no credentials");
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
