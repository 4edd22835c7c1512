// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for .NET.
{{#environment}}
// Run with {{environment}}
{{/environment}}
{{#srp}}
// dotnet add package Amazon.Extensions.CognitoAuthentication
{{/srp}}
{{#user_password}}
// dotnet add package AWSSDK.CognitoIdentityProvider
{{/user_password}}
// dotnet add package AWSSDK.CognitoIdentity
// dotnet add package AWSSDK.SecurityToken
using Amazon;
using Amazon.CognitoIdentity;
{{#calls}}
using Amazon.CognitoIdentity.Model;
{{/calls}}
{{#password}}
using Amazon.CognitoIdentityProvider;
{{/password}}
{{#user_password}}
using Amazon.CognitoIdentityProvider.Model;
{{/user_password}}
{{#srp}}
using Amazon.Extensions.CognitoAuthentication;
{{/srp}}
using Amazon.Runtime;
{{#basic}}
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
{{/basic}}
{{#user_password}}
{{#client_secret}}
using System.Security.Cryptography;
using System.Text;
{{/client_secret}}
{{/user_password}}

var region = RegionEndpoint.GetBySystemName("{{region}}");
{{#password}}
var userPoolRegion = RegionEndpoint.GetBySystemName("{{user_pool_region}}");
var provider = new AmazonCognitoIdentityProviderClient(new AnonymousAWSCredentials(), userPoolRegion);
var username = Environment.GetEnvironmentVariable("COGNITO_USERNAME")!;
{{#client_secret}}
// The app client has a secret. It belongs on a server, never into an app.
var clientSecret = Environment.GetEnvironmentVariable("COGNITO_CLIENT_SECRET")!;
{{/client_secret}}
{{#srp}}
{{#no_client_secret}}
string? clientSecret = null;
{{/no_client_secret}}
var pool = new CognitoUserPool("{{user_pool_id}}", "{{client_id}}", provider, clientSecret);
var user = new CognitoUser(username, "{{client_id}}", pool, provider, clientSecret);
var signedIn = await user.StartWithSrpAuthAsync(new InitiateSrpAuthRequest
{
    Password = Environment.GetEnvironmentVariable("COGNITO_PASSWORD"),
});
{{/srp}}
{{#user_password}}
var parameters = new Dictionary<string, string>
{
    ["USERNAME"] = username,
    ["PASSWORD"] = Environment.GetEnvironmentVariable("COGNITO_PASSWORD")!,
};
{{#client_secret}}
var key = Encoding.UTF8.GetBytes(clientSecret);
var message = Encoding.UTF8.GetBytes(username + "{{client_id}}");
parameters["SECRET_HASH"] = Convert.ToBase64String(HMACSHA256.HashData(key, message));
{{/client_secret}}
var signedIn = await provider.InitiateAuthAsync(new InitiateAuthRequest
{
    ClientId = "{{client_id}}",
    AuthFlow = AuthFlowType.USER_PASSWORD_AUTH,
    AuthParameters = parameters,
});
{{/user_password}}
if (signedIn.AuthenticationResult is null)
{
    throw new InvalidOperationException($"Answer {signedIn.ChallengeName}");
}
var idToken = signedIn.AuthenticationResult.IdToken;
{{/password}}
{{#own_token}}
{{#browser}}
// The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
// The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
var idToken = Environment.GetEnvironmentVariable("COGNITO_ID_TOKEN")!;
{{/own_token}}
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
