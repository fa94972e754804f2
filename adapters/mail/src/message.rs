//! Composition of mail messages.

use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, Message};
use sojourn_application::ports::{Mail, MailError};

/// Maximum length of a line without its end (RFC 5322).
const MAX_LINE: usize = 998;

/// The sender of mails: `Name <address>`, or only an address.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

/// Not a valid sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not of the form Name <address>")]
pub struct SenderError;

impl Sender {
    /// Parses `Name <address>` or an address.
    ///
    /// # Errors
    /// [`SenderError`].
    pub fn parse(text: &str) -> Result<Self, SenderError> {
        text.parse().map(Self).map_err(|_| SenderError)
    }
}

/// A plain text message. ASCII is not encoded, so that links stay on one line; other texts use the given encoding.
pub(crate) fn compose(
    mail: &Mail,
    sender: &Sender,
    non_ascii_encoding: ContentTransferEncoding,
) -> Result<Message, MailError> {
    let invalid = |error: &dyn std::fmt::Display| MailError(error.to_string());
    let body = body(&mail.text, non_ascii_encoding)?;
    let address = mail.to.as_str().parse().map_err(|error| invalid(&error))?;
    Message::builder()
        .message_id(Some(format!("<{}@sojourn>", sanitize(&mail.key))))
        .from(sender.0.clone())
        .to(Mailbox::new(None, address))
        .subject(mail.subject.replace(char::is_control, " "))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(|error| invalid(&error))
}

/// The library would fold lines beyond 76 characters; lines up to [`MAX_LINE`] need no folding.
fn body(text: &str, non_ascii_encoding: ContentTransferEncoding) -> Result<Body, MailError> {
    let unencoded = text.lines().all(|line| line.len() <= MAX_LINE) && !text.contains('\0');
    let encoding = match (unencoded, text.is_ascii()) {
        (true, true) => ContentTransferEncoding::SevenBit,
        (true, false) => non_ascii_encoding,
        (false, _) => ContentTransferEncoding::QuotedPrintable,
    };
    match encoding {
        ContentTransferEncoding::SevenBit | ContentTransferEncoding::EightBit => {
            let lines: String = text.lines().flat_map(|line| [line, "\r\n"]).collect();
            Ok(Body::dangerous_pre_encoded(lines.into_bytes(), encoding))
        }
        encoding => Body::new_with_encoding(text.to_owned(), encoding)
            .map_err(|_| MailError("the text cannot be encoded".to_owned())),
    }
}

/// A key without characters that have a meaning in a header or a path.
pub(crate) fn sanitize(key: &str) -> String {
    key.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::Email;

    use super::*;

    fn composed(text: &str) -> String {
        let mail = Mail {
            key: "0190\r\nBcc: x".to_owned(),
            to: Email::parse("ana@mail.example").unwrap(),
            subject: "Hello\r\nBcc: eve@mail.example".to_owned(),
            text: text.to_owned(),
        };
        let sender = Sender::parse("Sojourn <no-reply@localhost>").unwrap();
        String::from_utf8(
            compose(&mail, &sender, ContentTransferEncoding::EightBit)
                .unwrap()
                .formatted(),
        )
        .unwrap()
    }

    #[test]
    fn links_are_not_folded_and_headers_cannot_be_injected() {
        let link = format!(
            "https://sojourn.example/verify-email?token={}",
            "a".repeat(200)
        );
        for text in [format!("Go to\n{link}\n"), format!("Für dich:\n{link}\n")] {
            let message = composed(&text);
            assert!(message.contains(&link), "{message}");
            assert!(
                message.contains("\r\nTo: ana@mail.example\r\n"),
                "{message}"
            );
            assert!(!message.contains("\r\nBcc:"), "{message}");
            assert!(message.contains("<0190__Bcc__x@sojourn>"), "{message}");
        }
    }

    #[test]
    fn lines_longer_than_the_limit_are_folded() {
        assert!(
            composed(&"word ".repeat(400))
                .lines()
                .all(|line| line.len() <= MAX_LINE)
        );
    }

    #[test]
    fn parses_senders() {
        assert!(Sender::parse("no-reply@sojourn.example").is_ok());
        assert!(Sender::parse("no-address").is_err());
    }
}
