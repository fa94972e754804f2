//! Logging in, against mocks.

use sojourn_domain::shared::{AuditAction, AuditSubject};
use sojourn_domain::user::{User, UserCommitError, UserRecord};

use super::{LogIn, LogInError, log_in};
use crate::access::ClientInfo;
use crate::access::rate_limits;
use crate::ports::{HashError, HashOrigin, PasswordCheck};
use crate::test_support::test_ports::{
    TestPorts, client_info, limits_except, now, second_factor, unverified, user,
};

fn ana() -> LogIn {
    LogIn {
        email: "ana@mail.example".into(),
        password: "a long enough one".into(),
        code: None,
        from: ClientInfo {
            user_agent: Some("x".repeat(300)),
            ..client_info()
        },
    }
}

fn changed(change: impl FnOnce(&mut UserRecord)) -> User {
    let mut record = user().into_record();
    change(&mut record);
    User::restore(record).unwrap()
}

fn verifying(test: &mut TestPorts, matches: bool, outdated: bool) {
    test.hasher
        .expect_verify()
        .once()
        .return_once(move |_, _, _| Ok(PasswordCheck { matches, outdated }));
}

/// Ana, who can log in, with all ports that a login without a second factor uses.
fn let_in(test: &mut TestPorts) {
    test.users
        .expect_by_email()
        .return_once(|_| Ok(Some(user())));
    test.factors.expect_get().return_once(|_| Ok(None));
    test.access_tokens
        .expect_issue()
        .once()
        .return_once(|claims| {
            assert_eq!((claims.expires_at - claims.issued_at).num_minutes(), 15);
            Ok("access".into())
        });
    let written = test.audit.expect_append().once();
    written
        .withf(|entry| {
            let session = matches!(entry.subject, Some(AuditSubject::Session(_)));
            let who =
                (entry.actor, entry.address) == (Some(user().id), Some(client_info().address));
            entry.action == AuditAction::LoggedIn && session && who
        })
        .return_once(|_| Ok(()));
}

#[tokio::test]
async fn every_failure_costs_one_verification_and_looks_alike() {
    let suspended = changed(|record| record.suspended_at = Some(now()));
    let imported = changed(|record| record.password_hash = None);
    let cases = [
        ("nobody@mail.example", None, false),
        ("no address", None, false),
        ("ana@mail.example", Some(user()), false),
        ("ana@mail.example", Some(imported), false),
        ("ana@mail.example", Some(unverified()), true),
        ("ana@mail.example", Some(suspended), true),
    ];
    for (email, known, matches) in cases {
        let mut test = TestPorts::new();
        let (hash, id) = (
            known.as_ref().and_then(|it| it.password_hash.clone()),
            known.as_ref().map(|it| it.id),
        );
        test.users.expect_by_email().return_once(|_| Ok(known));
        let verify = test
            .hasher
            .expect_verify()
            .once()
            .withf(move |_, with, _| *with == hash);
        verify.return_once(move |_, _, _| {
            Ok(PasswordCheck {
                matches,
                outdated: true,
            })
        });
        let written = test.audit.expect_append().once().withf(move |entry| {
            let whom = (entry.actor, entry.subject) == (None, id.map(AuditSubject::User));
            entry.action == AuditAction::LoginRefused
                && whom
                && entry.address == Some(client_info().address)
        });
        written.return_once(|_| Ok(()));
        let refused = log_in(
            &test.ports(),
            LogIn {
                email: email.into(),
                ..ana()
            },
        )
        .await;
        assert_eq!(refused, Err(LogInError::BadCredentials), "{email}");
    }
}

#[tokio::test]
async fn throttled_logins_read_and_hash_nothing() {
    let mut test = TestPorts::new();
    test.limits = Some(limits_except(rate_limits::LOGINS_FROM, "192.0.2.7"));
    assert_eq!(
        log_in(&test.ports(), ana()).await,
        Err(LogInError::Throttled(7))
    );
}

#[tokio::test]
async fn the_password_is_checked_before_the_second_factor() {
    let mut test = TestPorts::new();
    test.users
        .expect_by_email()
        .return_once(|_| Ok(Some(user())));
    verifying(&mut test, false, false);
    test.factors.expect_get().never();
    test.audit.expect_append().once().return_once(|_| Ok(()));
    let login = LogIn {
        code: Some("123456".into()),
        ..ana()
    };
    assert_eq!(
        log_in(&test.ports(), login).await,
        Err(LogInError::BadCredentials)
    );
}

#[tokio::test]
async fn a_password_alone_does_not_pass_a_second_factor() {
    let mut test = TestPorts::new();
    test.users
        .expect_by_email()
        .return_once(|_| Ok(Some(user())));
    verifying(&mut test, true, true);
    test.factors
        .expect_get()
        .return_once(|_| Ok(Some(second_factor())));
    test.audit.expect_append().once().return_once(|_| Ok(()));
    assert_eq!(
        log_in(&test.ports(), ana()).await,
        Err(LogInError::CodeRequired)
    );
}

#[tokio::test]
async fn opens_a_session_of_thirty_days() {
    let mut test = TestPorts::new();
    let_in(&mut test);
    verifying(&mut test, true, false);
    test.sessions
        .expect_open()
        .once()
        .withf(|session, token, _| {
            let name = session.user_agent.as_ref().map(String::len);
            (session.expires_at - session.created_at).num_days() == 30
                && (name, session.address) == (Some(200), Some(client_info().address))
                && token == "secret 1"
        })
        .return_once(|_, _, _| Ok(true));
    let tokens = log_in(&test.ports(), ana()).await.unwrap();
    assert_eq!(
        (tokens.expires_in, tokens.refresh_token.as_str()),
        (900, "secret 1")
    );
}

#[tokio::test]
async fn an_outdated_hash_is_upgraded_without_failing_the_login() {
    for commit in [Ok(()), Err(UserCommitError::Stale)] {
        let mut test = TestPorts::new();
        let_in(&mut test);
        verifying(&mut test, true, true);
        test.sessions
            .expect_open()
            .once()
            .return_once(|_, _, _| Ok(true));
        test.hasher
            .expect_hash()
            .once()
            .withf(|it, _| it == "a long enough one")
            .return_once(|_, _| Ok("new".into()));
        let stored = test.users.expect_commit().once().withf(|change| {
            change.user.password_hash.as_deref() == Some("new")
                && change.user.version == user().version + 1
        });
        stored.return_once(|_| commit);
        log_in(&test.ports(), ana()).await.unwrap();
    }
}

#[tokio::test]
async fn the_owner_is_served_from_a_known_network_when_the_queue_is_full() {
    for known in [true, false] {
        let mut test = TestPorts::new();
        test.users.expect_by_email().return_once(|_| Ok(None));
        test.sessions
            .expect_is_known_address()
            .once()
            .return_once(move |_, _, _| Ok(known));
        let address = client_info().address;
        let from = [HashOrigin::Unknown(address), HashOrigin::Known(address)];
        test.hasher
            .expect_verify()
            .times(1 + usize::from(known))
            .returning(move |_, _, origin| {
                assert!(from.contains(&origin));
                match origin {
                    HashOrigin::Known(_) => Ok(PasswordCheck {
                        matches: false,
                        outdated: false,
                    }),
                    _ => Err(HashError),
                }
            });
        test.audit.expect_append().returning(|_| Ok(()));
        let expected = if known {
            LogInError::BadCredentials
        } else {
            LogInError::Busy
        };
        assert_eq!(log_in(&test.ports(), ana()).await, Err(expected));
    }
}
