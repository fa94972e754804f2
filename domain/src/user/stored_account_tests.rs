//! Records of accounts and second factors that contradict themselves are refused.

use chrono::DateTime;
use rstest::rstest;

use crate::fixtures::{GUEST, at};
use crate::shared::email::Email;
use crate::user::profile::Profile;
use crate::user::second_factor::{RECOVERY_CODES, SecondFactor, SecondFactorRecord};
use crate::user::user::{Role, User, UserRecord};

fn user() -> User {
    let profile = Profile {
        first_name: "Ana".to_owned(),
        last_name: "Ruiz".to_owned(),
        phone: Some("+15551234567".to_owned()),
        locale: None,
        currency: None,
    };
    let email = Email::parse("ana@mail.example").unwrap();
    User::register(
        GUEST,
        email,
        Some("hash".to_owned()),
        profile,
        at("2026-03-01T17:00:00Z"),
    )
    .unwrap()
}

#[rstest]
#[case(|it: &mut UserRecord| it.version = 0, "version is 0: the first version is 1")]
#[case(
    |it: &mut UserRecord| it.rating_sum = 1,
    "rating is 1 in 0 reviews: each review counts 1 to 5"
)]
#[case(
    |it: &mut UserRecord| it.password_hash = Some("hash".to_owned()),
    "password_hash is set: an erased account keeps no personal data and no rights"
)]
#[case(
    |it: &mut UserRecord| it.email_verified = true,
    "email_verified is set: an erased account keeps no personal data and no rights"
)]
#[case(
    |it: &mut UserRecord| it.role = Role::Admin,
    "role is set: an erased account keeps no personal data and no rights"
)]
#[case(
    |it: &mut UserRecord| it.profile.phone = user().into_record().profile.phone,
    "profile.phone is set: an erased account keeps no personal data and no rights"
)]
fn an_erased_account_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut UserRecord),
    #[case] reason: &str,
) {
    let mut record = user()
        .erase(at("2026-04-01T00:00:00Z"))
        .unwrap()
        .into_record();
    assert!(User::restore(record.clone()).is_ok());
    change(&mut record);
    assert_eq!(User::restore(record).unwrap_err().to_string(), reason);
}

#[test]
fn names_that_are_no_longer_accepted_are_restored() {
    let mut record = user().into_record();
    record.profile.first_name = "a/b".to_owned();
    assert_eq!(User::restore(record.clone()).unwrap().into_record(), record);
}

#[rstest]
#[case(|it: &mut SecondFactorRecord| it.version = -1, "version is -1: the first version is 1")]
#[case(
    |it: &mut SecondFactorRecord| it.wrong_codes = -1,
    "wrong_codes is -1: codes are counted from 0"
)]
#[case(
    |it: &mut SecondFactorRecord| it.recovery.push("k".to_owned()),
    "recovery is 11 codes: at most 10, and none before the confirmation"
)]
#[case(
    |it: &mut SecondFactorRecord| it.confirmed_at = None,
    "recovery is 10 codes: at most 10, and none before the confirmation"
)]
fn a_second_factor_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut SecondFactorRecord),
    #[case] reason: &str,
) {
    let mut record = SecondFactorRecord {
        user_id: GUEST,
        sealed_secret: "sealed".to_owned(),
        confirmed_at: Some(DateTime::UNIX_EPOCH),
        last_step: 0,
        recovery: (0..RECOVERY_CODES).map(|n| n.to_string()).collect(),
        wrong_codes: 0,
        version: 2,
    };
    assert!(SecondFactor::restore(record.clone()).is_ok());
    change(&mut record);
    assert_eq!(
        SecondFactor::restore(record).unwrap_err().to_string(),
        reason
    );
}
