//! Searches for listed properties.

mod by_price;
mod find;
mod hit_filter;
mod request;
mod similar;
mod summary;

pub use find::search;
pub use hit_filter::{MOST_COUNTED, SearchResult};
pub use request::{SearchError, SearchRequest};
pub use similar::similar;
pub use summary::{Cluster, PriceHistogram, SearchSummary, summarise};
