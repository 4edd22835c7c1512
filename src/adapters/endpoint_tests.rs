//! Which hosts are asked in each partition: the SDK's own rules, as far as a client is told to use
//! them. No request leaves the process.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;

use super::aws_client::AwsHttp;
use super::clock::ServiceClock;
use super::identity_pool::IdentityPools;
use super::sts::StsCalls;
use super::user_pool::UserPools;
use crate::domain::{BasicFlow, Endpoints, IdentityPoolId, Secret};
use crate::ops::ports::{AppClient, IdentityPool as _, Sts as _, UserPool as _};

/// Writes down who is asked, and refuses.
#[derive(Debug, Clone, Default)]
struct Hosts(Arc<Mutex<Vec<String>>>);

impl HttpConnector for Hosts {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let url: url::Url = request.uri().parse().unwrap();
        let host = url.host_str().unwrap().to_owned();
        self.0.lock().unwrap().push(host);
        let status = StatusCode::try_from(400).unwrap();
        let refusal = HttpResponse::new(status, SdkBody::from("{}"));
        HttpConnectorFuture::ready(Ok(refusal))
    }
}

/// The hosts of user pool, identity pool and STS.
async fn hosts(of: &str, fips: bool, dual_stack: bool) -> Vec<String> {
    let seen = Hosts::default();
    let connector = seen.clone();
    let client = http_client_fn(move |_, _| SharedHttpConnector::new(connector.clone()));
    let clock = Arc::new(ServiceClock::system());
    let http = Arc::new(AwsHttp::through(client, clock));
    let endpoints = Endpoints {
        url: None,
        fips,
        dual_stack,
    };
    let token = Secret::new("a.b.c".to_owned());
    let app = AppClient {
        user_pool_id: format!("{of}_Poolkey01").parse().unwrap(),
        client_id: "client".parse().unwrap(),
        client_secret: None,
        endpoints: endpoints.clone(),
    };
    let asked = UserPools::new(http.clone()).revoke(&app, &token).await;
    assert!(asked.is_err());
    let pool: IdentityPoolId = format!("{of}:0a").parse().unwrap();
    let pools = IdentityPools::new(http.clone());
    assert!(pools.identity_id(&pool, &endpoints, &[]).await.is_err());
    let basic = BasicFlow {
        role: "arn:aws:iam::123456789012:role/readers".parse().unwrap(),
        session_name: None,
        duration: None,
        policy: None,
    };
    let sts = StsCalls::new(http);
    let region = pool.region();
    let assumed = sts.assume_role(&basic, &token, &region, &endpoints);
    assert!(assumed.await.is_err());
    let mut seen = seen.0.lock().unwrap().clone();
    seen.dedup();
    seen
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a table")]
async fn each_partition_has_its_hosts() {
    for (region, fips, dual_stack, expected) in [
        (
            "eu-west-1",
            false,
            false,
            [
                "cognito-idp.eu-west-1.amazonaws.com",
                "cognito-identity.eu-west-1.amazonaws.com",
                "sts.eu-west-1.amazonaws.com",
            ],
        ),
        (
            "us-west-2",
            true,
            false,
            [
                "cognito-idp-fips.us-west-2.amazonaws.com",
                "cognito-identity-fips.us-west-2.amazonaws.com",
                "sts-fips.us-west-2.amazonaws.com",
            ],
        ),
        (
            "us-gov-west-1",
            true,
            false,
            [
                "cognito-idp-fips.us-gov-west-1.amazonaws.com",
                "cognito-identity-fips.us-gov-west-1.amazonaws.com",
                "sts.us-gov-west-1.amazonaws.com",
            ],
        ),
        (
            "us-gov-east-1",
            false,
            true,
            [
                "cognito-idp.us-gov-east-1.api.aws",
                "cognito-identity.us-gov-east-1.api.aws",
                "sts.us-gov-east-1.api.aws",
            ],
        ),
        (
            "us-gov-east-1",
            true,
            true,
            [
                "cognito-idp-fips.us-gov-east-1.api.aws",
                "cognito-identity-fips.us-gov-east-1.api.aws",
                "sts-fips.us-gov-east-1.api.aws",
            ],
        ),
        (
            "cn-north-1",
            false,
            false,
            [
                "cognito-idp.cn-north-1.amazonaws.com.cn",
                "cognito-identity.cn-north-1.amazonaws.com.cn",
                "sts.cn-north-1.amazonaws.com.cn",
            ],
        ),
        (
            "eusc-de-east-1",
            false,
            false,
            [
                "cognito-idp.eusc-de-east-1.amazonaws.eu",
                "cognito-identity.eusc-de-east-1.amazonaws.eu",
                "sts.eusc-de-east-1.amazonaws.eu",
            ],
        ),
    ] {
        let asked = hosts(region, fips, dual_stack).await;
        assert_eq!(asked, expected, "fips {fips}, dual stack {dual_stack}");
    }
}
