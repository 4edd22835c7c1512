//! Where the profile mends a refusal.

use super::*;
use crate::domain::ProfileField;

/// What the steps send to the configuration for, the button leads to.
#[test]
fn steps_in_the_configuration_name_their_field() {
    let places = [
        "configuration of <",
        "profile's configuration",
        "Set the exchange of",
        "identity_provider in the profile",
    ];
    let rows = TABLES.into_iter().flatten();
    let mut sent = rows.filter(|row| {
        let mut steps = row.steps.iter();
        steps.any(|step| places.iter().any(|place| step.contains(place)))
    });
    let unnamed = sent.find(|row| row.field.is_none());
    assert!(unnamed.is_none(), "{:?}", unnamed.map(|row| row.title));
}

#[test]
fn a_refusal_that_is_known_says_where_the_profile_mends_it() {
    let said = AwsSaid::new(
        "InitiateAuth",
        "NotAuthorizedException",
        "Unable to verify secret hash for client 1h57kf5cpq17m0eml12example",
    );
    let problem = recognized(said).about(&of_user_pool());
    assert_eq!(problem.field, Some(ProfileField::ClientSecret));
}
