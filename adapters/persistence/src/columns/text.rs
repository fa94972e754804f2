//! Free text.

/// Text for a column, without NUL characters, which PostgreSQL does not store.
pub(crate) fn to_db(text: &str) -> String {
    text.replace('\0', "")
}
