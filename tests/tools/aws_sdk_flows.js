// The credential providers of the AWS SDK for JavaScript, at Poolkey's sandbox: the successors of
// AWS.CognitoIdentityCredentials. sandbox.js says how a flow is called and how it ends.
//
// The SDK has no GetOpenIdToken in these providers: that one request is written out here.
"use strict";

const assert = require("node:assert/strict");
const crypto = require("node:crypto");
const fs = require("node:fs");
const { about, claims, client, library, refused, run, user } = require("./sandbox.js");
const { fromCognitoIdentity, fromCognitoIdentityPool, fromTokenFile, fromWebToken } = library(
  "@aws-sdk/credential-providers",
);
const { SignatureV4 } = library("@smithy/signature-v4");

const { endpoint, region } = about;
const [main, open] = about.identity_pools.map((pool) => pool.identity_pool_id);
const [google, facebook, amazon, apple, saml, oidc] = about.providers.map(({ provider }) => provider);
const userPool = `cognito-idp.${region}.amazonaws.com/${about.user_pool_id}`;
const clientConfig = { endpoint, region, maxAttempts: 1 };

/** What the SDK hashes with. */
class Sha256 {
  constructor(key) {
    this.hash = key ? crypto.createHmac("sha256", key) : crypto.createHash("sha256");
  }
  update(data) {
    this.hash.update(data);
  }
  async digest() {
    return this.hash.digest();
  }
}

/** One request of JSON 1.1 without a signature. */
async function call(target, input) {
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: JSON.stringify(input),
  });
  const said = await answer.json();
  assert.ok(answer.ok, JSON.stringify(said));
  return said;
}

/** Ana's ID token of the user pool. */
async function idToken() {
  const { username, password } = user("ana");
  const signedIn = await call("AWSCognitoIdentityProviderService.InitiateAuth", {
    AuthFlow: "USER_PASSWORD_AUTH",
    ClientId: client("public"),
    AuthParameters: { USERNAME: username, PASSWORD: password },
  });
  return signedIn.AuthenticationResult.IdToken;
}

/** A login of that person at that provider. */
async function login(provider, person) {
  const { token_url } = about.providers.find((known) => known.provider === provider);
  const answer = await fetch(`${token_url}&person=${person}`);
  return { [provider]: (await answer.json()).token };
}

/** The ARN of a role, or of a session of it. */
function arn(role, session) {
  const found = about.roles.find(({ name }) => name === role).arn;
  return session ? `${found.replace(":iam:", ":sts:").replace(":role/", ":assumed-role/")}/${session}` : found;
}

/** The ARN that STS says the credentials are for. */
async function caller(credentials) {
  const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 });
  const { hostname, host, port } = new URL(endpoint);
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const headers = { host, "content-type": "application/x-www-form-urlencoded" };
  const place = { protocol: "http:", hostname, port: Number(port), path: "/", query: {} };
  const signed = await signer.sign({ ...place, method: "POST", headers, body });
  const answer = await fetch(endpoint, { method: "POST", headers: signed.headers, body });
  const text = await answer.text();
  assert.ok(answer.ok, text);
  return text.match(/<Arn>(.*)<\/Arn>/)[1];
}

/** The credentials of a pool. */
function pooled(logins, more = {}) {
  return fromCognitoIdentityPool({ clientConfig, identityPoolId: open, logins, ...more })();
}

/** They are of this role and session, and good for that long. */
async function check(credentials, role, session, seconds) {
  assert.equal(await caller(credentials), arn(role, session));
  const left = (credentials.expiration.getTime() - Date.now()) / 1000;
  assert.ok(left > seconds - 60 && left <= seconds + 1, `${left} s left`);
}

/** The enhanced flow: the identity ID. */
async function enhanced(logins, role = "authenticated", more = {}) {
  const credentials = await pooled(logins, more);
  await check(credentials, role, "CognitoIdentityCredentials", 3600);
  const again = await fromCognitoIdentity({ clientConfig, identityId: credentials.identityId, logins, ...more })();
  assert.notEqual(again.accessKeyId, credentials.accessKeyId);
  return credentials.identityId;
}

/** A token of the identity pool. */
async function openIdToken(identityId, logins) {
  const made = await call("AWSCognitoIdentityService.GetOpenIdToken", { IdentityId: identityId, Logins: logins });
  assert.equal(claims(made.Token).sub, identityId);
  return made.Token;
}

/** The basic flow, with the token and with a file that holds it. */
async function basic(identityId, logins, role = "authenticated") {
  const webIdentityToken = await openIdToken(identityId, logins);
  const asked = { clientConfig, roleArn: arn(role), roleSessionName: "js@laptop" };
  const credentials = await fromWebToken({ ...asked, webIdentityToken, durationSeconds: 900 })();
  await check(credentials, role, "js@laptop", 900);
  fs.writeFileSync("token", webIdentityToken);
  await check(await fromTokenFile({ ...asked, webIdentityTokenFile: "token" })(), role, "js@laptop", 3600);
}

/** Both flows with the login of each provider whose tokens may go to STS. */
async function providers() {
  for (const provider of [google, facebook, amazon, apple, oidc]) {
    const logins = await login(provider, "gina");
    const identityId = await enhanced(logins);
    await basic(identityId, logins);
    assert.equal((await pooled(await login(provider, "gina"))).identityId, identityId);
    assert.notEqual((await pooled(await login(provider, "somebody-else"))).identityId, identityId);
  }
  return "gina";
}

/** The SDK asks for the token itself when it needs one. */
async function user_pool() {
  const logins = { [userPool]: idToken };
  const identityId = await enhanced(logins);
  await basic(identityId, { [userPool]: await idToken() });
  assert.notEqual(await enhanced(logins, "developers", { identityPoolId: main }), identityId);
  return "ana";
}

/** Enhanced only. */
async function saml_provider() {
  await enhanced(await login(saml, "sid"));
  return "sid";
}

/** The SDK keeps a guest's ID, and asks for another one when it is gone. */
async function guest() {
  const identityId = await enhanced(undefined, "unauthenticated");
  assert.equal(await enhanced(undefined, "unauthenticated"), identityId);
  assert.equal(await enhanced({}, "unauthenticated"), identityId, "no login but an empty map");
  await basic(identityId, undefined, "unauthenticated");
  await refused(pooled(undefined, { identityPoolId: main }), "NotAuthorizedException", "Unauthenticated access");
  return "guest";
}

/** A guest's kept ID and a login: the guest keeps it; nobody is it without the login any more. */
async function guest_upgrade() {
  const { identityId } = await pooled(undefined);
  const logins = await login(google, "gina");
  const kept = await fromCognitoIdentity({ clientConfig, identityId, logins })();
  await check(kept, "authenticated", "CognitoIdentityCredentials", 3600);
  assert.equal((await pooled(logins)).identityId, identityId);
  const alone = fromCognitoIdentity({ clientConfig, identityId })();
  await refused(alone, "NotAuthorizedException", `Access to Identity '${identityId}' is forbidden.`);
  return "gina";
}

/** One of the token's own roles, and one that is not. */
async function custom_role() {
  const logins = { [userPool]: await idToken() };
  await enhanced(logins, "on-call", { customRoleArn: arn("on-call") });
  const wrong = arn("unauthenticated");
  const words = `Access to Role '${wrong}' is forbidden.`;
  await refused(pooled(logins, { customRoleArn: wrong }), "NotAuthorizedException", words);
  return "ana";
}

/** What is wrong with a login or with a token, in the service's words. */
async function refused_logins() {
  const { [google]: token } = await login(google, "gina");
  for (const [logins, words] of [
    [{ [apple]: token }, "Invalid login token. Issuer doesn't match providerName"],
    [{ [google]: "opaque" }, "Invalid login token. Not a valid OpenId Connect identity token."],
    [{ "login.elsewhere.example": token }, "Token is not from a supported provider of this identity pool."],
  ]) {
    await refused(pooled(logins), "NotAuthorizedException", words);
  }
  const asked = { clientConfig, roleArn: arn("authenticated"), webIdentityToken: await idToken() };
  await refused(fromWebToken(asked)(), "InvalidIdentityTokenException", "No OpenIDConnect provider found");
  const { identityId } = await pooled(undefined);
  const webIdentityToken = await openIdToken(identityId);
  await refused(fromWebToken({ ...asked, webIdentityToken })(), "AccessDenied", "Not authorized to perform");
  await enhanced({ [google]: token });
  return "gina";
}

run({ user_pool, providers, saml_provider, guest, guest_upgrade, custom_role, refused_logins });
