//! Pagination.

/// Request for a page of a list. The position is the sort key and id of the last row of the
/// previous page, so that insertions and deletions do not shift it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct PageRequest {
    /// Maximum number of rows, 1–100.
    pub limit: u32,
    /// Position of the last row of the previous page; the first page when absent.
    pub after: Option<String>,
}

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub struct Page<T> {
    /// The rows.
    pub data: Vec<T>,
    /// Position for the next page; absent on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// Maps the rows of the page.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        Page {
            data: self.data.into_iter().map(f).collect(),
            next: self.next,
        }
    }
}
