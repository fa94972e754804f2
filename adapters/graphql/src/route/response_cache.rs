//! Cache of the answers to public queries.
//!
//! The tags of an answer are known only once it was made: the hosts of a page, for example. So the first answer to a
//! query is made without the cache, and its tags are remembered; the next one is cached with these tags, and a request
//! that finds it needs no more. An answer that turns out to depend on other tags than those remembered is not cached.
//! Tags that are remembered wrongly cost an answer from the cache, never a stale one.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use actix_web::http::StatusCode;
use actix_web::web::Bytes;
use sha2::{Digest, Sha256};
use sojourn_application::caching::keys;
use sojourn_application::ports::CacheTag;

use super::answer::Answer;
use super::execute::{Executed, Prepared};
use super::media::Media;
use crate::context::Call;
use crate::known_tags::Query;
use crate::observer::Outcome;
use crate::state::State;

/// Queries whose answers are the same for every caller without a token, and whose tags their fields note.
const PUBLIC: [&str; 8] = [
    "property",
    "properties",
    "places",
    "amenities",
    "searchSummary",
    "similarProperties",
    "user",
    "__typename",
];

/// The beginning of every answer that is cached.
const START: &[u8] = b"{\"data\":{";

/// A request that is executed once, by the cache or without it.
type Pending = Mutex<Option<(Call, Prepared)>>;

fn take(pending: &Pending) -> Option<(Call, Prepared)> {
    pending
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take()
}

/// Answers a request, from the cache if it is a public query of a caller without a token.
pub(super) async fn get_or_execute(
    state: &State,
    call: Call,
    prepared: Prepared,
    request_id: &str,
    media: Media,
) -> Answer {
    let Some(query) = digest_of(&call, &prepared) else {
        return prepared
            .execute(state, call, request_id, media)
            .await
            .answer;
    };
    let Some(known) = state.known_tags.of(&query) else {
        let executed = prepared.execute(state, call, request_id, media).await;
        remember(state, query, &executed);
        return executed.answer;
    };
    let cache = Arc::clone(&call.ports.cache);
    let key = keys::query(name_of(&query, &known), known.to_vec());
    let operation = prepared.operation.clone();
    let began = Instant::now();
    let pending: Pending = Mutex::new(Some((call, prepared)));
    let mut uncached = None;
    let load = async {
        let (call, prepared) = take(&pending)?;
        let executed = prepared.execute(state, call, request_id, media).await;
        let covered = executed.tags.iter().all(|tag| known.contains(tag));
        if covered && executed.is_complete {
            return Some(Arc::from(executed.answer.body.as_ref()));
        }
        remember(state, query, &executed);
        uncached = Some(executed.answer);
        None
    };
    let (found, _) = cache.get_or_load(key, Box::pin(load)).await;
    match (found.filter(|body| body.starts_with(START)), uncached) {
        (Some(body), _) => {
            if take(&pending).is_some() {
                state.note(&operation, Outcome::Succeeded, began.elapsed());
            }
            Answer {
                status: StatusCode::OK,
                body: Bytes::from_owner(body),
            }
        }
        (None, Some(answer)) => answer,
        // Another request of the same query has failed, or the value is not one of this cache.
        (None, None) => match take(&pending) {
            Some((call, prepared)) => {
                let executed = prepared.execute(state, call, request_id, media).await;
                executed.answer
            }
            None => Answer::unavailable(request_id),
        },
    }
}

/// The digest of a query that may be cached.
fn digest_of(call: &Call, prepared: &Prepared) -> Option<Query> {
    let fields = &prepared.operation.fields;
    let is_public = prepared.is_query() && fields.iter().all(|it| PUBLIC.contains(&it.as_str()));
    if call.caller.is_some() || !is_public {
        return None;
    }
    let mut digest = Sha256::new();
    for part in prepared.identity()? {
        digest.update(part.len().to_be_bytes());
        digest.update(part);
    }
    Some(digest.finalize().into())
}

/// The name of an answer with these tags.
fn name_of(query: &Query, tags: &[CacheTag]) -> String {
    let mut digest = Sha256::new();
    digest.update(query);
    for tag in tags {
        digest.update(format!("{tag:?},"));
    }
    let digest = digest.finalize();
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn remember(state: &State, query: Query, executed: &Executed) {
    if executed.is_complete {
        state.known_tags.remember(query, &executed.tags);
    }
}
