//! Records that contradict themselves are refused.

use std::collections::BTreeMap;

use rstest::rstest;
use uuid::Uuid;

use crate::fixtures::{GUEST, HOST, at};
use crate::review::review::{Review, ReviewRecord, ReviewText, Subject};
use crate::review::scores::{Category, Scores};
use crate::shared::id::{PropertyId, ReviewId};

fn record() -> ReviewRecord {
    let published = at("2026-07-20T00:00:00Z");
    ReviewRecord {
        id: ReviewId::new(Uuid::from_u128(6)),
        booking_id: None,
        property_id: PropertyId::new(Uuid::from_u128(3)),
        reviewer_id: GUEST,
        addressee_id: HOST,
        subject: Subject::Property,
        text: ReviewText {
            scores: Scores {
                overall: 5,
                categories: BTreeMap::from([(Category::Location, 1)]),
            },
            public_comment: "Quiet".to_owned(),
            private_note: None,
        },
        response: Some("Thank you".to_owned()),
        window_ends_at: at("2026-07-28T00:00:00Z"),
        published_at: Some(published),
        respond_by: Some(at("2026-08-19T00:00:00Z")),
        created_at: published,
        updated_at: published,
        version: 2,
    }
}

#[test]
fn a_consistent_record_is_restored() {
    assert_eq!(Review::restore(record()).unwrap().into_record(), record());
}

#[rstest]
#[case(|it: &mut ReviewRecord| it.version = 0, "version is 0: the first version is 1")]
#[case(
    |it: &mut ReviewRecord| it.reviewer_id = HOST,
    "reviewer_id is 00000000-0000-0000-0000-000000000001: author and addressee differ"
)]
#[case(
    |it: &mut ReviewRecord| it.published_at = None,
    "respond_by is present: only a published review is answered"
)]
#[case(
    |it: &mut ReviewRecord| (it.published_at, it.respond_by) = (None, None),
    "response is present: only a published review is answered"
)]
#[case(
    |it: &mut ReviewRecord| it.text.scores.overall = 0,
    "text.scores is 0: each score is 1 to 5"
)]
#[case(
    |it: &mut ReviewRecord| { it.text.scores.categories.insert(Category::Value, 6); },
    "text.scores is 6: each score is 1 to 5"
)]
#[case(
    |it: &mut ReviewRecord| it.subject = Subject::Guest,
    "text.scores is location: it does not apply to reviews of a guest"
)]
fn a_record_that_contradicts_itself_is_refused(
    #[case] change: fn(&mut ReviewRecord),
    #[case] reason: &str,
) {
    let mut record = record();
    change(&mut record);
    assert_eq!(Review::restore(record).unwrap_err().to_string(), reason);
}
