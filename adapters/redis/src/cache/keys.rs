//! Names of Redis keys. They contain the number of the layout: a build with another layout does not read them.

use sojourn_application::ports::{CacheKey, CacheTag};

use crate::tag_version::EPOCH;

/// Key of the version of a tag.
pub(crate) fn tag_version(tag: &CacheTag) -> String {
    match tag {
        CacheTag::Property(id) => format!("sojourn:1:topic:property:{id}"),
        CacheTag::Profile(id) => format!("sojourn:1:topic:profile:{id}"),
        CacheTag::Search => "sojourn:1:topic:search".to_owned(),
        CacheTag::Session(id) => format!("sojourn:1:topic:session:{id}"),
        CacheTag::SessionsOf(id) => format!("sojourn:1:topic:sessions-of:{id}"),
    }
}

/// Key of a value that is stored in this form.
pub(crate) fn value(form: &str, key: &CacheKey) -> String {
    let namespace = key.namespace.as_str();
    format!("sojourn:1:answer:{form}:{namespace}:{}", key.name)
}

/// Keys of the versions that a value depends on, the epoch first.
pub(crate) fn versions(tags: &[CacheTag]) -> Vec<String> {
    std::iter::once(EPOCH.to_owned())
        .chain(tags.iter().map(tag_version))
        .collect()
}
