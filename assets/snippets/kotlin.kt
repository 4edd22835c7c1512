// AWS credentials as the Poolkey profile {{profile}} gets them: AWS SDK for Kotlin.
{{#environment}}
// Run with {{environment}}
{{/environment}}
{{#password}}
// implementation("aws.sdk.kotlin:cognitoidentityprovider:1.+")
{{/password}}
{{#basic}}
// implementation("aws.sdk.kotlin:sts:1.+")
{{/basic}}
// implementation("aws.sdk.kotlin:cognitoidentity:1.+")
import aws.sdk.kotlin.runtime.auth.credentials.StaticCredentialsProvider
import aws.sdk.kotlin.services.cognitoidentity.CognitoIdentityClient
{{#enhanced}}
import aws.sdk.kotlin.services.cognitoidentity.getCredentialsForIdentity
{{/enhanced}}
{{#identity}}
import aws.sdk.kotlin.services.cognitoidentity.getId
{{/identity}}
{{#basic}}
import aws.sdk.kotlin.services.cognitoidentity.getOpenIdToken
import aws.sdk.kotlin.services.sts.StsClient
import aws.sdk.kotlin.services.sts.assumeRoleWithWebIdentity
{{/basic}}
{{#password}}
import aws.sdk.kotlin.services.cognitoidentityprovider.CognitoIdentityProviderClient
import aws.sdk.kotlin.services.cognitoidentityprovider.initiateAuth
import aws.sdk.kotlin.services.cognitoidentityprovider.model.AuthFlowType
{{/password}}
{{#client_secret}}
import java.util.Base64
import javax.crypto.Mac
import javax.crypto.spec.SecretKeySpec
{{/client_secret}}

suspend fun main() {
{{#password}}
    val username = System.getenv("COGNITO_USERNAME")
    val parameters = mutableMapOf(
        "USERNAME" to username,
        "PASSWORD" to System.getenv("COGNITO_PASSWORD"),
    )
{{#client_secret}}
    // The app client has a secret. It belongs on a server, never into an app.
    val secret = System.getenv("COGNITO_CLIENT_SECRET").toByteArray()
    val mac = Mac.getInstance("HmacSHA256").apply { init(SecretKeySpec(secret, "HmacSHA256")) }
    val hash = mac.doFinal((username + "{{client_id}}").toByteArray())
    parameters["SECRET_HASH"] = Base64.getEncoder().encodeToString(hash)
{{/client_secret}}
{{#srp}}
    // The app client must allow ALLOW_USER_PASSWORD_AUTH. Without it sign in by SRP: Amplify for Android.
{{/srp}}
    val signedIn = CognitoIdentityProviderClient { region = "{{user_pool_region}}" }.use {
        it.initiateAuth {
            clientId = "{{client_id}}"
            authFlow = AuthFlowType.UserPasswordAuth
            authParameters = parameters
        }
    }
    val idToken = checkNotNull(signedIn.authenticationResult?.idToken) {
        "Answer ${signedIn.challengeName} with respondToAuthChallenge"
    }
{{/password}}
{{#own_token}}
{{#browser}}
    // The ID token of a sign-in through managed login: authorization code with PKCE.
{{/browser}}
{{#custom}}
    // The ID token of a sign-in by CUSTOM_AUTH, whose challenges only you know.
{{/custom}}
    val idToken = System.getenv("COGNITO_ID_TOKEN")
{{/own_token}}
{{#logins}}
    val tokens = mapOf(
        "{{login_key}}" to {{login_token}},
    )
{{/logins}}
{{#guest}}
    val tokens: Map<String, String>? = null
{{/guest}}

    val identityPool = CognitoIdentityClient { region = "{{region}}" }
{{#identity}}
    val identity = identityPool.getId {
        identityPoolId = "{{identity_pool_id}}"
        logins = tokens
    }.identityId
{{/identity}}
{{#developer}}
    // Your backend calls GetOpenIdTokenForDeveloperIdentity and hands on identity ID and token.
    val identity = System.getenv("COGNITO_IDENTITY_ID")
{{/developer}}
{{#enhanced}}
    val vended = identityPool.getCredentialsForIdentity {
        identityId = identity
        logins = tokens
{{#role}}
        customRoleArn = "{{role_arn}}"
{{/role}}
    }.credentials!!
    val credentials = StaticCredentialsProvider {
        accessKeyId = vended.accessKeyId
        secretAccessKey = vended.secretKey
        sessionToken = vended.sessionToken
    }
{{/enhanced}}
{{#basic}}
    val openIdToken = identityPool.getOpenIdToken {
        identityId = identity
        logins = tokens
    }.token
    val vended = StsClient { region = "{{region}}" }.use {
        it.assumeRoleWithWebIdentity {
            roleArn = "{{role_arn}}"
            roleSessionName = "{{session_name}}"
            webIdentityToken = openIdToken
        }
    }.credentials!!
    val credentials = StaticCredentialsProvider {
        accessKeyId = vended.accessKeyId
        secretAccessKey = vended.secretAccessKey
        sessionToken = vended.sessionToken
    }
{{/basic}}

    // For any client: S3Client { region = "{{region}}"; credentialsProvider = credentials }
    println("${credentials.resolve().accessKeyId} ${vended.expiration}")
}
