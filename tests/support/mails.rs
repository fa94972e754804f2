//! Mails sent by a server.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::Server;

/// Attempts at intervals of 20 ms: ten seconds in all.
const ATTEMPTS: usize = 500;

impl Server {
    /// The mails to an address, oldest first.
    pub fn mails_to(&self, email: &str) -> Vec<String> {
        mails_in(&self.mail(), email)
    }

    /// The mail to an address that comes after `others` mails.
    #[track_caller]
    pub fn mail_after(&self, email: &str, others: usize) -> String {
        awaited(|| self.mails_to(email).into_iter().nth(others))
    }

    /// The mail with this subject that comes after `others` such mails.
    #[track_caller]
    pub fn mail_about(&self, email: &str, subject: &str, others: usize) -> String {
        let about = |text: &String| text.contains(&format!("Subject: {subject}"));
        awaited(|| self.mails_to(email).into_iter().filter(about).nth(others))
    }

    /// The token in the mail with this subject that comes after `others` such mails.
    #[track_caller]
    pub fn token_about(&self, email: &str, subject: &str, others: usize) -> String {
        token_in(&self.mail_about(email, subject, others))
    }

    /// The token in the mail to an address that comes after `others` mails.
    pub fn mailed_token(&self, email: &str, others: usize) -> String {
        mailed_token(&self.mail(), email, others)
    }
}

/// The token in the mail to an address that comes after `others` mails, read from a server's mail folder.
pub fn mailed_token(folder: &Path, email: &str, others: usize) -> String {
    token_in(&awaited(|| mails_in(folder, email).into_iter().nth(others)))
}

fn token_in(mail: &str) -> String {
    let Some((_, rest)) = mail.split_once("token=") else {
        panic!("no token in {mail}")
    };
    rest.chars()
        .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
        .collect()
}

#[track_caller]
fn awaited(look: impl Fn() -> Option<String>) -> String {
    for _ in 0..ATTEMPTS {
        if let Some(mail) = look() {
            return mail;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("no such mail");
}

fn mails_in(folder: &Path, email: &str) -> Vec<String> {
    let files = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let mails = files.filter(|path| path.extension().is_some_and(|extension| extension == "eml"));
    let dated = |path: &PathBuf| Some((fs::metadata(path).ok()?.modified().ok()?, path.clone()));
    let mut mails: Vec<_> = mails.filter_map(|path| dated(&path)).collect();
    mails.sort();
    let texts = mails
        .iter()
        .filter_map(|(_, path)| fs::read_to_string(path).ok());
    texts.filter(|text| text.contains(email)).collect()
}
