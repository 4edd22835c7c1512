// The sign-in flows of amazon-cognito-identity-js at Poolkey's sandbox. Called as `sandbox.js` says.
//
// It knows no client secrets, no e-mail codes, no USER_AUTH and no rotating refresh tokens.
"use strict";

const assert = require("node:assert/strict");
const { about, inbox, library, refused, run, totp, user, wrong } = require("./sandbox.js");
const { Person } = require("./identity_js.js");

const { AuthenticationDetails, CognitoRefreshToken } = library("amazon-cognito-identity-js");

const NEW_PASSWORD = "Quite-Another-99!";

/** A name or an alias, after a password that is wrong. */
async function srp(typed) {
  const ana = new Person("ana", "public", typed);
  await refused(ana.begin("Wrong-Password-1!"), "NotAuthorizedException", "Incorrect username or password.");
  const again = new Person("ana", "public", typed);
  return again.endAndRefresh(await again.begin());
}

/** Asked for a code that was sent: a wrong one, then the right one. */
async function sms(person) {
  const [what, name, parameters] = await person.begin();
  assert.deepEqual([what, name], ["sms", "SMS_MFA"]);
  assert.match(parameters.CODE_DELIVERY_DESTINATION, /^\+\*+\d{4}$/);
  const code = await inbox(person.name);
  await refused(person.code(wrong(code)), "CodeMismatchException");
  return person.code(code);
}

run({
  srp: () => srp("ana"),
  alias: () => srp("ana@example.com"),

  async password() {
    const ana = new Person("ana");
    ana.user.setAuthenticationFlowType("USER_PASSWORD_AUTH");
    await refused(ana.begin("Wrong-Password-1!"), "NotAuthorizedException");
    return ana.endAndRefresh(await ana.begin());
  },

  async totp() {
    const tom = new Person("tom");
    assert.equal((await tom.begin())[0], "totp");
    const code = totp(user("tom").totp_secret);
    await refused(tom.code(wrong(code), "SOFTWARE_TOKEN_MFA"), "CodeMismatchException");
    return tom.endAndRefresh(await tom.code(code, "SOFTWARE_TOKEN_MFA"));
  },

  async sms() {
    const sam = new Person("sam");
    return sam.endAndRefresh(await sms(sam));
  },

  /** Each of the ways that this library can go on from the choice. */
  async select_mfa() {
    const chosen = async (answer) => {
      const cleo = new Person("cleo");
      const [what, , parameters] = await cleo.begin();
      assert.equal(what, "select");
      assert.ok(JSON.parse(parameters.MFAS_CAN_CHOOSE).includes(answer));
      const choose = (way) => cleo.next((callbacks) => cleo.user.sendMFASelectionAnswer(way, callbacks));
      await refused(choose("NONSENSE"), "InvalidParameterException");
      return [cleo, await choose(answer)];
    };
    const [first, asked] = await chosen("SMS_MFA");
    assert.equal(asked[0], "sms");
    await first.end(await first.code(await inbox("cleo")));
    const [second, askedAgain] = await chosen("SOFTWARE_TOKEN_MFA");
    assert.equal(askedAgain[0], "totp");
    return second.end(await second.code(totp(user("cleo").totp_secret), "SOFTWARE_TOKEN_MFA"));
  },

  async new_password() {
    const nina = new Person("nina");
    const [what, attributes, missing] = await nina.begin();
    assert.equal(what, "new password");
    assert.deepEqual(missing, ["given_name"]);
    assert.equal(attributes.email, "nina@example.com");
    const complete = (password, given) =>
      nina.next((callbacks) => nina.user.completeNewPasswordChallenge(password, given, callbacks));
    await refused(complete("short", { given_name: "Nina" }), "InvalidPasswordException");
    await refused(complete(NEW_PASSWORD, {}), "InvalidParameterException", "given_name");
    const email = { given_name: "Nina", email: attributes.email };
    await refused(complete(NEW_PASSWORD, email), "NotAuthorizedException", "already provided email");
    await nina.end(await complete(NEW_PASSWORD, { given_name: "Nina" }));
    await refused(new Person("nina").begin(), "NotAuthorizedException");
    const again = new Person("nina");
    return again.end(await again.begin(NEW_PASSWORD));
  },

  /** Three calls with a session each; afterwards the app is asked for. */
  async mfa_setup() {
    const mia = new Person("mia");
    const [what, , parameters] = await mia.begin();
    assert.equal(what, "setup");
    assert.deepEqual(JSON.parse(parameters.MFAS_CAN_SETUP), ["SOFTWARE_TOKEN_MFA"]);
    const associate = () => mia.next((callbacks) => mia.user.associateSoftwareToken(callbacks));
    const [, secret] = await associate();
    const verify = (code) => mia.next((callbacks) => mia.user.verifySoftwareToken(code, "phone", callbacks));
    await refused(verify(wrong(totp(secret))), "EnableSoftwareTokenMFAException");
    await mia.end(await verify(totp(secret)));
    assert.equal((await new Person("mia").begin())[0], "totp");
    return "mia";
  },

  /** The device stands for the code once it is remembered, and no longer when it is forgotten. */
  async device() {
    const sam = new Person("sam", "devices");
    const step = await sms(sam);
    assert.equal(step[2], true, "UserConfirmationNecessary");
    await sam.endAndRefresh(step);
    const unknown = new Person("sam", "devices");
    assert.equal((await unknown.begin())[0], "sms", "a device that is not remembered stands for nothing");
    await sam.next((callbacks) => sam.user.setDeviceStatusRemembered(callbacks));

    const again = new Person("sam", "devices");
    const username = await again.endAndRefresh(await again.begin());
    const listed = await again.next((callbacks) => again.user.listDevices(10, null, callbacks));
    assert.equal(listed[1].Devices.length, 1);
    await again.next((callbacks) => again.user.forgetDevice(callbacks));
    const later = new Person("sam", "devices");
    assert.equal((await later.begin())[0], "sms");
    return username;
  },

  /** The password that only this device knows is checked: a changed one is refused. */
  async device_password() {
    const sam = new Person("sam", "devices");
    await sam.end(await sms(sam));
    await sam.next((callbacks) => sam.user.setDeviceStatusRemembered(callbacks));
    sam.user.randomPassword = "another";
    sam.user.cacheDeviceKeyAndPassword();
    await refused(new Person("sam", "devices").begin(), "NotAuthorizedException");
    return "sam";
  },

  async custom() {
    const ana = new Person("ana");
    ana.user.setAuthenticationFlowType("CUSTOM_AUTH");
    const details = new AuthenticationDetails({ Username: "ana" });
    const step = await ana.next((callbacks) => ana.user.initiateAuth(details, callbacks));
    assert.equal(step[0], "custom");
    return answers(ana);
  },

  async custom_srp() {
    const wrongPassword = new Person("ana");
    wrongPassword.user.setAuthenticationFlowType("CUSTOM_AUTH");
    await refused(wrongPassword.begin("Wrong-Password-1!"), "NotAuthorizedException");
    const ana = new Person("ana");
    ana.user.setAuthenticationFlowType("CUSTOM_AUTH");
    assert.equal((await ana.begin())[0], "custom");
    return answers(ana);
  },

  async forgot_password() {
    const rita = new Person("rita");
    await refused(rita.begin(), "PasswordResetRequiredException");
    const [what, sent] = await rita.next((callbacks) => rita.user.forgotPassword(callbacks));
    assert.equal(what, "code");
    assert.equal(sent.CodeDeliveryDetails.DeliveryMedium, "EMAIL");
    const code = await inbox("rita");
    const confirm = (code, password) =>
      rita.next((callbacks) => rita.user.confirmPassword(code, password, callbacks));
    await refused(confirm(wrong(code), NEW_PASSWORD), "CodeMismatchException");
    await refused(confirm(code, "short"), "InvalidPasswordException");
    await confirm(code, NEW_PASSWORD);
    await refused(new Person("rita").begin(), "NotAuthorizedException");
    const again = new Person("rita");
    return again.end(await again.begin(NEW_PASSWORD));
  },

  async change_password() {
    const ana = new Person("ana");
    await ana.end(await ana.begin());
    const change = (from, to) => ana.done((callback) => ana.user.changePassword(from, to, callback));
    await refused(change("Wrong-Password-1!", NEW_PASSWORD), "NotAuthorizedException");
    await refused(change(ana.password, "short"), "InvalidPasswordException");
    await change(ana.password, NEW_PASSWORD);
    await refused(new Person("ana").begin(), "NotAuthorizedException");
    const again = new Person("ana");
    return again.end(await again.begin(NEW_PASSWORD));
  },

  async confirm_registration() {
    const uma = new Person("uma");
    await refused(uma.begin(), "UserNotConfirmedException");
    await uma.done((callback) => uma.user.resendConfirmationCode(callback));
    const confirm = (code) => uma.done((callback) => uma.user.confirmRegistration(code, true, callback));
    const code = await inbox("uma");
    await refused(confirm(wrong(code)), "CodeMismatchException");
    await confirm(code);
    return uma.endAndRefresh(await uma.begin());
  },

  /** Ends this session and one of another machine. */
  async global_sign_out() {
    const [ana, elsewhere] = [new Person("ana"), new Person("ana")];
    await elsewhere.end(await elsewhere.begin());
    const username = await ana.end(await ana.begin());
    await ana.next((callbacks) => ana.user.globalSignOut(callbacks));
    await refused(elsewhere.refresh(), "NotAuthorizedException", "Refresh Token has been revoked");
    const { user: there } = elsewhere;
    const attributes = elsewhere.done((callback) => there.getUserAttributes(callback));
    await refused(attributes, "NotAuthorizedException");
    return username;
  },

  /** Signing out on this machine revokes this refresh token alone. */
  async sign_out() {
    const [ana, elsewhere] = [new Person("ana"), new Person("ana")];
    await elsewhere.end(await elsewhere.begin());
    await ana.end(await ana.begin());
    const token = new CognitoRefreshToken({ RefreshToken: ana.session.getRefreshToken().getToken() });
    await new Promise((resolve) => ana.user.signOut(resolve));
    await refused(new Person("ana").refresh(token), "NotAuthorizedException");
    await elsewhere.refresh();
    return "ana";
  },

  /** A remembered device, for another client. */
  async device_made() {
    const tom = new Person("tom", "devices");
    assert.equal((await tom.begin())[0], "totp");
    const username = await tom.end(await tom.code(totp(user("tom").totp_secret), "SOFTWARE_TOKEN_MFA"));
    await tom.next((callbacks) => tom.user.setDeviceStatusRemembered(callbacks));
    const { deviceKey, deviceGroupKey, randomPassword } = tom.user;
    return { username, device: { key: deviceKey, group_key: deviceGroupKey, password: randomPassword } };
  },

  /** A device that another client made: its secret is needed, and is enough. */
  async device_given() {
    const { key, group_key, password } = about.device;
    const withSecret = (secret) => {
      const tom = new Person("tom", "devices");
      Object.assign(tom.user, { deviceKey: key, deviceGroupKey: group_key, randomPassword: secret });
      tom.user.cacheDeviceKeyAndPassword();
      return tom;
    };
    await refused(withSecret("another").begin(), "NotAuthorizedException");
    const tom = withSecret(password);
    return tom.endAndRefresh(await tom.begin());
  },
});

/** The sandbox's two questions, the second after a wrong answer. */
async function answers(person) {
  const answer = (text) => person.next((callbacks) => person.user.sendCustomChallengeAnswer(text, callbacks));
  const [what, parameters] = await answer("42");
  assert.equal(what, "custom");
  assert.equal((await answer("foe"))[1].question, parameters.question);
  return person.endAndRefresh(await answer("mellon"));
}
