//! The socket of a connection.

use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Instant;

use actix_web::rt::net::{ActixStream, Ready, TcpStream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Place;
use super::connection::Connection;

/// Part of a response that a client takes within its patience at least, in bytes.
const LEAST_PROGRESS: usize = 16 * 1024;

/// The socket of a connection, which fails once the connection is ended.
pub(crate) struct ClientStream {
    socket: TcpStream,
    peer: SocketAddr,
    connection: Arc<Connection>,
    /// Bytes that the client took since the start of the wait; `None` while all that was ready could be sent.
    taken: Option<usize>,
    _place: Place,
}

impl ClientStream {
    pub(super) fn new(socket: TcpStream, peer: SocketAddr, place: Place) -> Self {
        Self {
            socket,
            peer,
            connection: Arc::new(Connection::new()),
            taken: None,
            _place: place,
        }
    }

    /// The state of the connection.
    pub(crate) const fn connection(&self) -> &Arc<Connection> {
        &self.connection
    }

    /// Address of the other side.
    pub(crate) const fn peer(&self) -> SocketAddr {
        self.peer
    }

    /// Notes that the client took so many of the bytes that were ready for it.
    fn note_taken(&mut self, bytes: usize, ready: usize) {
        let Some(taken) = self.taken.as_mut() else {
            return;
        };
        *taken += bytes;
        if bytes == ready {
            self.taken = None;
            self.connection.set_unread(None);
        } else if *taken >= LEAST_PROGRESS {
            *taken = 0;
            self.connection.set_unread(Some(Instant::now()));
        }
    }

    /// Notes that the client has to take more before the rest can be sent.
    fn note_unread(&mut self) {
        if self.taken.is_none() {
            self.taken = Some(0);
            self.connection.set_unread(Some(Instant::now()));
        }
    }
}

impl AsyncRead for ClientStream {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.connection.wake_at_end(context);
        self.connection.check()?;
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl AsyncWrite for ClientStream {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.connection.check()?;
        let written = Pin::new(&mut self.socket).poll_write(context, bytes);
        if written.is_pending() {
            self.note_unread();
            self.connection.wake_at_end(context);
            self.connection.check()?;
        }
        let written = ready!(written)?;
        self.note_taken(written, bytes.len());
        Poll::Ready(Ok(written))
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

impl ActixStream for ClientStream {
    fn poll_read_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_read_ready(&self.socket, context)
    }

    fn poll_write_ready(&self, context: &mut Context<'_>) -> Poll<io::Result<Ready>> {
        ActixStream::poll_write_ready(&self.socket, context)
    }
}
