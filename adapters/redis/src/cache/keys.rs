//! Where things are in Redis. The number in each name is that of the layout: a build with another one does not read them.

use sojourn_application::ports::{CacheKey, Topic};

/// The token that every answer depends on.
pub(crate) const EPOCH: &str = "sojourn:1:epoch";

/// The token of a topic.
pub(crate) fn topic(topic: &Topic) -> String {
    match topic {
        Topic::Property(id) => format!("sojourn:1:topic:property:{id}"),
        Topic::Profile(id) => format!("sojourn:1:topic:profile:{id}"),
        Topic::Search => "sojourn:1:topic:search".to_owned(),
        Topic::Session(id) => format!("sojourn:1:topic:session:{id}"),
        Topic::SessionsOf(id) => format!("sojourn:1:topic:sessions-of:{id}"),
    }
}

/// An answer.
pub(crate) fn answer(key: &CacheKey) -> String {
    format!("sojourn:1:answer:{}:{}", key.shelf.as_str(), key.name)
}

/// The tokens that an answer depends on, the epoch first.
pub(crate) fn tokens(topics: &[Topic]) -> Vec<String> {
    std::iter::once(EPOCH.to_owned())
        .chain(topics.iter().map(topic))
        .collect()
}
