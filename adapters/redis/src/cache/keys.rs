//! Names of Redis keys. They contain the number of the layout: a build with another layout does not read them.

use sojourn_application::ports::{CacheKey, Topic};

/// Key of the version that every value depends on.
pub(crate) const EPOCH: &str = "sojourn:1:epoch";

/// Key of the version of a tag.
pub(crate) fn tag_version(tag: &Topic) -> String {
    match tag {
        Topic::Property(id) => format!("sojourn:1:topic:property:{id}"),
        Topic::Profile(id) => format!("sojourn:1:topic:profile:{id}"),
        Topic::Search => "sojourn:1:topic:search".to_owned(),
        Topic::Session(id) => format!("sojourn:1:topic:session:{id}"),
        Topic::SessionsOf(id) => format!("sojourn:1:topic:sessions-of:{id}"),
    }
}

/// Key of a value.
pub(crate) fn value(key: &CacheKey) -> String {
    format!("sojourn:1:answer:{}:{}", key.shelf.as_str(), key.name)
}

/// Keys of the versions that a value depends on, the epoch first.
pub(crate) fn versions(tags: &[Topic]) -> Vec<String> {
    std::iter::once(EPOCH.to_owned())
        .chain(tags.iter().map(tag_version))
        .collect()
}
