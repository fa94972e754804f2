//! Searches for listed properties.

mod find;
mod similar;
mod summary;

pub use find::{SearchError, SearchRequest, SearchResult, search};
pub use similar::similar;
pub use summary::{Cluster, MOST_COUNTED, PriceHistogram, SearchSummary, summarise};
