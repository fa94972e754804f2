//! Cached responses.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use async_trait::async_trait;
use sojourn_domain::shared::{PropertyId, SessionId, UserId};

/// Cache tag: a change of its subject invalidates every cached response that carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CacheTag {
    /// A property: its details, status, rating and published reviews.
    Property(PropertyId),
    /// The public profile of an account.
    Profile(UserId),
    /// The set of listed properties, their prices and their free nights.
    Search,
    /// A login session.
    Session(SessionId),
    /// All sessions of an account.
    SessionsOf(UserId),
}

/// Cache namespace; each has its own counters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CacheNamespace {
    /// A property in its public view.
    Properties,
    /// An account in its public view.
    Profiles,
    /// A page of a property's reviews in its public view.
    Reviews,
    /// A page of search results.
    Searches,
    /// The answer to a public GraphQL query.
    Queries,
    /// A login session.
    Sessions,
}

impl CacheNamespace {
    /// All namespaces.
    pub const ALL: [Self; 6] = [
        Self::Properties,
        Self::Profiles,
        Self::Reviews,
        Self::Searches,
        Self::Queries,
        Self::Sessions,
    ];

    /// The stored word.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Properties => "properties",
            Self::Profiles => "profiles",
            Self::Reviews => "reviews",
            Self::Searches => "searches",
            Self::Queries => "queries",
            Self::Sessions => "sessions",
        }
    }
}

/// Key of a cached response, with its tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheKey {
    /// The namespace.
    pub namespace: CacheNamespace,
    /// Name within the namespace: an id or a query.
    pub name: String,
    /// Tags of the response; always the same for the same name.
    pub tags: Vec<CacheTag>,
}

/// Cache status of a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CacheStatus {
    /// Served from the cache.
    Hit,
    /// Computed for this request.
    Miss,
}

/// Computes a response; `None` if there is none to cache.
pub type Load<'a> = Pin<Box<dyn Future<Output = Option<Arc<[u8]>>> + Send + 'a>>;

/// Hit and miss counts of one namespace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheCounts {
    /// The namespace.
    pub namespace: CacheNamespace,
    /// Responses served from the cache.
    pub hits: u64,
    /// Responses computed for a request.
    pub misses: u64,
    /// Unreadable entries found under a cache key; also counted as misses.
    pub foreign: u64,
}

/// State of a cache.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CacheReport {
    /// Backend: `memory` or `redis`.
    pub backend: &'static str,
    /// True if the backend currently responds; otherwise it is bypassed.
    pub available: bool,
    /// One item per namespace.
    pub counts: Vec<CacheCounts>,
}

/// Response cache. It never fails: a response that cannot be cached is computed for each request.
#[async_trait]
pub trait Cache: Send + Sync {
    /// Returns the cached response for the key, or runs `load` and caches its result unless one of
    /// its tags was invalidated since `load` began. Of concurrent misses for one key, one loads and
    /// the others wait for its result.
    async fn get_or_load(&self, key: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus);

    /// Invalidates every response with one of these tags. Call it after each commit, including
    /// commits whose outcome is unknown.
    async fn invalidate(&self, tags: &[CacheTag]);

    /// Clears the cache.
    async fn clear(&self);

    /// State and counters.
    fn report(&self) -> CacheReport;
}

/// A cache that caches nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoCache;

#[async_trait]
impl Cache for NoCache {
    async fn get_or_load(&self, _: CacheKey, load: Load<'_>) -> (Option<Arc<[u8]>>, CacheStatus) {
        (load.await, CacheStatus::Miss)
    }

    async fn invalidate(&self, _: &[CacheTag]) {}

    async fn clear(&self) {}

    fn report(&self) -> CacheReport {
        CacheReport {
            backend: "none",
            available: true,
            counts: Vec::new(),
        }
    }
}
