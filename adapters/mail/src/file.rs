//! Mail into files, for development.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use async_trait::async_trait;
use lettre::message::header::ContentTransferEncoding;
use sojourn_application::ports::{Mail, MailError, Mailer};
use tokio::task::spawn_blocking;

use crate::message::{Sender, compose, sanitize};

/// Writes each mail to a file `<key>.eml` in one directory, readable by its owner only: mails contain secrets.
#[derive(Debug, Clone)]
pub struct FileMailer {
    directory: PathBuf,
    sender: Sender,
}

impl FileMailer {
    /// Writes into a directory, which is created with the first mail.
    #[must_use]
    pub fn new(directory: impl Into<PathBuf>, sender: Sender) -> Self {
        Self {
            directory: directory.into(),
            sender,
        }
    }
}

#[async_trait]
impl Mailer for FileMailer {
    async fn send(&self, mail: Mail) -> Result<(), MailError> {
        let message = compose(&mail, &self.sender, ContentTransferEncoding::EightBit)?.formatted();
        let directory = self.directory.clone();
        let name = format!("{}.eml", sanitize(&mail.key));
        let result = spawn_blocking(move || write(&directory, &name, &message)).await;
        let path = self.directory.display();
        match result {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(MailError(format!("{path}: {error}"))),
            Err(error) => Err(MailError(format!("{path}: {error}"))),
        }
    }
}

/// Writes the file atomically.
fn write(directory: &Path, name: &str, message: &[u8]) -> io::Result<()> {
    private_directories().create(directory)?;
    let temporary = directory.join(format!("{name}.part"));
    let mut file = owner_only().open(&temporary)?;
    file.write_all(message)?;
    file.sync_all()?;
    fs::rename(temporary, directory.join(name))
}

/// A builder of directories which only their owner can read.
#[cfg(unix)]
fn private_directories() -> fs::DirBuilder {
    use std::os::unix::fs::DirBuilderExt as _;
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true).mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private_directories() -> fs::DirBuilder {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    builder
}

/// Options that create files which only their owner can read.
#[cfg(unix)]
fn owner_only() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn owner_only() -> fs::OpenOptions {
    let mut options = fs::OpenOptions::new();
    options.create(true).write(true).truncate(true);
    options
}

#[cfg(test)]
mod tests {
    use sojourn_domain::shared::Email;

    use super::*;

    #[tokio::test]
    async fn a_mail_is_written_once_for_each_key() {
        let directory = std::env::temp_dir().join(format!("sojourn-mail-{}", std::process::id()));
        let mailer = FileMailer::new(
            directory.join("mail"),
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
        let files: Vec<_> = fs::read_dir(directory.join("mail"))
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        assert_eq!(files, [directory.join("mail/___01.eml")]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = |path: &Path| path.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(
                (mode(&directory.join("mail")), mode(&files[0])),
                (0o700, 0o600)
            );
        }
        assert!(fs::read_to_string(&files[0]).unwrap().contains("token=abc"));
        fs::remove_dir_all(directory).unwrap();
    }
}
