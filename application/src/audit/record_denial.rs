//! Audit of denied requests.

use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, RepositoryError};

use crate::access::rate_limits;
use crate::ports::Ports;

/// Maximum recorded length of the request, in characters.
const MAX_OPERATION_LENGTH: usize = 200;

/// Records a denied request, such as `POST /v1/admin/refunds`, truncated to 200 characters. At most
/// [`rate_limits::DENIALS`] are recorded per account.
///
/// # Errors
/// [`RepositoryError`]; the entry is not recorded, and the request stays denied.
pub async fn record_denial(
    ports: &Ports,
    actor: &Actor,
    operation: &str,
) -> Result<(), RepositoryError> {
    if rate_limits::consume(ports, rate_limits::DENIALS, &actor.user_id.to_string())
        .await
        .is_err()
    {
        return Ok(());
    }
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: Some(actor.user_id),
        address: actor.address,
        by_operator: false,
        action: AuditAction::Denied,
        subject: None,
        before: None,
        after: Some(operation.chars().take(MAX_OPERATION_LENGTH).collect()),
        reason: None,
    };
    ports.audit.append(entry).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::{TestPorts, limits_except, stranger};

    #[tokio::test]
    async fn a_denial_is_recorded_truncated() {
        let mut test = TestPorts::new();
        test.audit
            .expect_append()
            .once()
            .withf(|entry| {
                let after = entry.after.as_deref().unwrap();
                after.starts_with("GET /v1/é")
                    && after.chars().count() == 200
                    && entry.subject.is_none()
            })
            .return_once(|_| Ok(()));
        let what = format!("GET /v1/{}", "é".repeat(500));
        assert_eq!(
            record_denial(&test.ports(), &stranger(), &what).await,
            Ok(())
        );
    }

    #[tokio::test]
    async fn denials_above_the_rate_limit_are_not_recorded() {
        let mut test = TestPorts::new();
        test.limits = Some(limits_except(rate_limits::DENIALS, stranger().user_id));
        assert_eq!(
            record_denial(&test.ports(), &stranger(), "GET /v1/admin/users").await,
            Ok(())
        );
    }
}
