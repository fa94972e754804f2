//! From a mail to what is sent.

use lettre::message::header::{ContentTransferEncoding, ContentType};
use lettre::message::{Body, Mailbox, Message};
use sojourn_application::ports::{Mail, MailError};

/// The longest line that RFC 5322 allows, without its end.
const LONGEST_LINE: usize = 998;

/// In whose name mails are sent: `Name <address>` or an address alone.
#[derive(Debug, Clone)]
pub struct Sender(Mailbox);

/// The text names no sender.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not of the form Name <address>")]
pub struct SenderError;

impl Sender {
    /// Reads `Name <address>` or an address.
    ///
    /// # Errors
    /// [`SenderError`].
    pub fn parse(text: &str) -> Result<Self, SenderError> {
        text.parse().map(Self).map_err(|_| SenderError)
    }
}

/// A plain text message. ASCII stays as it is, so that links are on one line; the rest takes the given encoding.
pub(crate) fn compose(
    mail: &Mail,
    sender: &Sender,
    beyond_ascii: ContentTransferEncoding,
) -> Result<Message, MailError> {
    let refused = |error: &dyn std::fmt::Display| MailError(error.to_string());
    let body = body(&mail.text, beyond_ascii)?;
    let address = mail.to.as_str().parse().map_err(|error| refused(&error))?;
    Message::builder()
        .message_id(Some(format!("<{}@sojourn>", plain(&mail.key))))
        .from(sender.0.clone())
        .to(Mailbox::new(None, address))
        .subject(mail.subject.replace(char::is_control, " "))
        .header(ContentType::TEXT_PLAIN)
        .body(body)
        .map_err(|error| refused(&error))
}

/// The library would fold lines beyond 76 characters; unfolded ones are allowed up to [`LONGEST_LINE`].
fn body(text: &str, beyond_ascii: ContentTransferEncoding) -> Result<Body, MailError> {
    let as_it_is = text.lines().all(|line| line.len() <= LONGEST_LINE) && !text.contains('\0');
    let encoding = match (as_it_is, text.is_ascii()) {
        (true, true) => ContentTransferEncoding::SevenBit,
        (true, false) => beyond_ascii,
        (false, _) => ContentTransferEncoding::QuotedPrintable,
    };
    match encoding {
        ContentTransferEncoding::SevenBit | ContentTransferEncoding::EightBit => {
            let lines: String = text.lines().flat_map(|line| [line, "\r\n"]).collect();
            Ok(Body::dangerous_pre_encoded(lines.into_bytes(), encoding))
        }
        encoding => Body::new_with_encoding(text.to_owned(), encoding)
            .map_err(|_| MailError("the text does not fit its encoding".to_owned())),
    }
}

/// A key with nothing in it that means something in a header or a path.
pub(crate) fn plain(key: &str) -> String {
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
    fn keeps_links_whole_and_headers_apart() {
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
    fn writes_longer_lines_than_mail_allows_in_pieces() {
        assert!(
            composed(&"word ".repeat(400))
                .lines()
                .all(|line| line.len() <= LONGEST_LINE)
        );
    }

    #[test]
    fn reads_senders() {
        assert!(Sender::parse("no-reply@sojourn.example").is_ok());
        assert!(Sender::parse("nobody").is_err());
    }
}
