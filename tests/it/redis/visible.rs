//! What each of several people is shown of the same things.

use serde_json::{Value, json};
use sojourn_tests::{Answer, Client, Member};

use super::pair::Pair;
use super::places::{booked, draft, listed, page};

/// The note of a guest to their host, which nobody else reads.
pub const NOTE: &str = "The key was under the mat.";

/// People who may see different things of the same place.
pub struct World {
    pub host: Member,
    pub guest: Member,
    /// Somebody who looks, and who that is.
    pub people: Vec<(&'static str, Client)>,
    pub place: String,
    pub draft: String,
}

/// What somebody is shown: of a refusal, what kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    pub status: u16,
    pub text: String,
    pub tag: Option<String>,
}

impl Seen {
    pub fn of(answer: &Answer) -> Self {
        let text = if answer.status < 400 {
            answer.text.clone()
        } else {
            answer.at("/code")
        };
        Self {
            status: answer.status,
            text,
            tag: answer.header("etag").map(str::to_owned),
        }
    }
}

impl World {
    /// A host with a place and a draft, a guest who stayed and is about to come again, and strangers.
    pub fn build(pair: &Pair) -> Self {
        let (host, guest) = (pair.one.join_as("host"), pair.one.join_as("guest"));
        let (place, draft) = (listed(&host.client), draft(&host.client));
        let over = booked(&guest.client, &place, 0);
        for verb in ["check-in", "check-out"] {
            guest
                .client
                .post(&format!("/v1/bookings/{over}/{verb}"), &Value::Null)
                .expect(200);
        }
        for client in [&guest.client, &host.client] {
            let said = json!({
                "booking_id": over, "rating": 4, "public_comment": "A good stay.", "private_note": NOTE,
            });
            client.post("/v1/reviews/", &said).expect(201);
        }
        booked(&guest.client, &place, 40);
        let people = vec![
            ("nobody", pair.one.client()),
            ("stranger", pair.one.join("stranger")),
            ("guest", guest.client.clone()),
            ("host", host.client.clone()),
            ("operator", pair.one.operator()),
        ];
        Self {
            host,
            guest,
            people,
            place,
            draft,
        }
    }

    /// Everything that is kept for some, and what only one may see.
    pub fn paths(&self) -> Vec<String> {
        let (host, guest) = (&self.host.id, &self.guest.id);
        vec![
            page(&self.place),
            page(&self.draft),
            "/v1/properties/?city=Albany".to_owned(),
            format!("/v1/properties/?host_id={host}"),
            format!("{}/reviews", page(&self.place)),
            format!("/v1/users/{host}"),
            format!("/v1/users/{guest}"),
            "/v1/users/me".to_owned(),
            "/v1/bookings/".to_owned(),
        ]
    }
}
