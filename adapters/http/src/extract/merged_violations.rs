//! Violations of a form that is read and checked in two steps.

use sojourn_domain::shared::Violations;

/// Violations of unreadable fields, and of the check in all other fields.
pub(crate) fn merge_violations(mut unread: Violations, wrong: Violations) -> Violations {
    let known: Vec<String> = unread.iter().map(|it| it.pointer.clone()).collect();
    let below = |one: &str, other: &str| {
        one.strip_prefix(other)
            .is_some_and(|rest| rest.starts_with('/'))
    };
    for more in wrong.into_vec() {
        let is_placeholder = |known: &String| {
            *known == more.pointer || below(known, &more.pointer) || below(&more.pointer, known)
        };
        if !known.iter().any(is_placeholder) {
            unread.add(more.pointer, more.code, more.detail);
        }
    }
    unread
}
