//! Closes connections that keep the server waiting.

use std::net::{Shutdown, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use actix_web::rt::net;

/// Interval between checks.
const CHECK_INTERVAL: Duration = Duration::from_secs(5);

/// Period in which the rest of an unread body is received and discarded, so that a client that is still
/// sending can read the response.
const LINGER: Duration = Duration::from_secs(1);

/// Open connections of a server. The HTTP library closes connections whose first request head does not
/// arrive or that are idle after a response, but not those that send a later head byte by byte, do not
/// read their response, or keep sending an unwanted chunked body. This type closes them.
#[derive(Clone, Default)]
pub(crate) struct Connections(Arc<Mutex<Vec<Weak<Connection>>>>);

/// A connection, with a separate handle to its socket.
pub(crate) struct Connection {
    socket: TcpStream,
    /// Start of the wait for the client; `None` while a request is being handled.
    waiting_since: Mutex<Option<Instant>>,
    /// True if the last response was sent before the whole request had arrived.
    abandoned: AtomicBool,
}

/// Guard of a request that is being handled; while it exists, the connection does not count as waiting.
pub(crate) struct InFlight(Arc<Connection>);

impl Connections {
    /// Registers a new connection, by a handle to its socket.
    pub(crate) fn watch(&self, socket: TcpStream) -> Arc<Connection> {
        let waiting_since = Mutex::new(Some(Instant::now()));
        let connection = Arc::new(Connection {
            socket,
            waiting_since,
            abandoned: AtomicBool::new(false),
        });
        lock(&self.0).push(Arc::downgrade(&connection));
        connection
    }

    /// Closes every connection that keeps the server waiting for longer than `patience`; never returns.
    pub(crate) async fn end_idle(self, patience: Duration) {
        loop {
            tokio::time::sleep(CHECK_INTERVAL).await;
            self.end_idle_now(patience);
        }
    }

    fn end_idle_now(&self, patience: Duration) {
        lock(&self.0).retain(|connection| {
            let Some(connection) = connection.upgrade() else {
                return false;
            };
            let patience = if connection.abandoned.load(Relaxed) {
                patience.min(LINGER)
            } else {
                patience
            };
            let overdue =
                lock(&connection.waiting_since).is_some_and(|since| since.elapsed() >= patience);
            if overdue {
                // Fails harmlessly if the connection was closed concurrently.
                connection.socket.shutdown(Shutdown::Both).ok();
            }
            !overdue
        });
    }
}

impl Connection {
    /// Marks the start of a request.
    pub(crate) fn begin_request(self: &Arc<Self>) -> InFlight {
        *lock(&self.waiting_since) = None;
        InFlight(self.clone())
    }
}

impl InFlight {
    /// Marks the connection to be closed soon after the response.
    pub(crate) fn abandon(&self) {
        self.0.abandoned.store(true, Relaxed);
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        *lock(&self.0.waiting_since) = Some(Instant::now());
    }
}

/// A duplicate handle to a socket; `None` if the system has no handle left.
#[cfg(unix)]
pub(crate) fn handle_to(socket: &net::TcpStream) -> Option<TcpStream> {
    use std::os::fd::AsFd as _;
    socket.as_fd().try_clone_to_owned().ok().map(Into::into)
}

/// No handle: connections are watched on Unix only.
#[cfg(not(unix))]
pub(crate) fn handle_to(_: &net::TcpStream) -> Option<TcpStream> {
    None
}

/// Locks a mutex, poisoned or not: no code under these locks can leave its data inconsistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;

    use super::*;

    fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        client
            .set_read_timeout(Some(Duration::from_millis(200)))
            .unwrap();
        (client, listener.accept().unwrap().0)
    }

    #[test]
    fn waiting_connections_are_closed() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        let watched = connections.watch(server.try_clone().unwrap());
        connections.end_idle_now(Duration::from_secs(60));
        assert!(client.read(&mut [0]).is_err(), "closed too early");
        let answering = watched.begin_request();
        connections.end_idle_now(Duration::ZERO);
        assert!(client.read(&mut [0]).is_err(), "closed too early");
        drop(answering);
        connections.end_idle_now(Duration::ZERO);
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        assert_eq!(lock(&connections.0).len(), 0);
    }

    #[test]
    fn abandoned_connections_are_closed_soon() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        let watched = connections.watch(server.try_clone().unwrap());
        watched.begin_request().abandon();
        connections.end_idle_now(Duration::from_secs(60));
        assert!(
            client.read(&mut [0]).is_err(),
            "closed before the response could be read"
        );
        std::thread::sleep(LINGER);
        connections.end_idle_now(Duration::from_secs(60));
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn closed_connections_are_dropped() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        drop(connections.watch(server.try_clone().unwrap()));
        drop(server);
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        connections.end_idle_now(Duration::from_secs(60));
        assert_eq!(lock(&connections.0).len(), 0);
    }
}
