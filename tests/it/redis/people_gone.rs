//! Who is suspended or erased is gone from both servers.

use serde_json::{Value, json};
use sojourn_tests::{Client, Member, PASSWORD};

use super::pair::{PATIENT, Pair, ids};
use super::places::{listed, page};

const REASON: &str = "a test";

/// Looked at until it is kept, by everybody who looks on any server.
fn seen(pair: &Pair, place: &str) -> bool {
    let all = pair.servers().map(|server| {
        let anonymous = server.client();
        let page = anonymous.get(&page(place)).status;
        let kept = anonymous.get("/v1/properties/?city=Albany").expect(200);
        let found = ids(&kept.json()).contains(&place.to_owned());
        assert_eq!(
            found,
            page == 200,
            "page and search on {}: {page} {}",
            server.url,
            kept.text
        );
        found
    });
    assert_eq!(all[0], all[1]);
    all[0]
}

fn decide(operator: &Client, what: &str, verb: &str) {
    operator
        .post(
            &format!("/v1/admin/{what}/{verb}"),
            &json!({"reason": REASON}),
        )
        .expect(200);
}

fn refused(pair: &Pair, member: &Member) {
    for client in pair.both(&member.client) {
        client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
    }
    for server in pair.servers() {
        server.log_in(&member.email, PASSWORD).expect(401);
        let refresh = json!({"refresh_token": member.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &refresh)
            .expect(401);
    }
}

#[test]
fn a_suspended_host_is_out_and_their_places_are_gone_on_both() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let (host, operator) = (pair.one.join_as("host"), pair.other.operator());
    let place = listed(&host.client);
    for _ in 0..2 {
        assert!(seen(&pair, &place));
        for client in pair.both(&host.client) {
            client.get("/v1/users/me").expect(200);
        }
    }
    decide(&operator, &format!("users/{}", host.id), "suspend");
    refused(&pair, &host);
    assert!(!seen(&pair, &place));
    let operator = operator.at(&pair.one.url);
    decide(&operator, &format!("users/{}", host.id), "reinstate");
    decide(&operator, &format!("properties/{place}"), "reinstate");
    assert!(!seen(&pair, &place));
    let back = pair
        .other
        .log_in_as(&host.email, PASSWORD)
        .client
        .at(&pair.one.url);
    back.post(&format!("{}/publish", page(&place)), &Value::Null)
        .expect(200);
    assert!(seen(&pair, &place));
}

#[test]
fn a_place_that_is_taken_down_is_gone_from_page_and_search_on_both() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let (host, operator) = (pair.one.join("host"), pair.other.operator());
    let place = listed(&host);
    let [here, there] = pair.both(&host);
    let by_host = |client: &Client, verb: &str| {
        client
            .post(&format!("{}/{verb}", page(&place)), &Value::Null)
            .expect(200);
    };
    assert!(seen(&pair, &place) && seen(&pair, &place));
    for client in [&here, &there] {
        by_host(client, "unpublish");
        assert!(!seen(&pair, &place) && !seen(&pair, &place));
        by_host(client, "publish");
        assert!(seen(&pair, &place) && seen(&pair, &place));
    }
    for client in pair.both(&operator) {
        decide(&client, &format!("properties/{place}"), "suspend");
        assert!(!seen(&pair, &place) && !seen(&pair, &place));
        decide(&client, &format!("properties/{place}"), "reinstate");
        assert!(!seen(&pair, &place), "its host publishes it again");
        by_host(&here, "publish");
        assert!(seen(&pair, &place) && seen(&pair, &place));
    }
    here.delete(&page(&place)).expect(204);
    assert!(!seen(&pair, &place));
}

#[test]
fn who_erases_their_account_is_gone_from_both() {
    let Some(pair) = Pair::start(&[PATIENT]) else {
        return;
    };
    let member = pair.one.join_as("ana");
    let profile = format!("/v1/users/{}", member.id);
    for server in pair.servers().into_iter().cycle().take(4) {
        assert_eq!(
            server.client().get(&profile).expect(200).at("/first_name"),
            "ana"
        );
        member
            .client
            .at(&server.url)
            .get("/v1/users/me")
            .expect(200);
    }
    member
        .client
        .at(&pair.other.url)
        .delete(&profile)
        .expect(204);
    refused(&pair, &member);
    for server in pair.servers() {
        let after = server.client().get(&profile);
        assert!(
            !after.text.contains("ana"),
            "{} {}",
            after.status,
            after.text
        );
    }
}
