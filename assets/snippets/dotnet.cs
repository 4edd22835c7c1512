// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for .NET.
{{#environment}}
// Run with {{environment}}
{{/environment}}
{{#password}}
// dotnet add package Amazon.Extensions.CognitoAuthentication
{{/password}}
// dotnet add package AWSSDK.CognitoIdentity
// dotnet add package AWSSDK.SecurityToken
using Amazon;
using Amazon.CognitoIdentity;
{{#calls}}
using Amazon.CognitoIdentity.Model;
{{/calls}}
{{#password}}
using Amazon.CognitoIdentityProvider;
using Amazon.Extensions.CognitoAuthentication;
{{/password}}
using Amazon.Runtime;
{{#basic}}
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
{{/basic}}

var region = RegionEndpoint.GetBySystemName("{{region}}");
{{#password}}
var userPoolRegion = RegionEndpoint.GetBySystemName("{{user_pool_region}}");
var provider = new AmazonCognitoIdentityProviderClient(new AnonymousAWSCredentials(), userPoolRegion);
{{#client_secret}}
// The app client has a secret. It belongs on a server, never into an app.
var clientSecret = Environment.GetEnvironmentVariable("COGNITO_CLIENT_SECRET");
{{/client_secret}}
{{#no_client_secret}}
string? clientSecret = null;
{{/no_client_secret}}
var pool = new CognitoUserPool("{{user_pool_id}}", "{{client_id}}", provider, clientSecret);
var username = Environment.GetEnvironmentVariable("COGNITO_USERNAME");
var user = new CognitoUser(username, "{{client_id}}", pool, provider, clientSecret);
var signedIn = await user.StartWithSrpAuthAsync(new InitiateSrpAuthRequest
{
    Password = Environment.GetEnvironmentVariable("COGNITO_PASSWORD"),
});
if (signedIn.AuthenticationResult is null)
{
    throw new InvalidOperationException($"Answer {signedIn.ChallengeName}");
}
var idToken = signedIn.AuthenticationResult.IdToken;
{{/password}}
{{#browser}}
// The ID token of a sign-in through managed login: authorization code with PKCE.
var idToken = Environment.GetEnvironmentVariable("COGNITO_ID_TOKEN")!;
{{/browser}}
{{#resolver}}
var credentials = new CognitoAWSCredentials("{{identity_pool_id}}", region);
{{#logins}}
credentials.AddLogin("{{login_key}}", {{login_token}});
{{/logins}}
{{/resolver}}
{{#calls}}
{{#logins}}
var logins = new Dictionary<string, string>
{
    ["{{login_key}}"] = {{login_token}},
};
{{/logins}}
var identityPool = new AmazonCognitoIdentityClient(new AnonymousAWSCredentials(), region);
{{#identity}}
var identity = await identityPool.GetIdAsync(new GetIdRequest
{
    IdentityPoolId = "{{identity_pool_id}}",
{{#logins}}
    Logins = logins,
{{/logins}}
});
var identityId = identity.IdentityId;
{{/identity}}
{{#developer}}
// Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
var identityId = Environment.GetEnvironmentVariable("COGNITO_IDENTITY_ID")!;
{{/developer}}
{{#enhanced}}
var answer = await identityPool.GetCredentialsForIdentityAsync(new GetCredentialsForIdentityRequest
{
    IdentityId = identityId,
{{#logins}}
    Logins = logins,
{{/logins}}
{{#role}}
    CustomRoleArn = "{{role_arn}}",
{{/role}}
});
var vended = answer.Credentials;
var credentials = new SessionAWSCredentials(vended.AccessKeyId, vended.SecretKey, vended.SessionToken);
{{/enhanced}}
{{#basic}}
var token = await identityPool.GetOpenIdTokenAsync(new GetOpenIdTokenRequest
{
    IdentityId = identityId,
{{#logins}}
    Logins = logins,
{{/logins}}
});
var sts = new AmazonSecurityTokenServiceClient(new AnonymousAWSCredentials(), region);
var answer = await sts.AssumeRoleWithWebIdentityAsync(new AssumeRoleWithWebIdentityRequest
{
    RoleArn = "{{role_arn}}",
    RoleSessionName = "{{session_name}}",
    WebIdentityToken = token.Token,
});
var vended = answer.Credentials;
var credentials = new SessionAWSCredentials(vended.AccessKeyId, vended.SecretAccessKey, vended.SessionToken);
{{/basic}}
{{/calls}}

// For any client: new AmazonS3Client(credentials, region)
Console.WriteLine((await credentials.GetCredentialsAsync()).AccessKey);
