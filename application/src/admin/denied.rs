//! Audit of denied requests.

use sojourn_domain::shared::{Actor, AuditAction, AuditEntry, RepositoryError};

use crate::ports::Ports;
use crate::quotas;

/// Maximum recorded length of the request, in characters.
const MOST: usize = 200;

/// Records a denied request, such as `POST /v1/admin/refunds`, truncated to 200 characters. At most
/// [`quotas::DENIALS`] are recorded per account.
///
/// # Errors
/// [`RepositoryError`]; the entry is not recorded, and the request stays denied.
pub async fn denied(ports: &Ports, actor: &Actor, what: &str) -> Result<(), RepositoryError> {
    if quotas::take(ports, quotas::DENIALS, &actor.user_id.to_string())
        .await
        .is_err()
    {
        return Ok(());
    }
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: Some(actor.user_id),
        address: actor.address,
        action: AuditAction::Denied,
        subject: None,
        before: None,
        after: Some(what.chars().take(MOST).collect()),
    };
    ports.audit.append(entry).await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_ports::{TestPorts, all_but, stranger};

    #[tokio::test]
    async fn is_written_down_cut_to_size() {
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
        assert_eq!(denied(&test.ports(), &stranger(), &what).await, Ok(()));
    }

    #[tokio::test]
    async fn a_flood_of_denials_is_not() {
        let mut test = TestPorts::new();
        test.limits = Some(all_but(quotas::DENIALS, stranger().user_id));
        assert_eq!(
            denied(&test.ports(), &stranger(), "GET /v1/admin/users").await,
            Ok(())
        );
    }
}
