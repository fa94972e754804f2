//! Mails by SMTP.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::ContentTransferEncoding;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use sojourn_application::ports::{Mail, MailError, Mailer};

use crate::message::{Sender, compose};

const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Hands mails to an SMTP server.
#[derive(Debug, Clone)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

/// The URL names no SMTP server. It is not repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not of the form smtp://[user:password@]host[:port][?tls=required] or smtps://…: {0}")]
pub struct SmtpUrlError(String);

impl SmtpMailer {
    /// Reads `smtp://[user:password@]host[:port]` (`?tls=required` for STARTTLS) or `smtps://…`. Connects to
    /// nothing yet.
    ///
    /// # Errors
    /// [`SmtpUrlError`].
    pub fn from_url(url: &str, sender: Sender) -> Result<Self, SmtpUrlError> {
        let refused = |error: lettre::transport::smtp::Error| SmtpUrlError(error.to_string());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(refused)?;
        Ok(Self {
            transport: builder.timeout(Some(TIME_LIMIT)).build(),
            sender,
        })
    }
}

#[async_trait]
impl Mailer for SmtpMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let message = compose(
            &mail,
            &self.sender,
            ContentTransferEncoding::QuotedPrintable,
        )?;
        let sent = self.transport.send(message).await;
        sent.map(drop).map_err(|error| MailError(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn reads_urls() {
        let sender = Sender::parse("no-reply@localhost").unwrap();
        for good in [
            "smtp://localhost:1025",
            "smtps://ana:p%40ss@mail.example",
            "smtp://m.example?tls=required",
        ] {
            assert!(SmtpMailer::from_url(good, sender.clone()).is_ok(), "{good}");
        }
        for bad in ["", "localhost", "http://localhost"] {
            assert!(SmtpMailer::from_url(bad, sender.clone()).is_err(), "{bad}");
        }
    }
}
