//! Concurrent misses for one key cause one database query.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use async_trait::async_trait;
use chrono::NaiveDate;
use sojourn_domain::property::{
    Calendar, CalendarChange, CalendarCommitError, Property, PropertyChange, PropertyDeletion,
    PropertyDeletionError, PropertyRepository,
};
use sojourn_domain::shared::{CommitError, PropertyId, RepositoryError};
use sojourn_tests::{Server, ServerOptions, TestRedis};

use super::support::cluster::{Folder, PATIENT, postgres};
use super::support::fixtures::{listed, page, price};

const CLIENTS: usize = 50;

/// Slow repository that counts its reads. The delay lets all concurrent requests arrive before the first is answered.
struct CountingRepository {
    inner: Arc<dyn PropertyRepository>,
    read: Arc<AtomicUsize>,
}

const SLOW: Duration = Duration::from_millis(700);

#[async_trait]
impl PropertyRepository for CountingRepository {
    async fn get(&self, id: PropertyId) -> Result<Option<Property>, RepositoryError> {
        self.read.fetch_add(1, Ordering::SeqCst);
        tokio::time::sleep(SLOW).await;
        self.inner.get(id).await
    }

    async fn get_many(&self, ids: &[PropertyId]) -> Result<Vec<Property>, RepositoryError> {
        self.inner.get_many(ids).await
    }

    async fn commit(&self, change: PropertyChange) -> Result<(), CommitError> {
        self.inner.commit(change).await
    }

    async fn delete(&self, deletion: PropertyDeletion) -> Result<(), PropertyDeletionError> {
        self.inner.delete(deletion).await
    }

    async fn calendar(
        &self,
        id: PropertyId,
        from: NaiveDate,
        to: NaiveDate,
    ) -> Result<Calendar, RepositoryError> {
        self.inner.calendar(id, from, to).await
    }

    async fn commit_calendar(
        &self,
        id: PropertyId,
        change: CalendarChange,
    ) -> Result<(), CalendarCommitError> {
        self.inner.commit_calendar(id, change).await
    }
}

/// Requests a page fifty times at once across these servers; the number of cache hits.
fn concurrent_hits(servers: &[&Server], path: &str) -> usize {
    let start = Barrier::new(CLIENTS);
    thread::scope(|scope| {
        let all: Vec<_> = (0..CLIENTS)
            .map(|n| {
                let (client, start) = (servers[n % servers.len()].client(), &start);
                scope.spawn(move || {
                    start.wait();
                    client.get(path).expect(200)
                })
            })
            .collect();
        let answers: Vec<_> = all.into_iter().map(|one| one.join().unwrap()).collect();
        assert!(answers.iter().all(|answer| answer.text == answers[0].text));
        answers
            .iter()
            .filter(|answer| answer.header("cache-status") == Some("sojourn; hit"))
            .count()
    })
}

#[test]
fn concurrent_cache_misses_load_once_per_server() {
    let Some(database) = postgres() else { return };
    let Some(redis) = TestRedis::start() else {
        return;
    };
    let (folder, read, url) = (Folder::new(), Arc::new(AtomicUsize::new(0)), redis.url());
    let variables = [PATIENT, ("REDIS_URL", url.as_str())];
    let counted = || {
        let read = Arc::clone(&read);
        let start = ServerOptions {
            folder: Some(&folder.0),
            variables: &variables,
            ..ServerOptions::default()
        };
        Server::decorated(
            &database,
            start,
            Arc::new(move |mut ports| {
                ports.properties = Arc::new(CountingRepository {
                    inner: ports.properties,
                    read: Arc::clone(&read),
                });
                ports
            }),
        )
    };
    let (one, other) = (counted(), counted());
    let host = one.sign_up("host");
    let place = listed(&host);
    let path = page(&place);
    let reads = |servers: &[&Server]| {
        read.store(0, Ordering::SeqCst);
        let hits = concurrent_hits(servers, &path);
        (read.load(Ordering::SeqCst), hits)
    };
    assert_eq!(reads(&[&one]), (1, 0), "cold on one server");
    assert_eq!(reads(&[&one, &other]), (0, CLIENTS), "kept, and for both");
    host.patch(&path, &price(12_345)).expect(200);
    let (again, _) = reads(&[&one, &other]);
    assert!(
        (1..=2).contains(&again),
        "cold on two servers: read {again} times"
    );
    redis.ask(&["FLUSHALL"]).unwrap();
    let (again, _) = reads(&[&one, &other]);
    assert!(
        (1..=2).contains(&again),
        "after Redis lost everything: read {again} times"
    );
}
