//! Erasing an account.

use sojourn_domain::shared::{
    Actor, AuditAction, AuditEntry, AuditSubject, RepositoryError, UserId,
};
use sojourn_domain::user::{EndedSessions, User, UserChange};

use super::unlist_properties::unlist_properties;
use crate::access::{OwnerProof, OwnerProofError, require_owner};
use crate::failure::{Failure, UseCaseError};
use crate::ports::{Obligations, Ports};
use crate::retry::{retry_on_conflict, unless_stale};

/// Errors of erasing an account.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EraseError {
    /// No such account, or it is already erased.
    #[error("no such user")]
    NotFound,
    /// The resource belongs to another account.
    #[error("only the account's owner or an operator may do this")]
    Forbidden,
    /// The stored version differs from the expected one.
    #[error("the account was changed concurrently")]
    Stale,
    /// The owner did not prove to be it.
    #[error(transparent)]
    NotProven(#[from] OwnerProofError),
    /// The account has open bookings or payouts.
    #[error("the account has open bookings or payouts")]
    HasObligations(Obligations),
    /// The account owes money as a host.
    #[error("the account owes money")]
    BalanceDue,
    /// The store failed.
    #[error(transparent)]
    Store(#[from] RepositoryError),
}

impl UseCaseError for EraseError {
    fn failure(&self) -> Failure {
        match self {
            Self::NotFound => Failure::not_found(),
            Self::Forbidden => Failure::forbidden(),
            Self::Stale => Failure::outdated(),
            Self::NotProven(error) => error.failure(),
            Self::HasObligations(obligations) => obligations_open(*obligations),
            Self::BalanceDue => Failure::conflict(
                "balance_due",
                "The account owes money to the marketplace; it can be erased once the balance is settled.",
            ),
            Self::Store(error) => error.failure(),
        }
    }
}

fn obligations_open(obligations: Obligations) -> Failure {
    let open = match (obligations.bookings, obligations.payouts) {
        (true, true) => "bookings and payouts",
        (true, false) => "bookings",
        (false, true) => "payouts",
        (false, false) => "obligations",
    };
    Failure::conflict(
        "obligations_open",
        format!("The account has open {open}; it can be erased once they are completed."),
    )
}

/// Anonymizes an account permanently, for its owner or an operator: personal data is removed, its
/// sessions end, its properties are unlisted; bookings, reviews and journal entries stay. Rejected
/// while a booking of the account, as guest or host, or a payout to it is open, or while it owes money
/// as a host. Requires a recent login or the password of the owner.
///
/// # Errors
/// [`EraseError`].
pub async fn erase(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    expected: Option<i64>,
    proof: OwnerProof,
) -> Result<(), EraseError> {
    load_erasable(ports, actor, id, expected).await?;
    if actor.user_id == id {
        require_owner(ports, actor, proof).await?;
    }
    require_no_obligations(ports, id).await?;
    unlist_properties(ports, actor, id).await?;
    retry_on_conflict(|| async move {
        // Checked again, because the account could be booked, and book, until now.
        require_no_obligations(ports, id).await?;
        let (user, now) = (
            load_erasable(ports, actor, id, expected).await?,
            ports.clock.now(),
        );
        let user = user
            .erase(now)
            .map_err(|error| RepositoryError::Internal(error.to_string()))?;
        let entry = AuditEntry::of(
            actor,
            AuditAction::AccountErased,
            AuditSubject::User(id),
            now,
        );
        let change = UserChange::of(user)
            .ending_sessions(EndedSessions::All)
            .with_audit(entry);
        Ok(unless_stale(ports.users.commit(change).await, ())?)
    })
    .await
}

/// The account, if the caller may erase it and its version matches the expected one.
async fn load_erasable(
    ports: &Ports,
    actor: &Actor,
    id: UserId,
    expected: Option<i64>,
) -> Result<User, EraseError> {
    let user = ports
        .users
        .get(id)
        .await?
        .filter(|user| user.erased_at.is_none());
    let user = user
        .filter(|user| user.is_shown_to(Some(actor)))
        .ok_or(EraseError::NotFound)?;
    if actor.user_id != id && !actor.admin {
        return Err(EraseError::Forbidden);
    }
    if expected.is_some_and(|version| version != user.version) {
        return Err(EraseError::Stale);
    }
    Ok(user)
}

async fn require_no_obligations(ports: &Ports, id: UserId) -> Result<(), EraseError> {
    let open = ports.user_queries.obligations(id).await?;
    if open.bookings || open.payouts {
        Err(EraseError::HasObligations(open))
    } else if open.debts {
        Err(EraseError::BalanceDue)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sojourn_domain::property::PropertyStatus;
    use sojourn_domain::shared::Page;
    use sojourn_domain::user::UserCommitError;

    use super::*;
    use crate::test_support::test_ports::{
        TestPorts, actor_of, listed, now, old_login, recent_login, stranger, user,
    };

    const FREE: Obligations = Obligations {
        bookings: false,
        payouts: false,
        debts: false,
    };

    fn known(times: usize) -> TestPorts {
        let mut test = TestPorts::new();
        test.users
            .expect_get()
            .times(times)
            .returning(|_| Ok(Some(user())));
        test
    }

    fn expect_properties(test: &mut TestPorts) {
        let page = Page {
            data: vec![listed()],
            next: None,
        };
        test.property_queries
            .expect_properties()
            .once()
            .return_once(|_, _| Ok(page));
        test.properties
            .expect_get()
            .once()
            .return_once(|_| Ok(Some(listed())));
        let commit = test.properties.expect_commit().once();
        commit
            .withf(|change| change.property.status == PropertyStatus::Unlisted)
            .return_once(|_| Ok(()));
    }

    #[tokio::test]
    async fn unlists_the_properties_and_anonymises_in_one_commit() {
        for actor in [actor_of(&user()), Actor::operator(stranger().user_id)] {
            let mut test = known(2);
            test.user_queries
                .expect_obligations()
                .times(2)
                .returning(|_| Ok(FREE));
            expect_properties(&mut test);
            let commit = test.users.expect_commit().once().withf(move |change| {
                let entry = change
                    .audit
                    .as_ref()
                    .map(|entry| (entry.action, entry.actor));
                let gone =
                    (&change.user.password_hash, change.user.erased_at) == (&None, Some(now()));
                gone && change.ends_sessions == EndedSessions::All
                    && entry == Some((AuditAction::AccountErased, Some(actor.user_id)))
                    && !change.user.email.as_str().contains("ana")
            });
            commit.return_once(|_| Ok(()));
            assert_eq!(
                erase(&test.ports(), &actor, user().id, Some(1), recent_login()).await,
                Ok(())
            );
        }
    }

    #[tokio::test]
    async fn an_old_login_of_the_owner_needs_the_password() {
        let test = known(1);
        let ana = actor_of(&user());
        let refused = erase(&test.ports(), &ana, user().id, None, old_login()).await;
        let missing = EraseError::NotProven(OwnerProofError::Missing);
        assert_eq!(refused, Err(missing));
    }

    #[tokio::test]
    async fn obligations_are_checked_before_and_after_unlisting() {
        let (booked, owed) = (
            Obligations {
                bookings: true,
                ..FREE
            },
            Obligations {
                payouts: true,
                ..FREE
            },
        );
        for open in [booked, owed] {
            let mut test = known(1);
            test.user_queries
                .expect_obligations()
                .once()
                .return_once(move |_| Ok(open));
            let refused = erase(
                &test.ports(),
                &actor_of(&user()),
                user().id,
                None,
                recent_login(),
            )
            .await;
            assert_eq!(refused, Err(EraseError::HasObligations(open)));
        }
        let mut test = known(1);
        let mut answers = vec![booked, FREE];
        test.user_queries
            .expect_obligations()
            .times(2)
            .returning(move |_| Ok(answers.pop().unwrap()));
        expect_properties(&mut test);
        let refused = erase(
            &test.ports(),
            &actor_of(&user()),
            user().id,
            None,
            recent_login(),
        )
        .await;
        assert_eq!(refused, Err(EraseError::HasObligations(booked)));
    }

    #[tokio::test]
    async fn a_host_in_debt_is_not_erased() {
        let mut test = known(1);
        let debts = Obligations {
            debts: true,
            ..FREE
        };
        test.user_queries
            .expect_obligations()
            .once()
            .return_once(move |_| Ok(debts));
        let refused = erase(
            &test.ports(),
            &actor_of(&user()),
            user().id,
            None,
            recent_login(),
        )
        .await;
        assert_eq!(refused, Err(EraseError::BalanceDue));
    }

    #[tokio::test]
    async fn strangers_and_stale_requests_change_nothing() {
        let erased = user().erase(now()).unwrap();
        let cases = [
            (user(), stranger(), None, EraseError::Forbidden),
            (user(), actor_of(&user()), Some(7), EraseError::Stale),
            (erased, actor_of(&user()), None, EraseError::NotFound),
        ];
        for (found, actor, expected, refusal) in cases {
            let mut test = TestPorts::new();
            test.users
                .expect_get()
                .once()
                .return_once(|_| Ok(Some(found)));
            assert_eq!(
                erase(&test.ports(), &actor, user().id, expected, recent_login()).await,
                Err(refusal)
            );
        }
    }

    #[tokio::test]
    async fn a_concurrent_change_is_stale_for_a_named_version() {
        let mut test = TestPorts::new();
        let later = user().verify_email(now());
        let mut found = vec![later, user(), user()];
        test.users
            .expect_get()
            .times(3)
            .returning(move |_| Ok(found.pop()));
        test.user_queries
            .expect_obligations()
            .returning(|_| Ok(FREE));
        test.property_queries.expect_properties().returning(|_, _| {
            Ok(Page {
                data: Vec::new(),
                next: None,
            })
        });
        test.users
            .expect_commit()
            .once()
            .return_once(|_| Err(UserCommitError::Stale));
        let refused = erase(
            &test.ports(),
            &actor_of(&user()),
            user().id,
            Some(1),
            recent_login(),
        )
        .await;
        assert_eq!(refused, Err(EraseError::Stale));
    }

    #[test]
    fn open_obligations_are_named() {
        let cases = [
            (true, true, "open bookings and payouts"),
            (true, false, "open bookings;"),
            (false, true, "open payouts;"),
        ];
        for (bookings, payouts, named) in cases {
            let open = Obligations {
                bookings,
                payouts,
                debts: false,
            };
            let failure = EraseError::HasObligations(open).failure();
            assert!(failure.detail.contains(named), "{}", failure.detail);
            assert_eq!(failure.code, "obligations_open");
        }
    }
}
