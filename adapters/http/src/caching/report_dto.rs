//! The cache report as JSON.

use std::borrow::Cow;

use serde::Serialize;
use sojourn_application::ports::{CacheCounts, CacheNamespace, CacheReport};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// State and counters of the cache.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CacheReport)]
pub struct CacheReportDto {
    /// Cache backend: `memory`, `redis` or `none`.
    #[schema(value_type = CacheBackendSchema)]
    pub backend: &'static str,
    /// True if the backend is available; an unavailable one is bypassed.
    pub available: bool,
    /// Counters per kind of response.
    pub counts: Vec<CacheCountsDto>,
}

/// Backend of the cache.
#[derive(Debug, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = CacheBackend)]
#[expect(dead_code, reason = "a schema, never constructed")]
pub enum CacheBackendSchema {
    /// The memory of the process.
    Memory,
    /// Redis, shared by all servers.
    Redis,
    /// No cache.
    None,
}

/// Cache counters of one kind of response.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CacheCounters)]
pub struct CacheCountsDto {
    /// Kind of response.
    #[schema(value_type = CacheNamespaceSchema)]
    #[serde(rename = "shelf")]
    pub namespace: &'static str,
    /// Responses served from the cache.
    pub hits: u64,
    /// Responses not found in the cache.
    pub misses: u64,
    /// Cache entries of an unknown format; also counted as misses.
    pub garbage: u64,
}

/// Schema of [`CacheNamespace`].
#[derive(Debug)]
pub struct CacheNamespaceSchema;

impl PartialSchema for CacheNamespaceSchema {
    fn schema() -> RefOr<Schema> {
        let values = CacheNamespace::ALL.map(CacheNamespace::as_str);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(values))
            .into()
    }
}

impl ToSchema for CacheNamespaceSchema {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("CacheNamespace")
    }
}

impl From<&CacheCounts> for CacheCountsDto {
    fn from(counts: &CacheCounts) -> Self {
        let CacheCounts {
            namespace,
            hits,
            misses,
            foreign,
        } = *counts;
        Self {
            namespace: namespace.as_str(),
            hits,
            misses,
            garbage: foreign,
        }
    }
}

impl From<CacheReport> for CacheReportDto {
    fn from(report: CacheReport) -> Self {
        let counts = report.counts.iter().map(Into::into).collect();
        Self {
            backend: report.backend,
            available: report.available,
            counts,
        }
    }
}
