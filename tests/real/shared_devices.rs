//! A remembered device that Poolkey and another client share: one makes its password and its
//! verifier, the other one proves the password, and the sandbox compares. No emulator knows devices.
//!
//! The user is tom, whose second factor is an app: whoever is not asked for its code has proven the
//! device.

use serde_json::json;

use super::env::TestEnv;
use super::reference_clients::Client;
use super::servers::{Sandbox, str_of};
use super::store::{device, keep_device};

/// The client of the sandbox that remembers devices.
const DEVICES: usize = 2;

fn setup() -> (TestEnv, Sandbox) {
    let env = TestEnv::with_file_store();
    let sandbox = Sandbox::start(&env);
    sandbox.add_profile(&env, "tom", DEVICES);
    (env, sandbox)
}

/// Signs in to Poolkey without a code.
fn sign_in(env: &TestEnv, sandbox: &Sandbox) -> super::process::Done {
    let password = str_of(&sandbox.about["users"][1], "password");
    let command = "sign-in tom --username tom --password-stdin --no-input -v";
    env.poolkey(command, &format!("{password}\n"))
}

/// The client makes a device, and Poolkey signs in at it.
pub fn made(client: Client) {
    let (env, sandbox) = setup();
    let made = &client.run(&env, &sandbox.about, "device_made")["device"];
    let [key, group_key, password] =
        ["key", "group_key", "password"].map(|name| str_of(made, name));

    let asked = sign_in(&env, &sandbox).expect(3);
    asked.says(&["SOFTWARE_TOKEN_MFA"]);
    keep_device(&env, "tom", [key, group_key, "another"]);
    // A device that proves nothing is as good as none.
    let asked = sign_in(&env, &sandbox).expect(3);
    asked.says(&["SOFTWARE_TOKEN_MFA"]);
    keep_device(&env, "tom", [key, group_key, password]);
    let done = sign_in(&env, &sandbox).expect(0);
    assert!(
        done.stdout.starts_with("Signed in to tom as tom\n"),
        "{done:?}"
    );
}

/// Poolkey makes a device, and the client signs in at it.
pub fn given(client: Client) {
    let (env, sandbox) = setup();
    let user = &sandbox.about["users"][1];
    let secrets = format!(
        "{}\n{}\n",
        str_of(user, "password"),
        str_of(user, "totp_secret")
    );
    let command = "sign-in tom --username tom --password-stdin --totp-secret-stdin --no-input \
                   --answer remember_device=yes";
    env.poolkey(command, &secrets).expect(0);

    let [key, group_key, password] = device(&env, "tom");
    let mut about = sandbox.about.clone();
    about["device"] = json!({ "key": key, "group_key": group_key, "password": password });
    let said = client.run(&env, &about, "device_given");
    assert_eq!(said["username"], "tom");
}
