//! Storing waivers of hosts' debts.

use async_trait::async_trait;
use sojourn_application::ports::{DebtWaiver, DebtWaivers, Outcome, OutcomeKind};
use sojourn_domain::shared::CommitError;

use crate::audit::append::record;
use crate::engine::database::Database;
use crate::journal::host_account::bump_version;
use crate::journal::insert::insert_entries;

#[async_trait]
impl DebtWaivers for Database {
    async fn commit(&self, waiver: DebtWaiver) -> Result<(), CommitError> {
        let outcome = Outcome::new(OutcomeKind::User, waiver.host_account.host_id.uuid());
        self.commit_outcome(outcome, move |conn| {
            bump_version(conn, &waiver.host_account)?;
            insert_entries(conn, &waiver.journal)?;
            record(conn, &waiver.audit)
        })
        .await
    }
}
