// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for Swift.
{{#environment}}
// Run with {{environment}}
{{/environment}}
// Package.swift: https://github.com/awslabs/aws-sdk-swift
import AWSCognitoIdentity
{{#password}}
import AWSCognitoIdentityProvider
{{/password}}
import AWSSDKIdentity
{{#basic}}
import AWSSTS
{{/basic}}
{{#client_secret}}
import Crypto
{{/client_secret}}
{{#variables}}
import Foundation
{{/variables}}
import SmithyIdentity

{{#variables}}
let environment = ProcessInfo.processInfo.environment
{{/variables}}
{{#password}}
let username = environment["COGNITO_USERNAME"]!
var parameters = ["USERNAME": username, "PASSWORD": environment["COGNITO_PASSWORD"]!]
{{#client_secret}}
// The app client has a secret. It belongs on a server, never into an app.
let key = SymmetricKey(data: Data(environment["COGNITO_CLIENT_SECRET"]!.utf8))
let message = Data((username + "{{client_id}}").utf8)
let hash = HMAC<SHA256>.authenticationCode(for: message, using: key)
parameters["SECRET_HASH"] = Data(hash).base64EncodedString()
{{/client_secret}}
{{#srp}}
// The app client must allow ALLOW_USER_PASSWORD_AUTH. Without it sign in by SRP: Amplify for Swift.
{{/srp}}
let userPool = try CognitoIdentityProviderClient(region: "{{user_pool_region}}")
let signedIn = try await userPool.initiateAuth(
    input: InitiateAuthInput(
        authFlow: .userPasswordAuth,
        authParameters: parameters,
        clientId: "{{client_id}}"
    )
)
guard let idToken = signedIn.authenticationResult?.idToken else {
    fatalError("Answer the challenge with respondToAuthChallenge")
}
{{/password}}
{{#own_token}}
{{#browser}}
// The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
// The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
let idToken = environment["COGNITO_ID_TOKEN"]!
{{/own_token}}
{{#logins}}
let logins = [
    "{{login_key}}": {{login_token}},
]
{{/logins}}
{{#guest}}
let logins: [String: String]? = nil
{{/guest}}

{{#resolver}}
let resolver = try CognitoAWSCredentialIdentityResolver(
    identityPoolId: "{{identity_pool_id}}",
    identityPoolRegion: "{{region}}"
)
{{#logins}}
await resolver.updateLogins(logins)
{{/logins}}
{{/resolver}}
{{#calls}}
let identityPool = try CognitoIdentityClient(region: "{{region}}")
{{#identity}}
let identityId = try await identityPool.getId(
    input: GetIdInput(identityPoolId: "{{identity_pool_id}}", logins: logins)
).identityId!
{{/identity}}
{{#developer}}
// Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
let identityId = environment["COGNITO_IDENTITY_ID"]!
{{/developer}}
{{#enhanced}}
let vended = try await identityPool.getCredentialsForIdentity(
    input: GetCredentialsForIdentityInput(
{{#role}}
        customRoleArn: "{{role_arn}}",
{{/role}}
        identityId: identityId,
        logins: logins
    )
).credentials!
let resolver = StaticAWSCredentialIdentityResolver(
    AWSCredentialIdentity(
        accessKey: vended.accessKeyId!,
        secret: vended.secretKey!,
        expiration: vended.expiration,
        sessionToken: vended.sessionToken
    )
)
{{/enhanced}}
{{#basic}}
let token = try await identityPool.getOpenIdToken(
    input: GetOpenIdTokenInput(identityId: identityId, logins: logins)
).token!
let vended = try await STSClient(region: "{{region}}").assumeRoleWithWebIdentity(
    input: AssumeRoleWithWebIdentityInput(
        roleArn: "{{role_arn}}",
        roleSessionName: "{{session_name}}",
        webIdentityToken: token
    )
).credentials!
let resolver = StaticAWSCredentialIdentityResolver(
    AWSCredentialIdentity(
        accessKey: vended.accessKeyId!,
        secret: vended.secretAccessKey!,
        expiration: vended.expiration,
        sessionToken: vended.sessionToken
    )
)
{{/basic}}
{{/calls}}

// For any client: S3Client.S3ClientConfiguration(awsCredentialIdentityResolver: resolver, region: "{{region}}")
let credentials = try await resolver.getIdentity(identityProperties: nil)
print(credentials.accessKey, credentials.expiration as Any)
