//! One person, one identity: what another client's login is at the sandbox, Poolkey's is too. And a
//! sandbox whose settings no command line changes.

use poolkey::sandbox::{Ambiguous, RoleMapping, Sandbox as Cognito, Settings};
use serde_json::Value;

use super::env::TestEnv;
use super::reference_clients::Client;
use super::servers::{Sandbox, str_of};

/// The client says whose identity each login is, and Poolkey gets the same ones for these logins.
pub fn same(client: Client) {
    let env = TestEnv::with_file_store();
    let sandbox = Sandbox::start(&env);
    let about = &sandbox.about;
    let said = client.run(&env, about, "identities");
    for (index, known) in said["logins"].as_array().unwrap().iter().enumerate() {
        let (provider, token) = known["login"].as_object().unwrap().iter().next().unwrap();
        let file = env.path(&format!("token{index}"));
        std::fs::write(&file, token.as_str().unwrap()).unwrap();
        let login = format!("provider --login {provider}=file:{}", file.display());
        let name = format!("login{index}");
        let seen = identity(&env, about, &name, &login);
        assert_eq!(seen["identity_id"], known["identity_id"], "{provider}");
        assert_eq!(seen["logins"][0], provider.as_str());
    }
    // The person's own sign-in, without anybody else's token.
    let ana = &said["logins"][0];
    assert_eq!(ana["person"], "ana");
    let client_id = str_of(&about["clients"][0], "client_id");
    let user_pool = str_of(about, "user_pool_id");
    let options = format!("srp --user-pool-id {user_pool} --client-id {client_id} --username ana");
    let seen = identity(&env, about, "ana", &options);
    assert_eq!(seen["identity_id"], ana["identity_id"]);

    let developer = &about["developer"];
    let keys = format!(
        "[backend]\naws_access_key_id = {}\naws_secret_access_key = {}\n",
        str_of(developer, "access_key_id"),
        str_of(developer, "secret_access_key"),
    );
    std::fs::create_dir(env.path("aws")).unwrap();
    std::fs::write(env.path("aws/credentials"), keys).unwrap();
    let options = format!(
        "developer --developer-aws-profile backend --developer-provider {} --developer-user dora",
        str_of(developer, "provider_name")
    );
    let seen = identity(&env, about, "dora", &options);
    assert_eq!(seen["identity_id"], said["developer"]);
}

/// Signs in to a new profile of the pool that takes every login; what Poolkey says of the identity.
fn identity(env: &TestEnv, about: &Value, name: &str, sign_in: &str) -> Value {
    let add = format!(
        "profile add {name} --identity-pool-id {} --endpoint-url {} --sign-in {sign_in}",
        str_of(&about["identity_pools"][1], "identity_pool_id"),
        str_of(about, "endpoint"),
    );
    env.poolkey(&add, "").expect(0);
    let password = format!("{}\n", str_of(&about["users"][0], "password"));
    let (option, stdin) = if name == "ana" {
        (" --password-stdin", password.as_str())
    } else {
        ("", "")
    };
    let sign_in = format!("sign-in {name} --no-input{option}");
    env.poolkey(&sign_in, stdin).expect(0);
    let seen = env.poolkey(&format!("identity {name} --json"), "");
    seen.expect(0).json()
}

/// The open pool wants a role from the token, and gives none to whoever has none or several.
#[tokio::main(flavor = "multi_thread", worker_threads = 1)]
pub async fn ambiguous_roles(client: Client) {
    let sandbox = Cognito::start(Settings::default()).await.unwrap();
    let is_known = sandbox.configure_identity_pool("open", |pool| {
        let ambiguous = Ambiguous::Deny;
        pool.role_mapping = RoleMapping::Token { ambiguous };
    });
    assert!(is_known);
    let about = serde_json::to_value(sandbox.description()).unwrap();
    let said = client.run(&TestEnv::new("memory"), &about, "ambiguous_roles");
    assert_eq!(said["username"], "gina");
}
