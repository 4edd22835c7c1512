// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for JavaScript v3, Node.js.
{{#environment}}
// Run with {{environment}}
{{/environment}}
{{#password}}
// npm install @aws-sdk/client-cognito-identity-provider
{{/password}}
{{#basic}}
// npm install @aws-sdk/client-cognito-identity
{{/basic}}
// npm install @aws-sdk/credential-providers
{{#client_secret}}
import { createHmac } from "node:crypto";
{{/client_secret}}
{{#password}}
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from "@aws-sdk/client-cognito-identity-provider";
{{/password}}
{{#enhanced}}
{{#identity}}
import { fromCognitoIdentityPool } from "@aws-sdk/credential-providers";
{{/identity}}
{{#developer}}
import { fromCognitoIdentity } from "@aws-sdk/credential-providers";
{{/developer}}
{{/enhanced}}
{{#basic}}
import {
  CognitoIdentityClient,
{{#identity}}
  GetIdCommand,
{{/identity}}
  GetOpenIdTokenCommand,
} from "@aws-sdk/client-cognito-identity";
import { fromWebToken } from "@aws-sdk/credential-providers";
{{/basic}}

{{#password}}
const username = process.env.COGNITO_USERNAME;
{{#srp}}
// The app client must allow ALLOW_USER_PASSWORD_AUTH. Without it sign in by SRP: aws-amplify.
{{/srp}}
const userPool = new CognitoIdentityProviderClient({ region: "{{user_pool_region}}" });
const signedIn = await userPool.send(
  new InitiateAuthCommand({
    ClientId: "{{client_id}}",
    AuthFlow: "USER_PASSWORD_AUTH",
    AuthParameters: {
      USERNAME: username,
      PASSWORD: process.env.COGNITO_PASSWORD,
{{#client_secret}}
      // The app client has a secret. It belongs on a server, never into a page or an app.
      SECRET_HASH: createHmac("sha256", process.env.COGNITO_CLIENT_SECRET)
        .update(username + "{{client_id}}")
        .digest("base64"),
{{/client_secret}}
    },
  }),
);
if (!signedIn.AuthenticationResult) {
  throw new Error(`Answer ${signedIn.ChallengeName} with RespondToAuthChallenge`);
}
const idToken = signedIn.AuthenticationResult.IdToken;

{{/password}}
{{#own_token}}
{{#browser}}
// The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
// The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
const idToken = process.env.COGNITO_ID_TOKEN;

{{/own_token}}
{{#logins}}
const logins = {
  "{{login_key}}": {{login_token}},
};
{{/logins}}
{{#enhanced}}
{{#identity}}
const credentials = fromCognitoIdentityPool({
  identityPoolId: "{{identity_pool_id}}",
{{/identity}}
{{#developer}}
// Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
const credentials = fromCognitoIdentity({
  identityId: process.env.COGNITO_IDENTITY_ID,
{{/developer}}
{{#logins}}
  logins,
{{/logins}}
{{#role}}
  customRoleArn: "{{role_arn}}",
{{/role}}
  clientConfig: { region: "{{region}}" },
});
{{/enhanced}}
{{#basic}}
const identityPool = new CognitoIdentityClient({ region: "{{region}}" });
{{#identity}}
const { IdentityId } = await identityPool.send(
{{#logins}}
  new GetIdCommand({ IdentityPoolId: "{{identity_pool_id}}", Logins: logins }),
{{/logins}}
{{#guest}}
  new GetIdCommand({ IdentityPoolId: "{{identity_pool_id}}" }),
{{/guest}}
);
{{/identity}}
{{#developer}}
// Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
const IdentityId = process.env.COGNITO_IDENTITY_ID;
{{/developer}}
const { Token } = await identityPool.send(
{{#logins}}
  new GetOpenIdTokenCommand({ IdentityId, Logins: logins }),
{{/logins}}
{{#guest}}
  new GetOpenIdTokenCommand({ IdentityId }),
{{/guest}}
);
const credentials = fromWebToken({
  webIdentityToken: Token,
  roleArn: "{{role_arn}}",
  roleSessionName: "{{session_name}}",
  clientConfig: { region: "{{region}}" },
});
{{/basic}}

// For any client: new S3Client({ region: "{{region}}", credentials })
const { accessKeyId, expiration } = await credentials();
console.log(accessKeyId, expiration);
