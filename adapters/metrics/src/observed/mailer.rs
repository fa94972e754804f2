//! Mail delivery that is counted.

use std::sync::Arc;
use std::time::Instant;

use async_trait::async_trait;
use sojourn_application::ports::{Mail, MailError, Mailer};

use super::Counters;

/// Counts mails by outcome.
pub(super) struct ObservedMailer {
    pub(super) inner: Arc<dyn Mailer>,
    pub(super) counters: Arc<Counters>,
}

#[async_trait]
impl Mailer for ObservedMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let began = Instant::now();
        let sent = self.inner.send(mail).await;
        let outcome = if sent.is_ok() { "sent" } else { "failed" };
        self.counters.count_mail(outcome, began.elapsed());
        sent
    }
}
