//! Mails as files, for development.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use lettre::message::header::ContentTransferEncoding;
use sojourn_application::ports::{Mail, MailError, Mailer};
use tokio::task::spawn_blocking;

use crate::message::{Sender, compose, plain};

/// Writes each mail to a file `<key>.eml` of one folder, for its owner alone: mails carry secrets.
#[derive(Debug, Clone)]
pub struct FileMailer {
    folder: PathBuf,
    sender: Sender,
}

impl FileMailer {
    /// Writes into a folder, which is made with the first mail.
    #[must_use]
    pub fn new(folder: impl Into<PathBuf>, sender: Sender) -> Self {
        Self {
            folder: folder.into(),
            sender,
        }
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let message = compose(&mail, &self.sender, ContentTransferEncoding::EightBit)?.formatted();
        let (folder, name) = (self.folder.clone(), format!("{}.eml", plain(&mail.key)));
        let written = spawn_blocking(move || write(&folder, &name, &message)).await;
        let path = self.folder.display();
        match written {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(MailError(format!("{path}: {error}"))),
            Err(error) => Err(MailError(format!("{path}: {error}"))),
        }
    }
}

/// The file appears whole or not at all.
fn write(folder: &Path, name: &str, message: &[u8]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!("{name}.part"));
    let mut file = private().open(&unfinished)?;
    file.write_all(message)?;
    file.sync_all()?;
    fs::rename(unfinished, folder.join(name))
}

#[cfg(unix)]
fn private() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    options
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::Email;

    use super::*;

    #[tokio::test]
    async fn writes_a_mail_once_for_a_key() {
        let folder = std::env::temp_dir().join(format!("sojourn-mail-{}", std::process::id()));
        let mailer = FileMailer::new(
            folder.join("mail"),
            Sender::parse("no-reply@localhost").unwrap(),
        );
        let mail = Mail {
            key: "../01".to_owned(),
            to: Email::parse("ana@mail.example").unwrap(),
            subject: "Hello".to_owned(),
            text: "http://localhost/verify-email?token=abc\n".to_owned(),
        };
        mailer.send(mail.clone()).await.unwrap();
        mailer.send(mail).await.unwrap();
        let files: Vec<_> = fs::read_dir(folder.join("mail"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert_eq!(files, [folder.join("mail/___01.eml")]);
        assert!(fs::read_to_string(&files[0]).unwrap().contains("token=abc"));
        fs::remove_dir_all(folder).unwrap();
    }
}
