//! The answers that different viewers get for the same resources.

use serde_json::json;
use sojourn_tests::{Answer, Client, Member};

use super::cluster::Cluster;
use super::fixtures::{book, draft, listed, page};

/// Private note of a guest to their host.
pub const NOTE: &str = "The key was under the mat.";

/// Clients with different permissions on one property.
pub struct Viewers {
    pub host: Member,
    pub guest: Member,
    /// Viewers by name.
    pub clients: Vec<(&'static str, Client)>,
    pub place: String,
    pub draft: String,
}

/// An answer as a viewer sees it: of an error, only its code.
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

impl Viewers {
    /// A host with a property and a draft, a guest with a past and an upcoming stay, and strangers.
    pub fn build(cluster: &Cluster) -> Self {
        let (host, guest) = (
            cluster.one.sign_up_member("host"),
            cluster.one.sign_up_member("guest"),
        );
        let (place, draft) = (listed(&host.client), draft(&host.client));
        let over = book(&guest.client, &place, 0);
        // Cancelled by the host on the day of arrival, so that it can be reviewed.
        host.client
            .post(&format!("/v1/bookings/{over}/cancel"), &json!({}))
            .expect(200);
        for client in [&guest.client, &host.client] {
            let said = json!({
                "booking_id": over, "rating": 4, "public_comment": "A good stay.", "private_note": NOTE,
            });
            client.post("/v1/reviews/", &said).expect(201);
        }
        book(&guest.client, &place, 40);
        let clients = vec![
            ("nobody", cluster.one.client()),
            ("stranger", cluster.one.sign_up("stranger")),
            ("guest", guest.client.clone()),
            ("host", host.client.clone()),
            ("operator", cluster.one.operator()),
        ];
        Self {
            host,
            guest,
            clients,
            place,
            draft,
        }
    }

    /// Paths of cached resources, and of resources with a single viewer.
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
