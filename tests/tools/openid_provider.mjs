// An OpenID Connect provider (npm oidc-provider) for Poolkey's own client: prints its issuer, then
// serves until it is ended. Anybody may sign in; refresh tokens rotate.
//
//   node openid_provider.mjs FOLDER   where FOLDER/node_modules is

import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(join(resolve(process.argv[2]), "package.json"));
const { default: Provider } = await import(pathToFileURL(require.resolve("oidc-provider")));

const redirect_uris = ["http://localhost:8976/callback"];
const common = {
  application_type: "native",
  redirect_uris,
  grant_types: ["authorization_code", "refresh_token"],
};

/** A private key as the provider takes it. */
function key(kind, options, alg) {
  const { privateKey } = generateKeyPairSync(kind, options);
  return { ...privateKey.export({ format: "jwk" }), kid: alg, alg, use: "sig" };
}

const configuration = {
  clients: [
    { ...common, client_id: "public", token_endpoint_auth_method: "none" },
    {
      ...common,
      client_id: "basic",
      client_secret: "a secret with + / and :",
      token_endpoint_auth_method: "client_secret_basic",
      id_token_signed_response_alg: "ES256",
    },
  ],
  jwks: {
    keys: [
      key("rsa", { modulusLength: 2048 }, "RS256"),
      key("ec", { namedCurve: "P-256" }, "ES256"),
    ],
  },
  cookies: { keys: ["of this run alone"] },
  pkce: { required: () => true },
  issueRefreshToken: () => true,
  rotateRefreshToken: true,
};

const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration);
  server.on("request", provider.callback());
  console.log(JSON.stringify({ issuer }));
});
