//! Answers kept for a while.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use sojourn_domain::shared::{PropertyId, SessionId, UserId};

/// What an answer depends on: when it changes, every answer that names it is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Topic {
    /// A property: what its host says, its status, its rating, its published reviews.
    Property(PropertyId),
    /// What everybody may know of an account.
    Profile(UserId),
    /// Which properties there are, what they cost, and which of their nights are free.
    Search,
    /// A login session.
    Session(SessionId),
    /// All sessions of an account.
    SessionsOf(UserId),
}

/// What kind of answer it is. Each is counted by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Shelf {
    /// A property as strangers see it.
    Properties,
    /// An account as strangers see it.
    Profiles,
    /// A page of a property's reviews as strangers see it.
    Reviews,
    /// A page of a search.
    Searches,
    /// A login session.
    Sessions,
}

impl Shelf {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Properties,
        Self::Profiles,
        Self::Reviews,
        Self::Searches,
        Self::Sessions,
    ];

    /// The word for it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Profiles => "profiles",
            Self::Reviews => "reviews",
            Self::Searches => "searches",
            Self::Sessions => "sessions",
        }
    }
}

/// Names an answer, and what it depends on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheKey {
    /// Its kind.
    pub shelf: Shelf,
    /// Its name among its kind: an id, or a query.
    pub name: String,
    /// What it depends on. The same name always depends on the same.
    pub topics: Vec<Topic>,
}

/// How an answer came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Freshness {
    /// It was kept.
    Hit,
    /// It was made anew.
    Miss,
}

/// Makes an answer; nothing when there is none that may be kept.
pub type Load<'a> = Pin<Box<dyn Future<Output = Option<Arc<[u8]>>> + Send + 'a>>;

/// How often answers of one kind were kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheCounts {
    /// The kind.
    pub shelf: Shelf,
    /// Answered from the cache.
    pub hits: u64,
    /// Made anew.
    pub misses: u64,
    /// Found under our name, and not what we keep there; counted among the misses too.
    pub garbage: u64,
}

/// The state of a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheReport {
    /// What keeps the answers: `memory` or `redis`.
    pub backend: &'static str,
    /// Whether it answers now. One that does not is passed over.
    pub available: bool,
    /// One row a kind.
    pub counts: Vec<CacheCounts>,
}

/// Keeps answers for a while. It never fails: what cannot be kept is made anew each time.
#[async_trait]
pub trait Cache: Send + Sync {
    /// The answer that is kept under the key, or else the one that `load` makes, which is kept if none of its topics
    /// changed since `load` began. Of those who miss the same key at once, one loads and the others wait for it.
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness);

    /// Forgets every answer that depends on one of these. To be called after the change is committed, also when
    /// nobody knows whether it was.
    async fn forget(&self, topics: &[Topic]);

    /// Forgets everything.
    async fn forget_all(&self);

    /// How it is doing.
    fn report(&self) -> CacheReport;
}

/// Keeps nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCache;

#[async_trait]
impl Cache for NoCache {
    async fn get_or_load(&self, _: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, Freshness) {
        (load.await, Freshness::Miss)
    }

    async fn forget(&self, _: &[Topic]) {}

    async fn forget_all(&self) {}

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "none",
            available: true,
            counts: Vec::new(),
        }
    }
}
