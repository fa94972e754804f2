//! How a cache is doing, as operators see it.

use std::borrow::Cow;

use serde::Serialize;
use sojourn_application::ports::{CacheCounts, CacheReport, Shelf};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

/// The state of a cache.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CacheReport)]
pub struct CacheReportDto {
    /// What keeps the answers: `memory`, `redis`, or `none`.
    #[schema(example = "memory")]
    pub backend: &'static str,
    /// Whether it answers now. One that does not is passed over.
    pub available: bool,
    /// One row a kind of answer.
    pub counts: Vec<CacheCountsDto>,
}

/// How often answers of one kind were kept.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = CacheCounts)]
pub struct CacheCountsDto {
    /// The kind.
    #[schema(value_type = ShelfWord)]
    pub shelf: &'static str,
    /// Answered from the cache.
    pub hits: u64,
    /// Made anew.
    pub misses: u64,
    /// Found under our name, and not what we keep there; counted among the misses too.
    pub garbage: u64,
}

/// Schema of [`Shelf`].
#[derive(Debug)]
pub struct ShelfWord;

impl PartialSchema for ShelfWord {
    fn schema() -> RefOr<Schema> {
        let words = Shelf::ALL.map(Shelf::as_str);
        ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(words))
            .into()
    }
}

impl ToSchema for ShelfWord {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("ShelfWord")
    }
}

impl From<&CacheCounts> for CacheCountsDto {
    fn from(counts: &CacheCounts) -> Self {
        let CacheCounts {
            shelf,
            hits,
            misses,
            garbage,
        } = *counts;
        Self {
            shelf: shelf.as_str(),
            hits,
            misses,
            garbage,
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
