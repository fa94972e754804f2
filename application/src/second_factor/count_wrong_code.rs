//! Counting wrong codes.

use sojourn_domain::shared::{RepositoryError, SecurityChange, UserId};
use sojourn_domain::user::{SecondFactor, SecondFactorChange, WRONG_CODES_NOTIFIED};

use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Counts a wrong code of an account, and notifies its owner of the fifth in a row: its sender knows the password.
///
/// # Errors
/// [`RepositoryError`].
pub(crate) async fn count_wrong_code(ports: &Ports, id: UserId) -> Result<(), RepositoryError> {
    retry_on_conflict(|| async move {
        let factor = ports
            .factors
            .get(id)
            .await?
            .filter(SecondFactor::is_enabled);
        let Some(factor) = factor.map(SecondFactor::count_wrong_code) else {
            return Ok(Some(()));
        };
        let notified = factor.wrong_codes == WRONG_CODES_NOTIFIED;
        let change = SecondFactorChange {
            factor,
            audit: None,
            notice: notified.then(|| (SecurityChange::WrongCodes, ports.clock.now())),
        };
        unless_stale(ports.factors.commit(change).await, ())
    })
    .await
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::CommitError;

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
                .withf(move |change| {
                    let notice = change.notice.map(|(what, _)| what);
                    let expected = notified.then_some(SecurityChange::WrongCodes);
                    (change.factor.wrong_codes, notice) == (before + 1, expected)
                })
                .return_once(|_| Ok(()));
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
