//! Mail by SMTP.

use std::time::Duration;

use async_trait::async_trait;
use lettre::message::header::ContentTransferEncoding;
use lettre::{AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};
use sojourn_application::ports::{Mail, MailError, Mailer};

use crate::message::{Sender, compose};

/// Deadline of each step of the delivery.
const TIMEOUT: Duration = Duration::from_secs(20);

/// Sends mails to an SMTP server.
#[derive(Debug, Clone)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    sender: Sender,
}

/// Not a valid SMTP URL. The error does not contain the URL, which may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not of the form smtp://[user:password@]host[:port][?tls=required] or smtps://…: {0}")]
pub struct SmtpUrlError(String);

impl SmtpMailer {
    /// Parses `smtp://[user:password@]host[:port]` (`?tls=required` for STARTTLS) or `smtps://…`. It does not connect
    /// yet.
    ///
    /// # Errors
    /// [`SmtpUrlError`].
    pub fn from_url(url: &str, sender: Sender) -> Result<Self, SmtpUrlError> {
        let invalid = |error: lettre::transport::smtp::Error| SmtpUrlError(error.to_string());
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(invalid)?;
        Ok(Self {
            transport: builder.timeout(Some(TIMEOUT)).build(),
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
        let result = self.transport.send(message).await;
        result
            .map(drop)
            .map_err(|error| MailError(error.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn parses_urls() {
        let sender = Sender::parse("no-reply@localhost").unwrap();
        for valid in [
            "smtp://localhost:1025",
            "smtps://ana:p%40ss@mail.example",
            "smtp://m.example?tls=required",
        ] {
            assert!(
                SmtpMailer::from_url(valid, sender.clone()).is_ok(),
                "{valid}"
            );
        }
        for invalid in ["", "localhost", "http://localhost"] {
            assert!(
                SmtpMailer::from_url(invalid, sender.clone()).is_err(),
                "{invalid}"
            );
        }
    }
}
