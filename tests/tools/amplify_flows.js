// The sign-in flows of AWS Amplify at Poolkey's sandbox. Called as `sandbox.js` says.
//
// It knows no client secrets.
"use strict";

const assert = require("node:assert/strict");
const { about, claims, client, inbox, refused, run, totp, user, wrong } = require("./sandbox.js");
const { Machine, answer, auth, begin, configure, end, expect, sent } = require("./amplify.js");

const NEW_PASSWORD = "Quite-Another-99!";

async function srp(name) {
  await refused(begin(name, {}, "Wrong-Password-1!"), "NotAuthorizedException", "Incorrect username or password.");
  return end(await begin(name));
}

const choice = (preferredChallenge) => ({ authFlowType: "USER_AUTH", preferredChallenge });

const devices = () => configure("devices");

/** Where Amplify keeps a device of tom's. */
const DEVICE_KEYS = ["deviceKey", "deviceGroupKey", "randomPasswordKey"];
const kept = (name) => `CognitoIdentityServiceProvider.${client("devices")}.tom.${name}`;

run({
  ...require("./amplify_accounts.js"),

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

  /** A remembered device, for another client. */
  async device_made() {
    devices();
    const machine = new Machine();
    machine.use();
    expect(await begin("tom"), "CONFIRM_SIGN_IN_WITH_TOTP_CODE");
    const username = await end(await answer(totp(user("tom").totp_secret)));
    await auth.rememberDevice();
    const [key, group_key, password] = DEVICE_KEYS.map((name) => machine.kept.get(kept(name)));
    return { username, device: { key, group_key, password } };
  },

  /** A device that another client made: its secret is needed, and is enough. */
  async device_given() {
    devices();
    const withSecret = (password) => {
      const machine = new Machine();
      const values = [about.device.key, about.device.group_key, password];
      DEVICE_KEYS.forEach((name, number) => machine.kept.set(kept(name), values[number]));
      machine.use();
      return begin("tom");
    };
    await refused(withSecret("another"), "NotAuthorizedException");
    return end(await withSecret(about.device.password));
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
