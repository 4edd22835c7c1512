// When the AWS SDK for JavaScript asks a credential process again: see refresh_windows.py.
//
// Called as: node refresh_windows.js MODULES SECONDS…; prints {"SECONDS": starts, …}.
"use strict";

const fs = require("node:fs");
const { createRequire } = require("node:module");
const os = require("node:os");
const path = require("node:path");
const { Readable } = require("node:stream");

const [modules, ...all] = process.argv.slice(2);
const library = createRequire(path.resolve(modules, "..", "package.json"));
const { fromProcess } = library("@aws-sdk/credential-providers");
const { CognitoIdentityClient, ListIdentityPoolsCommand } = library("@aws-sdk/client-cognito-identity");

const REQUESTS = 10;

/** What a credential process says. */
function answer(left) {
  const end = new Date(Date.now() + left * 1000).toISOString();
  const keys = { AccessKeyId: "ASIAEXAMPLE", SecretAccessKey: "secret", SessionToken: "token" };
  return JSON.stringify({ Version: 1, ...keys, Expiration: end });
}

/** In place of the service. */
const requestHandler = {
  handle: async () => ({ response: { statusCode: 200, headers: {}, body: Readable.from(["{}"]) } }),
};

/** How often the process is started for the requests of one client. */
async function starts(left) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "refresh-windows-"));
  const [said, counted, config] = ["answer", "counted", "config"].map((name) => path.join(folder, name));
  fs.writeFileSync(said, answer(left));
  fs.writeFileSync(config, `[default]\ncredential_process = sh -c 'echo >> ${counted}; cat ${said}'\n`);
  const files = { configFilepath: config, filepath: path.join(folder, "none"), ignoreCache: true };
  const client = new CognitoIdentityClient({
    credentials: fromProcess({ ...files, profile: "default" }),
    region: "us-east-1",
    requestHandler,
  });
  for (let request = 0; request < REQUESTS; request += 1) {
    await client.send(new ListIdentityPoolsCommand({ MaxResults: 1 }));
  }
  const lines = fs.readFileSync(counted, "utf8").length;
  fs.rmSync(folder, { recursive: true });
  return lines;
}

async function main() {
  const found = {};
  for (const left of all) found[left] = await starts(Number(left));
  console.log(JSON.stringify(found));
}

main().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
