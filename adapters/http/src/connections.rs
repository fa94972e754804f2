//! Connections that keep the server waiting.

use std::net::{Shutdown, TcpStream};
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::{Duration, Instant};

use actix_web::rt::net;

/// How often they are looked at.
const ROUND: Duration = Duration::from_secs(5);

/// For so long, the rest of a body that is not read is taken and thrown away: who is still sending it can read the
/// answer meanwhile.
const LINGER: Duration = Duration::from_secs(1);

/// The open connections of a server. The HTTP library gives up on a first request whose head does not come, and on a
/// connection that is silent after an answer; not on one that sends its next head byte by byte, that does not take its
/// answer, or that goes on sending a body in chunks which nobody wants. This does.
#[derive(Clone, Default)]
pub(crate) struct Connections(Arc<Mutex<Vec<Weak<Connection>>>>);

/// One connection, by a handle of its own to the same socket.
pub(crate) struct Connection {
    socket: TcpStream,
    /// Since when nothing is being answered on it; nothing while something is.
    waiting_since: Mutex<Option<Instant>>,
    /// Whether its last answer was given before all of the request had come.
    given_up: AtomicBool,
}

/// While it is held, the client waits for the server and not the other way round.
pub(crate) struct Answering(Arc<Connection>);

impl Connections {
    /// Looks after a new connection, by a handle to its socket.
    pub(crate) fn watch(&self, socket: TcpStream) -> Arc<Connection> {
        let waiting_since = Mutex::new(Some(Instant::now()));
        let connection = Arc::new(Connection {
            socket,
            waiting_since,
            given_up: AtomicBool::new(false),
        });
        held(&self.0).push(Arc::downgrade(&connection));
        connection
    }

    /// Ends, for ever, every connection that kept the server waiting for so long.
    pub(crate) async fn end_idle(self, patience: Duration) {
        loop {
            tokio::time::sleep(ROUND).await;
            self.end_now(patience);
        }
    }

    fn end_now(&self, patience: Duration) {
        held(&self.0).retain(|connection| {
            let Some(connection) = connection.upgrade() else {
                return false;
            };
            let patience = if connection.given_up.load(Relaxed) {
                patience.min(LINGER)
            } else {
                patience
            };
            let overdue =
                held(&connection.waiting_since).is_some_and(|since| since.elapsed() >= patience);
            if overdue {
                // It fails for one that has just been ended: no matter.
                connection.socket.shutdown(Shutdown::Both).ok();
            }
            !overdue
        });
    }
}

impl Connection {
    /// A request came that is being answered.
    pub(crate) fn answering(self: &Arc<Self>) -> Answering {
        *held(&self.waiting_since) = None;
        Answering(self.clone())
    }
}

impl Answering {
    /// Nothing more is wanted of this connection once it is answered.
    pub(crate) fn give_up(&self) {
        self.0.given_up.store(true, Relaxed);
    }
}

impl Drop for Answering {
    fn drop(&mut self) {
        *held(&self.0.waiting_since) = Some(Instant::now());
    }
}

/// Another handle to a socket; nothing when the system has none left.
#[cfg(unix)]
pub(crate) fn handle_to(socket: &net::TcpStream) -> Option<TcpStream> {
    use std::os::fd::AsFd as _;
    socket.as_fd().try_clone_to_owned().ok().map(Into::into)
}

/// Another handle to a socket: elsewhere connections are not watched.
#[cfg(not(unix))]
pub(crate) fn handle_to(_: &net::TcpStream) -> Option<TcpStream> {
    None
}

/// What is in a lock; nothing that is done under these can leave it half done.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
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
    fn who_keeps_the_server_waiting_is_cut_off() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        let watched = connections.watch(server.try_clone().unwrap());
        connections.end_now(Duration::from_secs(60));
        assert!(client.read(&mut [0]).is_err(), "still open");
        let answering = watched.answering();
        connections.end_now(Duration::ZERO);
        assert!(client.read(&mut [0]).is_err(), "still open");
        drop(answering);
        connections.end_now(Duration::ZERO);
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        assert_eq!(held(&connections.0).len(), 0);
    }

    #[test]
    fn what_is_given_up_is_cut_off_soon() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        let watched = connections.watch(server.try_clone().unwrap());
        watched.answering().give_up();
        connections.end_now(Duration::from_secs(60));
        assert!(client.read(&mut [0]).is_err(), "no time to read the answer");
        std::thread::sleep(LINGER);
        connections.end_now(Duration::from_secs(60));
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
    }

    #[test]
    fn what_is_closed_is_forgotten() {
        let (connections, (mut client, server)) = (Connections::default(), pair());
        drop(connections.watch(server.try_clone().unwrap()));
        drop(server);
        assert_eq!(client.read(&mut [0]).unwrap(), 0);
        connections.end_now(Duration::from_secs(60));
        assert_eq!(held(&connections.0).len(), 0);
    }
}
