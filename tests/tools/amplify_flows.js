// The sign-in flows of AWS Amplify at Poolkey's sandbox. Called as `sandbox.js` says.
//
// It knows no client secrets.
"use strict";

const assert = require("node:assert/strict");
const { about, claims, client, inbox, library, refused, run, totp, user, wrong } = require("./sandbox.js");

// Amplify names a device after the browser, and confirms none without a name.
globalThis.navigator ??= { userAgent: "Node", platform: "Node" };

const { Amplify } = library("aws-amplify");
const auth = library("aws-amplify/auth");
const { cognitoUserPoolsTokenProvider } = library("aws-amplify/auth/cognito");
const { signRequest } = library("@aws-amplify/core/internals/aws-client-utils");

const NEW_PASSWORD = "Quite-Another-99!";

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

async function srp(name) {
  await refused(begin(name, {}, "Wrong-Password-1!"), "NotAuthorizedException", "Incorrect username or password.");
  return end(await begin(name));
}

const choice = (preferredChallenge) => ({ authFlowType: "USER_AUTH", preferredChallenge });

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

const devices = () => configure("devices");

configure();
new Machine().use();

run({
  srp: () => srp("ana"),
  alias: () => srp("ana@example.com"),

  async password() {
    const options = { authFlowType: "USER_PASSWORD_AUTH" };
    await refused(begin("ana", options, "Wrong-Password-1!"), "NotAuthorizedException");
    return end(await begin("ana", options));
  },

  /** A new refresh token with each refresh; `end` refreshes too. */
  async rotating() {
    configure("rotating");
    const machine = new Machine();
    machine.use();
    await end(await begin("ana"));
    const kept = () => [...machine.kept].find(([key]) => key.endsWith(".refreshToken"))[1];
    const first = kept();
    const { tokens } = await auth.fetchAuthSession({ forceRefresh: true });
    assert.notEqual(kept(), first);
    return claims(String(tokens.idToken))["cognito:username"];
  },

  async totp() {
    expect(await begin("tom"), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    const code = totp(user("tom").totp_secret);
    await refused(answer(wrong(code)), "CodeMismatchException");
    return end(await answer(code));
  },

  async sms() {
    const { codeDeliveryDetails } = expect(await begin("sam"), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
    assert.match(codeDeliveryDetails.destination, /^\+\*+\d{4}$/);
    return end(await sent("sam"));
  },

  async email() {
    const { codeDeliveryDetails } = expect(await begin("emma"), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    assert.equal(codeDeliveryDetails.deliveryMedium, "EMAIL");
    return end(await sent("emma"));
  },

  async select_mfa() {
    for (const [way, next] of [["SMS", "SMS_CODE"], ["EMAIL", "EMAIL_CODE"], ["TOTP", "TOTP_CODE"]]) {
      const { allowedMFATypes } = expect(await begin("cleo"), "CONTINUE_SIGN_IN_WITH_MFA_SELECTION");
      assert.deepEqual([...allowedMFATypes].sort(), ["EMAIL", "SMS", "TOTP"]);
      expect(await answer(way), `CONFIRM_SIGN_IN_WITH_${next}`);
      const code = way === "TOTP" ? totp(user("cleo").totp_secret) : await inbox("cleo");
      await end(await answer(code));
      await auth.signOut();
    }
    return "cleo";
  },

  async new_password() {
    const required = "CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED";
    const { missingAttributes } = expect(await begin("nina"), required);
    assert.deepEqual(missingAttributes, ["given_name"]);
    const options = { userAttributes: { given_name: "Nina" } };
    await refused(answer("short", options), "InvalidPasswordException");
    await refused(answer(NEW_PASSWORD), "InvalidParameterException", "given_name");
    await end(await answer(NEW_PASSWORD, options));
    await auth.signOut();
    await refused(begin("nina"), "NotAuthorizedException");
    return end(await begin("nina", {}, NEW_PASSWORD));
  },

  async mfa_setup() {
    const step = expect(await begin("mia"), "CONTINUE_SIGN_IN_WITH_TOTP_SETUP");
    const secret = step.totpSetupDetails.sharedSecret;
    await refused(answer(wrong(totp(secret))), "EnableSoftwareTokenMFAException");
    await end(await answer(totp(secret)));
    await auth.signOut();
    expect(await begin("mia"), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    return "mia";
  },

  /** Enrolled after the sign-in instead of during it. */
  async totp_preference() {
    await end(await begin("ana"));
    const { sharedSecret } = await auth.setUpTOTP();
    await refused(auth.verifyTOTPSetup({ code: wrong(totp(sharedSecret)) }), "EnableSoftwareTokenMFAException");
    await auth.verifyTOTPSetup({ code: totp(sharedSecret) });
    await auth.updateMFAPreference({ totp: "PREFERRED" });
    assert.deepEqual(await auth.fetchMFAPreference(), { enabled: ["TOTP"], preferred: "TOTP" });
    await auth.signOut();
    expect(await begin("ana"), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    return "ana";
  },

  async choice_password_srp() {
    await refused(begin("ana", choice("PASSWORD_SRP"), "Wrong-Password-1!"), "NotAuthorizedException");
    return end(await begin("ana", choice("PASSWORD_SRP")));
  },

  async choice_password() {
    await refused(begin("ana", choice("PASSWORD"), "Wrong-Password-1!"), "NotAuthorizedException");
    return end(await begin("ana", choice("PASSWORD")));
  },

  async choice_email() {
    expect(await begin("ana", choice("EMAIL_OTP")), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    return end(await sent("ana"));
  },

  async choice_sms() {
    expect(await begin("otto", choice("SMS_OTP")), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
    return end(await sent("otto"));
  },

  /** Without a preference: what there is, and each way from there. */
  async select_challenge() {
    const select = "CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION";
    const start = async () => {
      const { nextStep } = await auth.signIn({ username: "ana", options: { authFlowType: "USER_AUTH" } });
      return expect(nextStep, select);
    };
    const { availableChallenges } = await start();
    assert.deepEqual([...availableChallenges].sort(), ["EMAIL_OTP", "PASSWORD", "PASSWORD_SRP"]);
    for (const way of ["PASSWORD", "PASSWORD_SRP"]) {
      await start();
      expect(await answer(way), "CONFIRM_SIGN_IN_WITH_PASSWORD");
      await end(await answer(user("ana").password));
      await auth.signOut();
    }
    await start();
    expect(await answer("EMAIL_OTP"), "CONFIRM_SIGN_IN_WITH_EMAIL_CODE");
    return end(await sent("ana"));
  },

  /** A password by choice does not skip the second factor. */
  async choice_then_totp() {
    expect(await begin("tom", choice("PASSWORD_SRP")), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    return end(await answer(totp(user("tom").totp_secret)));
  },

  async custom() {
    const options = { authFlowType: "CUSTOM_WITHOUT_SRP" };
    const { nextStep } = await auth.signIn({ username: "ana", options });
    return custom(nextStep);
  },

  async custom_srp() {
    const options = { authFlowType: "CUSTOM_WITH_SRP" };
    await refused(begin("ana", options, "Wrong-Password-1!"), "NotAuthorizedException");
    return custom(await begin("ana", options));
  },

  /** The device stands for the code once it is remembered, and no longer when it is forgotten. */
  async device() {
    devices();
    const code = "CONFIRM_SIGN_IN_WITH_SMS_CODE";
    expect(await begin("sam"), code);
    await end(await sent("sam"));
    await auth.rememberDevice();
    await auth.signOut();

    const username = await end(await begin("sam"));
    const known = await auth.fetchDevices();
    assert.equal(known.length, 1);
    await auth.forgetDevice();
    await auth.signOut();
    expect(await begin("sam"), code);
    return username;
  },

  /** A machine that the pool has not seen is asked, whatever another one is remembered as. */
  async other_device() {
    devices();
    expect(await begin("sam"), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
    await end(await sent("sam"));
    await auth.rememberDevice();
    await auth.signOut();
    new Machine().use();
    expect(await begin("sam"), "CONFIRM_SIGN_IN_WITH_SMS_CODE");
    return end(await sent("sam"));
  },

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
});

/** The sandbox's two questions, the second after a wrong answer. */
async function custom(step) {
  const name = "CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE";
  expect(step, name);
  const { additionalInfo } = expect(await answer("42"), name);
  assert.equal(expect(await answer("foe"), name).additionalInfo.question, additionalInfo.question);
  return end(await answer("mellon"));
}
