//! Persisted queries: documents that are sent once and known by their hash from then on.

use std::fmt::Write as _;
use std::sync::Arc;

use moka::sync::Cache;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use sojourn_application::{Failure, FailureKind};

use crate::context::{ApiError, ApiResult};

/// Maximum length of all documents, in bytes.
const CAPACITY: u64 = 8 * 1024 * 1024;

/// Documents by their hash. One that is not known is sent again by the client, with its text.
#[derive(Clone)]
pub(crate) struct PersistedQueries(Cache<String, Arc<str>>);

impl Default for PersistedQueries {
    fn default() -> Self {
        let length = |_: &String, text: &Arc<str>| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let cache = Cache::builder().max_capacity(CAPACITY);
        Self(cache.weigher(length).build())
    }
}

impl PersistedQueries {
    /// The text of a document, which is remembered if it came with its hash.
    ///
    /// # Errors
    /// No text and no known hash, or a hash of another text.
    pub(crate) fn resolve(
        &self,
        query: Option<String>,
        extensions: Option<&Map<String, Value>>,
    ) -> ApiResult<String> {
        let persisted = extensions.and_then(|all| all.get("persistedQuery"));
        let Some(persisted) = persisted else {
            return query.ok_or_else(|| ApiError::malformed("`query` is missing."));
        };
        let hash = persisted["sha256Hash"].as_str();
        let Some(hash) = hash.filter(|_| persisted["version"] == 1) else {
            return Err(ApiError::malformed("`persistedQuery` is not of version 1."));
        };
        match query {
            Some(text) if hash_of(&text) == hash => {
                self.0.insert(hash.to_owned(), text.as_str().into());
                Ok(text)
            }
            Some(_) => Err(ApiError::malformed(
                "`sha256Hash` is not the hash of `query`.",
            )),
            None => {
                let known = self.0.get(hash);
                known.map(|text| text.to_string()).ok_or_else(|| {
                    let (code, detail) = ("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
                    ApiError::new(Failure::new(FailureKind::Invalid, code, detail))
                })
            }
        }
    }
}

/// SHA-256 of a text, in hexadecimal.
fn hash_of(text: &str) -> String {
    let digest = Sha256::digest(text.as_bytes());
    digest.iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _written = write!(hex, "{byte:02x}");
        hex
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_document_is_known_by_its_hash_once_it_was_sent() {
        let queries = PersistedQueries::default();
        let extensions = |hash: &str| {
            let persisted = json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
            persisted.as_object().cloned().unwrap()
        };
        let hash = hash_of("{ me { id } }");
        let code = |result: ApiResult<String>| result.unwrap_err().0.code.into_owned();
        let unknown = queries.resolve(None, Some(&extensions(&hash)));
        assert_eq!(code(unknown), "PERSISTED_QUERY_NOT_FOUND");
        let text = || "{ me { id } }".to_owned();
        let forged = queries.resolve(Some(text()), Some(&extensions(&hash_of("{ a }"))));
        assert_eq!(code(forged), "malformed_request");
        let sent = queries.resolve(Some(text()), Some(&extensions(&hash)));
        assert_eq!(sent, Ok(text()));
        assert_eq!(queries.resolve(None, Some(&extensions(&hash))), Ok(text()));
        assert_eq!(code(queries.resolve(None, None)), "malformed_request");
    }
}
