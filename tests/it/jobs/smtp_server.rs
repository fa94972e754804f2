//! A mail server that records what it accepts.

use std::io::{BufRead as _, BufReader, Result, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// An accepted mail.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Accepted {
    pub message_id: String,
    pub recipient: String,
}

/// A server on a port of its own, until the test ends.
pub struct SmtpServer {
    pub url: String,
    accepted: Arc<Mutex<Vec<Accepted>>>,
}

impl SmtpServer {
    /// Starts a server that answers so long after it has accepted a mail.
    pub fn start(delay: Duration) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("smtp://{}", listener.local_addr().unwrap());
        let accepted = Arc::new(Mutex::new(Vec::new()));
        let all = Arc::clone(&accepted);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                let all = Arc::clone(&all);
                // A client that was killed is no error of the server.
                std::thread::spawn(move || connection.and_then(|it| converse(&it, delay, &all)));
            }
        });
        Self { url, accepted }
    }

    /// The mails that were accepted so far.
    pub fn accepted(&self) -> Vec<Accepted> {
        self.accepted.lock().unwrap().clone()
    }
}

/// Answers the commands of one client.
fn converse(stream: &TcpStream, delay: Duration, all: &Mutex<Vec<Accepted>>) -> Result<()> {
    let mut writer = stream.try_clone()?;
    let mut lines = BufReader::new(stream).lines();
    let mut recipient = String::new();
    writer.write_all(b"220 test\r\n")?;
    while let Some(line) = lines.next().transpose()? {
        let command = line.to_ascii_uppercase();
        let answer = if command.starts_with("RCPT TO:<") {
            recipient = line["RCPT TO:<".len()..].replace('>', "");
            "250 ok"
        } else if command.starts_with("DATA") {
            writer.write_all(b"354 go on\r\n")?;
            let mut message_id = String::new();
            while let Some(line) = lines.next().transpose()?.filter(|line| line != ".") {
                if let Some(id) = line.strip_prefix("Message-ID: ") {
                    id.clone_into(&mut message_id);
                }
            }
            let recipient = recipient.clone();
            all.lock().unwrap().push(Accepted {
                message_id,
                recipient,
            });
            std::thread::sleep(delay);
            "250 accepted"
        } else if command.starts_with("QUIT") {
            "221 bye"
        } else {
            "250 ok"
        };
        writer.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}
