//! Counting wrong codes.

use sojourn_domain::shared::{RepositoryError, SecurityChange, UserId};
use sojourn_domain::user::{SecondFactor, SecondFactorChange, WRONG_CODES_NOTIFIED};

use super::notify_owner::notify_owner;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Counts a wrong code of an account, and notifies its owner of the fifth in a row: its sender knows the password.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn count_wrong_code(ports: &Ports, id: UserId) -> Result<(), RepositoryError> {
    let count = retry_on_conflict(|| async move {
        let factor = ports
            .factors
            .get(id)
            .await?
            .filter(SecondFactor::is_enabled);
        let Some(factor) = factor.map(SecondFactor::count_wrong_code) else {
            return Ok(Some(0));
        };
        let count = factor.wrong_codes;
        let change = SecondFactorChange {
            factor,
            audit: None,
        };
        unless_stale(ports.factors.commit(change).await, count)
    })
    .await?;
    if count == WRONG_CODES_NOTIFIED {
        notify_owner(ports, id, SecurityChange::WrongCodes).await;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::{CommitError, Notification};

    use super::*;
    use crate::test_support::test_ports::{TestPorts, second_factor, user};

    fn after(wrong: i64) -> SecondFactor {
        (0..wrong).fold(second_factor(), |factor, _| factor.count_wrong_code())
    }

    #[tokio::test]
    async fn the_fifth_in_a_row_is_notified_once() {
        for (before, notified) in [(0, false), (3, false), (4, true), (5, false)] {
            let mut test = TestPorts::new();
            test.factors
                .expect_get()
                .once()
                .return_once(move |_| Ok(Some(after(before))));
            test.factors
                .expect_commit()
                .once()
                .withf(move |change| change.factor.wrong_codes == before + 1)
                .return_once(|_| Ok(()));
            let notice = Notification::SecurityChanged {
                user_id: user().id,
                what: SecurityChange::WrongCodes,
            };
            test.users
                .expect_enqueue_notifications()
                .times(usize::from(notified))
                .withf(move |it, _| *it == [notice.clone()])
                .returning(|_, _| Ok(()));
            assert_eq!(count_wrong_code(&test.ports(), user().id).await, Ok(()));
        }
    }

    #[tokio::test]
    async fn concurrent_failures_all_count() {
        let mut test = TestPorts::new();
        let mut found = vec![after(1), after(0)];
        test.factors
            .expect_get()
            .times(2)
            .returning(move |_| Ok(found.pop()));
        let mut outcomes = vec![Ok(()), Err(CommitError::Stale)];
        test.factors
            .expect_commit()
            .times(2)
            .returning(move |_| outcomes.pop().unwrap());
        assert_eq!(count_wrong_code(&test.ports(), user().id).await, Ok(()));
    }
}
