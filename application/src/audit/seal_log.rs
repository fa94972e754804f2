//! Sealing of the audit log with the current secret.

use sojourn_domain::shared::{AuditAction, AuditEntry, RepositoryError};

use crate::ports::{AuditHead, AuditSeal, Ports};

/// Appends a line if the last one was not sealed with the current secret, and returns the last line. After an upgrade
/// that authenticates the lines from before; after a change of the secret, the earlier one is needed no longer. A log
/// that was tampered with is left as it is.
///
/// # Errors
/// [`RepositoryError`].
pub async fn seal_log(ports: &Ports) -> Result<Option<AuditHead>, RepositoryError> {
    let head = ports.audit.head().await?;
    let Some(unsealed) = head
        .as_ref()
        .filter(|head| matches!(head.seal, AuditSeal::Earlier | AuditSeal::Missing))
    else {
        return Ok(head);
    };
    let entry = AuditEntry {
        at: ports.clock.now(),
        actor: None,
        address: None,
        by_operator: false,
        action: AuditAction::AuditLogSealed,
        subject: None,
        before: None,
        after: Some(format!("lines up to {}", unsealed.number)),
        reason: None,
    };
    ports.audit.append(entry).await?;
    ports.audit.head().await
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test_support::test_ports::TestPorts;

    fn head(number: i64, seal: AuditSeal) -> AuditHead {
        let hash = "ab".repeat(32);
        AuditHead { number, hash, seal }
    }

    #[tokio::test]
    async fn a_line_is_appended_after_an_upgrade_and_after_a_change_of_the_secret() {
        for seal in [AuditSeal::Missing, AuditSeal::Earlier] {
            let mut test = TestPorts::new();
            let mut heads = vec![head(8, AuditSeal::Current), head(7, seal)];
            test.audit
                .expect_head()
                .times(2)
                .returning(move || Ok(heads.pop()));
            test.audit
                .expect_append()
                .once()
                .withf(|entry| {
                    entry.action == AuditAction::AuditLogSealed
                        && entry.after.as_deref() == Some("lines up to 7")
                })
                .return_once(|_| Ok(()));
            let sealed = seal_log(&test.ports()).await.unwrap();
            assert_eq!(sealed, Some(head(8, AuditSeal::Current)));
        }
    }

    #[tokio::test]
    async fn an_empty_a_sealed_and_a_broken_log_are_left_as_they_are() {
        for last in [
            None,
            Some(head(7, AuditSeal::Current)),
            Some(head(7, AuditSeal::Invalid)),
        ] {
            let mut test = TestPorts::new();
            let found = last.clone();
            test.audit
                .expect_head()
                .once()
                .return_once(move || Ok(found));
            assert_eq!(seal_log(&test.ports()).await, Ok(last));
        }
    }
}
