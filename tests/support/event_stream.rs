//! A subscription over Server-Sent Events, read as it is sent.

use std::io::{BufRead, BufReader, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread::spawn;
use std::time::Duration;

use serde_json::Value;

use crate::Client;

/// Something that a stream sent.
#[derive(Debug, Clone, PartialEq)]
pub enum Frame {
    /// A comment.
    Comment,
    /// An event.
    Event {
        id: Option<String>,
        name: String,
        data: Value,
    },
}

/// An open stream; its connection ends when it is dropped.
pub struct EventStream {
    pub status: u16,
    pub head: String,
    socket: TcpStream,
    frames: Receiver<Frame>,
}

impl EventStream {
    /// Sends a GraphQL operation that accepts a stream.
    pub fn open(client: &Client, body: &Value, headers: &[(&str, &str)]) -> Self {
        let host = client.host();
        let mut socket = TcpStream::connect(host).unwrap();
        let body = body.to_string();
        let mut request = format!(
            "POST /graphql HTTP/1.1\r\nhost: {host}\r\ncontent-type: application/json\r\n\
             accept: text/event-stream\r\nconnection: close\r\naccept-encoding: gzip, br\r\ncontent-length: {}\r\n",
            body.len()
        );
        let token = client.token().map(|token| format!("Bearer {token}"));
        let token = token.as_deref().map(|token| ("authorization", token));
        for (name, value) in headers.iter().copied().chain(token) {
            request += &format!("{name}: {value}\r\n");
        }
        request += &format!("\r\n{body}");
        socket.write_all(request.as_bytes()).unwrap();
        let mut reader = BufReader::new(socket.try_clone().unwrap());
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            assert_ne!(reader.read_line(&mut head).unwrap(), 0, "{head}");
        }
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        let (sender, frames) = channel();
        spawn(move || {
            let mut event = (None, None);
            // Each frame is a chunk of its own: the lines between are those of the chunks.
            for line in reader.lines().map_while(Result::ok) {
                let frame = match line.split_once(':') {
                    Some(("id", id)) => {
                        event.0 = Some(id.trim().to_owned());
                        continue;
                    }
                    Some(("event", name)) => {
                        event.1 = Some(name.trim().to_owned());
                        continue;
                    }
                    Some(("data", data)) => Frame::Event {
                        id: event.0.take(),
                        name: event.1.take().unwrap_or_default(),
                        data: serde_json::from_str(data).unwrap_or_default(),
                    },
                    Some(("", "")) => Frame::Comment,
                    _ => continue,
                };
                if sender.send(frame).is_err() {
                    return;
                }
            }
        });
        Self {
            status,
            head,
            socket,
            frames,
        }
    }

    /// The next frame; `None` if the stream has ended.
    pub fn frame(&self, within: Duration) -> Option<Frame> {
        match self.frames.recv_timeout(within) {
            Ok(frame) => Some(frame),
            Err(RecvTimeoutError::Disconnected) => None,
            Err(RecvTimeoutError::Timeout) => panic!("nothing was sent within {within:?}"),
        }
    }

    /// The next event, its id and its data; fails if the stream has ended.
    pub fn event(&self) -> (String, Option<String>, Value) {
        loop {
            match self.frame(Duration::from_secs(30)) {
                Some(Frame::Comment) => {}
                Some(Frame::Event { id, name, data }) => return (name, id, data),
                None => panic!("the stream has ended"),
            }
        }
    }

    /// Fails if an event is sent within this time.
    pub fn assert_silent(&self, during: Duration) {
        while let Ok(frame) = self.frames.recv_timeout(during) {
            assert_eq!(frame, Frame::Comment);
        }
    }
}

impl Drop for EventStream {
    fn drop(&mut self) {
        let _closed = self.socket.shutdown(Shutdown::Both);
    }
}
