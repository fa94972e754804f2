//! Connections of clients: their number is limited, and those that keep the server waiting are closed.

mod connection;
mod limits;
mod stream;

use std::io;
use std::net::IpAddr;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering::Relaxed;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use actix_web::rt::net::TcpStream;
use tracing::warn;

pub(crate) use connection::{Connection, InFlight};
pub use limits::ConnectionLimits;
use limits::OpenConnections;
pub(crate) use stream::ClientStream;

use crate::proxies::TrustedProxies;

/// Interval between checks.
const CHECK_INTERVAL: Duration = Duration::from_secs(5);

/// Open connections of a server.
#[derive(Clone)]
pub(crate) struct Connections(Arc<Shared>);

struct Shared {
    limits: ConnectionLimits,
    proxies: TrustedProxies,
    open: Mutex<OpenConnections>,
    watched: Mutex<Vec<Weak<Connection>>>,
    is_full_logged: AtomicBool,
    is_refusal_logged: AtomicBool,
}

/// The place of a connection among those that the limits allow; free again when it is dropped.
struct Place {
    shared: Arc<Shared>,
    network: Option<String>,
}

impl Drop for Place {
    fn drop(&mut self) {
        lock(&self.shared.open).close(self.network.as_deref());
    }
}

impl Connections {
    /// No connections yet. Trusted proxies and programs on the same machine are not limited by network, as they
    /// speak for many clients.
    pub(crate) fn new(limits: ConnectionLimits, proxies: TrustedProxies) -> Self {
        Self(Arc::new(Shared {
            limits,
            proxies,
            open: Mutex::default(),
            watched: Mutex::default(),
            is_full_logged: AtomicBool::new(false),
            is_refusal_logged: AtomicBool::new(false),
        }))
    }

    /// Admits a connection, and watches it until it is closed.
    ///
    /// # Errors
    /// `ConnectionRefused` if its network has as many connections as one may have.
    pub(crate) fn admit(&self, socket: TcpStream) -> io::Result<ClientStream> {
        let peer = socket.peer_addr()?;
        let place = self.place(peer.ip());
        let place = place.ok_or(io::ErrorKind::ConnectionRefused)?;
        let stream = ClientStream::new(socket, peer, place);
        lock(&self.0.watched).push(Arc::downgrade(stream.connection()));
        Ok(stream)
    }

    fn place(&self, peer: IpAddr) -> Option<Place> {
        let shared = &self.0;
        let peer = peer.to_canonical();
        let is_limited = !peer.is_loopback() && !shared.proxies.trusts(peer);
        let network = is_limited.then(|| sojourn_application::access::network(peer));
        let per_network = shared.limits.per_network;
        let count = lock(&shared.open).open(network.as_deref(), per_network);
        if count.is_none() && !shared.is_refusal_logged.swap(true, Relaxed) {
            warn!(%peer, per_network, "a network has as many connections as one may have; more are refused");
        }
        let is_full = count? >= shared.limits.total;
        if is_full && !shared.is_full_logged.swap(true, Relaxed) {
            let total = shared.limits.total;
            warn!(
                total,
                "all connections are in use; more wait until one is closed"
            );
        }
        Some(Place {
            shared: Arc::clone(shared),
            network,
        })
    }

    /// Closes every connection that keeps the server waiting for longer than `patience`; never returns.
    pub(crate) async fn end_idle(self, patience: Duration) {
        loop {
            tokio::time::sleep(CHECK_INTERVAL).await;
            self.end_idle_now(patience);
        }
    }

    fn end_idle_now(&self, patience: Duration) {
        lock(&self.0.watched).retain(|connection| {
            let Some(connection) = connection.upgrade() else {
                return false;
            };
            let overdue = connection.is_overdue(patience);
            if overdue {
                connection.end();
            }
            !overdue
        });
    }
}

/// Locks a mutex, poisoned or not: no code under these locks can leave its data inconsistent.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::TcpListener;

    use super::*;

    const LIMITS: ConnectionLimits = ConnectionLimits {
        total: 8,
        per_network: 2,
    };

    fn connections() -> Connections {
        Connections::new(LIMITS, TrustedProxies::parse("203.0.113.7").unwrap())
    }

    async fn pair() -> (TcpStream, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).await;
        (client.unwrap(), listener.accept().await.unwrap().0)
    }

    fn count(connections: &Connections) -> usize {
        lock(&connections.0.watched).len()
    }

    /// The error of a read, if the connection was closed by the server.
    async fn closed(stream: &mut ClientStream) -> Option<io::ErrorKind> {
        let mut byte = [0];
        let read = tokio::time::timeout(Duration::from_millis(100), stream.read(&mut byte));
        read.await.ok()?.err().map(|error| error.kind())
    }

    #[test]
    fn a_network_has_a_part_of_the_connections() {
        let connections = connections();
        let place = |address: &str| connections.place(address.parse().unwrap());
        let (first, _second) = (place("203.0.113.1").unwrap(), place("203.0.113.1").unwrap());
        assert!(place("203.0.113.1").is_none());
        assert!(place("::ffff:203.0.113.1").is_none());
        let other = place("203.0.113.2");
        assert!(other.is_some());
        let (_one, _two) = (place("2001:db8::1").unwrap(), place("2001:db8::2").unwrap());
        assert!(place("2001:db8::3").is_none(), "the same /64");
        drop(first);
        assert!(place("203.0.113.1").is_some(), "a place is free again");
    }

    #[test]
    fn proxies_and_the_same_machine_speak_for_many_clients() {
        let connections = connections();
        for address in ["203.0.113.7", "127.0.0.1", "::1"] {
            let places = (0..5).map(|_| connections.place(address.parse().unwrap()));
            assert_eq!(places.collect::<Vec<_>>().iter().flatten().count(), 5);
        }
    }

    #[tokio::test]
    async fn waiting_connections_are_closed() {
        let (connections, (_client, server)) = (connections(), pair().await);
        let mut stream = connections.admit(server).unwrap();
        connections.end_idle_now(Duration::from_secs(60));
        assert_eq!(closed(&mut stream).await, None, "closed too early");
        let answering = stream.connection().begin_request();
        connections.end_idle_now(Duration::ZERO);
        assert_eq!(closed(&mut stream).await, None, "closed too early");
        drop(answering);
        connections.end_idle_now(Duration::ZERO);
        let aborted = Some(io::ErrorKind::ConnectionAborted);
        assert_eq!(closed(&mut stream).await, aborted);
        assert_eq!(count(&connections), 0);
    }

    #[tokio::test]
    async fn a_waiting_task_notices_the_end_at_once() {
        let (connections, (_client, server)) = (connections(), pair().await);
        let mut stream = connections.admit(server).unwrap();
        let reading = tokio::spawn(async move { stream.read(&mut [0]).await });
        tokio::time::sleep(Duration::from_millis(50)).await;
        connections.end_idle_now(Duration::ZERO);
        let read = tokio::time::timeout(Duration::from_secs(2), reading).await;
        assert!(read.unwrap().unwrap().is_err());
    }

    #[tokio::test]
    async fn abandoned_connections_are_closed_soon() {
        let (connections, (_client, server)) = (connections(), pair().await);
        let mut stream = connections.admit(server).unwrap();
        stream.connection().begin_request().abandon();
        connections.end_idle_now(Duration::from_secs(60));
        assert_eq!(closed(&mut stream).await, None, "before it could be read");
        tokio::time::sleep(connection::LINGER).await;
        connections.end_idle_now(Duration::from_secs(60));
        assert!(closed(&mut stream).await.is_some());
    }

    #[tokio::test]
    async fn closed_connections_are_dropped() {
        let (connections, (mut client, server)) = (connections(), pair().await);
        drop(connections.admit(server).unwrap());
        assert_eq!(client.read(&mut [0]).await.unwrap(), 0);
        connections.end_idle_now(Duration::from_secs(60));
        assert_eq!(count(&connections), 0);
        assert_eq!(lock(&connections.0.open).count(), 0);
    }

    #[tokio::test]
    async fn unread_answers_are_dropped_and_slow_readers_are_not() {
        for (reads, is_closed) in [(false, true), (true, false)] {
            let (connections, (mut client, server)) = (connections(), pair().await);
            let mut stream = connections.admit(server).unwrap();
            let connection = Arc::clone(stream.connection());
            let _in_flight = connection.begin_request();
            let writing = tokio::spawn(async move { stream.write_all(&vec![0; 64 << 20]).await });
            let patience = connection::UNREAD_PATIENCE + Duration::from_secs(1);
            let until = Instant::now() + patience;
            let mut buffer = vec![0; 256 << 10];
            while Instant::now() < until {
                if reads {
                    client.read_exact(&mut buffer).await.unwrap();
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            connections.end_idle_now(Duration::from_secs(60));
            tokio::time::sleep(Duration::from_millis(200)).await;
            assert_eq!(writing.is_finished(), is_closed, "reads: {reads}");
        }
    }
}
