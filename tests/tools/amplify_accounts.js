// The flows of AWS Amplify around a sign-in: accounts in trouble, passwords, signing out, the identity
// pool. A part of `amplify_flows.js`.
"use strict";

const assert = require("node:assert/strict");
const { about, claims, inbox, library, refused, user, wrong } = require("./sandbox.js");
const { Machine, auth, begin, configure, end, expect } = require("./amplify.js");

const { signRequest } = library("@aws-amplify/core/internals/aws-client-utils");

const NEW_PASSWORD = "Quite-Another-99!";

/** Who STS says has these credentials; the request is signed by Amplify. */
async function callerIdentity(credentials) {
  const request = {
    method: "POST",
    url: new URL(`${about.endpoint}/`),
    headers: { host: new URL(about.endpoint).host, "content-type": "application/x-www-form-urlencoded" },
    body: "Action=GetCallerIdentity&Version=2011-06-15",
  };
  const signingRegion = about.region;
  const signed = signRequest(request, { credentials, signingRegion, signingService: "sts" });
  const response = await fetch(signed.url, { method: "POST", headers: signed.headers, body: signed.body });
  return [response.status, await response.text()];
}

module.exports = {
  async forgot_password() {
    expect(await begin("rita"), "RESET_PASSWORD");
    const { nextStep } = await auth.resetPassword({ username: "rita" });
    assert.equal(nextStep.codeDeliveryDetails.deliveryMedium, "EMAIL");
    const code = await inbox("rita");
    const confirm = (confirmationCode, newPassword) =>
      auth.confirmResetPassword({ username: "rita", confirmationCode, newPassword });
    await refused(confirm(wrong(code), NEW_PASSWORD), "CodeMismatchException");
    await refused(confirm(code, "short"), "InvalidPasswordException");
    await confirm(code, NEW_PASSWORD);
    return end(await begin("rita", {}, NEW_PASSWORD));
  },

  async change_password() {
    await end(await begin("ana"));
    const { password } = user("ana");
    const change = (oldPassword) => auth.updatePassword({ oldPassword, newPassword: NEW_PASSWORD });
    await refused(change("Wrong-Password-1!"), "NotAuthorizedException");
    await change(password);
    await auth.signOut();
    await refused(begin("ana"), "NotAuthorizedException");
    return end(await begin("ana", {}, NEW_PASSWORD));
  },

  async confirm_registration() {
    expect(await begin("uma"), "CONFIRM_SIGN_UP");
    await auth.resendSignUpCode({ username: "uma" });
    const code = await inbox("uma");
    const confirm = (confirmationCode) => auth.confirmSignUp({ username: "uma", confirmationCode });
    await refused(confirm(wrong(code)), "CodeMismatchException");
    await confirm(code);
    return end(await begin("uma"));
  },

  /** Ends the sessions of all machines. */
  async global_sign_out() {
    const [here, elsewhere] = [new Machine(), new Machine()];
    elsewhere.use();
    await end(await begin("ana"));
    here.use();
    const username = await end(await begin("ana"));
    await auth.signOut({ global: true });
    elsewhere.use();
    await refused(auth.fetchUserAttributes(), "NotAuthorizedException");
    // Amplify says by silence that nobody is signed in any more.
    assert.equal((await auth.fetchAuthSession({ forceRefresh: true })).tokens, undefined);
    return username;
  },

  /** Ends the session of this machine alone. */
  async sign_out() {
    const [here, elsewhere] = [new Machine(), new Machine()];
    elsewhere.use();
    await end(await begin("ana"));
    here.use();
    await end(await begin("ana"));
    const copy = new Machine();
    copy.kept = new Map(here.kept);
    await auth.signOut();
    copy.use();
    assert.equal((await auth.fetchAuthSession({ forceRefresh: true })).tokens, undefined);
    elsewhere.use();
    const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
    return claims(String(tokens.idToken))["cognito:username"];
  },

  async identity_pool() {
    const identityPool = { identityPoolId: about.identity_pool_id, identityPoolEndpoint: about.endpoint };
    configure("public", { ...identityPool, allowGuestAccess: false });
    const username = await end(await begin("ana"));
    const { credentials, identityId } = await auth.fetchAuthSession();
    assert.match(identityId, /^us-east-1:[0-9a-f-]{36}$/);
    const [status, caller] = await callerIdentity(credentials);
    assert.equal(status, 200, caller);
    assert.match(caller, /:assumed-role\/poolkey-sandbox-developers\/CognitoIdentityCredentials</);
    const changed = { ...credentials, secretAccessKey: `${credentials.secretAccessKey}x` };
    assert.equal((await callerIdentity(changed))[0], 403);
    const again = await auth.fetchAuthSession({ forceRefresh: true });
    assert.equal(again.identityId, identityId);
    assert.notEqual(again.credentials.accessKeyId, credentials.accessKeyId);
    return username;
  },
};
