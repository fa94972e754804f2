//! Where mails go.

use sojourn_mail::{Sender, SmtpMailer};

use super::keys::{MAIL_FROM, MAIL_URL};
use super::sources::{ConfigError, Found, Sources};

/// Where mails go.
#[derive(Clone)]
pub enum MailRoute {
    /// Into files below the data folder.
    Files(Sender),
    /// To an SMTP server.
    Smtp(SmtpMailer),
}

/// What is set; files without a server.
pub(super) fn route(sources: &Sources) -> Result<MailRoute, ConfigError> {
    let from = sources.find(MAIL_FROM)?.unwrap_or_else(|| Found {
        key: MAIL_FROM.variable.to_owned(),
        value: "Sojourn <no-reply@localhost>".to_owned(),
    });
    let sender = Sender::parse(&from.value).map_err(|error| from.wrong(error.to_string()))?;
    let Some(url) = sources.find(MAIL_URL)? else {
        return Ok(MailRoute::Files(sender));
    };
    let mailer =
        SmtpMailer::from_url(&url.value, sender).map_err(|error| url.wrong(error.to_string()))?;
    Ok(MailRoute::Smtp(mailer))
}
