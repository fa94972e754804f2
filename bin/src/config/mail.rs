//! The settings of outgoing mail.

use sojourn_mail::{Sender, SmtpMailer};

use super::keys::{MAIL_FROM, MAIL_URL};
use super::sources::{ConfigError, RawSetting, Sources};

/// Delivery of outgoing mail.
#[derive(Clone)]
pub enum MailRoute {
    /// Files below the data folder.
    Files(Sender),
    /// An SMTP server.
    Smtp(SmtpMailer),
}

/// Sender of mails when none is set.
const DEFAULT_SENDER: &str = "Sojourn <no-reply@localhost>";

/// The configured delivery; files when no server is set.
pub(super) fn route(sources: &Sources) -> Result<MailRoute, ConfigError> {
    let from = sources.find(MAIL_FROM)?.unwrap_or_else(|| RawSetting {
        key: MAIL_FROM.variable.to_owned(),
        value: DEFAULT_SENDER.to_owned(),
    });
    let sender = Sender::parse(&from.value).map_err(|error| from.invalid(error.to_string()))?;
    let Some(url) = sources.find(MAIL_URL)? else {
        return Ok(MailRoute::Files(sender));
    };
    let mailer =
        SmtpMailer::from_url(&url.value, sender).map_err(|error| url.invalid(error.to_string()))?;
    Ok(MailRoute::Smtp(mailer))
}
