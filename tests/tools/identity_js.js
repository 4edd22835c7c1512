// A user of amazon-cognito-identity-js, with promises instead of callbacks.
"use strict";

const assert = require("node:assert/strict");
const { about, client, library, user } = require("./sandbox.js");

const { AuthenticationDetails, CognitoUser, CognitoUserPool } = library("amazon-cognito-identity-js");

/** One user at one app client. Devices are remembered between two of them: in the library's memory. */
class Person {
  constructor(name, clientName = "public", typed = name) {
    this.name = name;
    this.password = user(name).password;
    const pool = { UserPoolId: about.user_pool_id, ClientId: client(clientName), endpoint: about.endpoint };
    this.user = new CognitoUser({ Username: typed, Pool: new CognitoUserPool(pool) });
    this.typed = typed;
  }

  /** Makes the library's callbacks a promise of [what it asks for, its parameters]. */
  next(call) {
    return new Promise((resolve, reject) => {
      const asked = (what) => (...parameters) => resolve([what, ...parameters]);
      call({
        onFailure: reject,
        onSuccess: asked("done"),
        mfaRequired: asked("sms"),
        totpRequired: asked("totp"),
        selectMFAType: asked("select"),
        mfaSetup: asked("setup"),
        newPasswordRequired: asked("new password"),
        customChallenge: asked("custom"),
        associateSecretCode: asked("secret"),
        inputVerificationCode: asked("code"),
      });
    });
  }

  /** Makes one of the library's (error, result) callbacks a promise. */
  done(call) {
    return new Promise((resolve, reject) => call((error, result) => (error ? reject(error) : resolve(result))));
  }

  begin(password = this.password) {
    const details = new AuthenticationDetails({ Username: this.typed, Password: password });
    return this.next((callbacks) => this.user.authenticateUser(details, callbacks));
  }

  code(code, type) {
    return this.next((callbacks) => this.user.sendMFACode(code, callbacks, type));
  }

  refresh(token = this.session.getRefreshToken()) {
    return this.done((callback) => this.user.refreshSession(token, callback));
  }

  /** Takes the end of a sign-in: the user whose tokens they are. The tokens are good for GetUser. */
  async end([what, session]) {
    assert.equal(what, "done");
    this.session = session;
    const username = session.getIdToken().decodePayload()["cognito:username"];
    assert.equal(session.getAccessToken().decodePayload().username, username);
    const seen = await this.done((callback) => this.user.getUserData(callback, { bypassCache: true }));
    assert.equal(seen.Username, username);
    return username;
  }

  /** The same, and the refresh token is worth something. */
  async endAndRefresh(step) {
    const username = await this.end(step);
    const renewed = await this.refresh();
    assert.notEqual(renewed.getAccessToken().getJwtToken(), this.session.getAccessToken().getJwtToken());
    assert.equal(renewed.getIdToken().decodePayload()["cognito:username"], username);
    return username;
  }
}

module.exports = { Person };
