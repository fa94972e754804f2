//! Timestamps as text.

use chrono::{DateTime, SecondsFormat, Utc};

/// Formats a timestamp (RFC 3339, UTC).
pub(crate) fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::AutoSi, true)
}
