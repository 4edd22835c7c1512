// Asks STS who it is, as a program of the AWS SDK for JavaScript does: credentials and region come
// from the environment and the AWS files by the SDK's own chain.
//
// Called as: node caller_identity.js MODULES. Prints {"account": …, "arn": …, "access_key_id": …,
// "region": …}. The request is written out here: the SDK's STS client is not installed.
"use strict";

const crypto = require("node:crypto");
const { createRequire } = require("node:module");
const path = require("node:path");

const library = createRequire(path.resolve(process.argv[2], "..", "package.json"));
const { fromNodeProviderChain } = library("@aws-sdk/credential-providers");
const { NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } = library("@smithy/config-resolver");
const { loadConfig } = library("@smithy/node-config-provider");
const { SignatureV4 } = library("@smithy/signature-v4");

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

async function main() {
  const endpoint = process.env.AWS_ENDPOINT_URL_STS;
  const region = await loadConfig(NODE_REGION_CONFIG_OPTIONS, NODE_REGION_CONFIG_FILE_OPTIONS)();
  const credentials = await fromNodeProviderChain()();
  const signer = new SignatureV4({ credentials, region, service: "sts", sha256: Sha256 });
  const { hostname, host, port } = new URL(endpoint);
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const headers = { host, "content-type": "application/x-www-form-urlencoded" };
  const place = { protocol: "http:", hostname, port: Number(port), path: "/", query: {} };
  const signed = await signer.sign({ ...place, method: "POST", headers, body });
  const answer = await fetch(endpoint, { method: "POST", headers: signed.headers, body });
  const text = await answer.text();
  const told = (name) => text.match(new RegExp(`<${name}>(.*)</${name}>`))[1];
  if (!answer.ok) {
    throw new Error(text);
  }
  const { accessKeyId } = credentials;
  console.log(JSON.stringify({ account: told("Account"), arn: told("Arn"), access_key_id: accessKeyId, region }));
}

main().catch((error) => {
  console.error(error.stack);
  process.exit(1);
});
