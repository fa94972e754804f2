//! Suspension, unlisting and erasure are effective on every server.

use serde_json::{Value, json};
use sojourn_tests::{Client, Member, PASSWORD};

use super::support::cluster::{Cluster, PATIENT, ids};
use super::support::fixtures::{listed, page};

const REASON: &str = "a test";

/// True if the property is visible on page and search, equally on both servers.
fn seen(cluster: &Cluster, place: &str) -> bool {
    let all = cluster.servers().map(|server| {
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

fn refused(cluster: &Cluster, member: &Member) {
    for client in cluster.both(&member.client) {
        client
            .get("/v1/users/me")
            .expect_problem(401, "token_invalid");
    }
    for server in cluster.servers() {
        server.log_in(&member.email, PASSWORD).expect(401);
        let refresh = json!({"refresh_token": member.refresh_token});
        server
            .client()
            .post("/v1/auth/refresh", &refresh)
            .expect(401);
    }
}

#[test]
fn host_suspension_is_effective_on_every_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (host, operator) = (cluster.one.sign_up_member("host"), cluster.other.operator());
    let place = listed(&host.client);
    for _ in 0..2 {
        assert!(seen(&cluster, &place));
        for client in cluster.both(&host.client) {
            client.get("/v1/users/me").expect(200);
        }
    }
    decide(&operator, &format!("users/{}", host.id), "suspend");
    refused(&cluster, &host);
    assert!(!seen(&cluster, &place));
    let operator = operator.at(&cluster.one.url);
    decide(&operator, &format!("users/{}", host.id), "reinstate");
    decide(&operator, &format!("properties/{place}"), "reinstate");
    assert!(!seen(&cluster, &place));
    let back = cluster
        .other
        .log_in_as(&host.email, PASSWORD)
        .client
        .at(&cluster.one.url);
    back.post(&format!("{}/publish", page(&place)), &Value::Null)
        .expect(200);
    assert!(seen(&cluster, &place));
}

#[test]
fn unlisted_property_is_hidden_on_every_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let (host, operator) = (cluster.one.sign_up("host"), cluster.other.operator());
    let place = listed(&host);
    let [here, there] = cluster.both(&host);
    let by_host = |client: &Client, verb: &str| {
        client
            .post(&format!("{}/{verb}", page(&place)), &Value::Null)
            .expect(200);
    };
    assert!(seen(&cluster, &place) && seen(&cluster, &place));
    for client in [&here, &there] {
        by_host(client, "unpublish");
        assert!(!seen(&cluster, &place) && !seen(&cluster, &place));
        by_host(client, "publish");
        assert!(seen(&cluster, &place) && seen(&cluster, &place));
    }
    for client in cluster.both(&operator) {
        decide(&client, &format!("properties/{place}"), "suspend");
        assert!(!seen(&cluster, &place) && !seen(&cluster, &place));
        decide(&client, &format!("properties/{place}"), "reinstate");
        assert!(!seen(&cluster, &place), "its host publishes it again");
        by_host(&here, "publish");
        assert!(seen(&cluster, &place) && seen(&cluster, &place));
    }
    here.delete(&page(&place)).expect(204);
    assert!(!seen(&cluster, &place));
}

#[test]
fn erased_account_is_gone_on_every_server() {
    let Some(cluster) = Cluster::start(&[PATIENT]) else {
        return;
    };
    let member = cluster.one.sign_up_member("ana");
    let profile = format!("/v1/users/{}", member.id);
    for server in cluster.servers().into_iter().cycle().take(4) {
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
        .at(&cluster.other.url)
        .delete(&profile)
        .expect(204);
    refused(&cluster, &member);
    for server in cluster.servers() {
        let after = server.client().get(&profile);
        assert!(
            !after.text.contains("ana"),
            "{} {}",
            after.status,
            after.text
        );
    }
}
