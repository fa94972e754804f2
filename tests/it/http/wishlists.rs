//! Wish lists: saving, notes, sharing, limits.

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase, databases};

use super::listings::{CABIN, publish};

fn create(client: &Client, name: &str) -> String {
    let made = client.post("/v1/wishlists/", &json!({"name": name}));
    made.expect(201).at("/id")
}

fn ids(list: &Value) -> Vec<&str> {
    let ids = list["property_ids"].as_array().unwrap().iter();
    ids.map(|id| id.as_str().unwrap()).collect()
}

#[test]
fn properties_are_saved_noted_and_removed() {
    for database in databases() {
        println!("on {}", database.name);
        let server = Server::start(&database);
        let (host, guest) = (server.sign_up("host"), server.sign_up("guest"));
        let (lake, sea) = (publish(&host, &CABIN), publish(&host, &CABIN));
        let list = format!("/v1/wishlists/{}", create(&guest, "Lakes"));
        guest
            .put(&format!("{list}/items/{lake}"), &json!({"note": "Quiet"}))
            .expect(200);
        // Without a body there is no note.
        let saved = guest.send("PUT", &format!("{list}/items/{sea}"), &[], None);
        let saved = saved.expect(200).json();
        assert_eq!(ids(&saved), [sea.as_str(), lake.as_str()]);

        let items = guest.get(&format!("{list}/items?expand=property&limit=1"));
        let items = items.expect(200).json();
        assert_eq!(items["data"][0]["property_id"], sea.as_str());
        assert_eq!(items["data"][0]["property"]["id"], sea.as_str());
        assert_eq!(items["data"][0]["note"], Value::Null);
        let cursor = items["next_cursor"].as_str().unwrap();
        let rest = guest.get(&format!("{list}/items?cursor={cursor}"));
        let rest = rest.expect(200).json();
        assert_eq!(rest["data"][0]["note"], "Quiet");
        assert_eq!(rest["next_cursor"], Value::Null);

        // The lists that hold a property, for the mark beside it.
        create(&guest, "Empty");
        let holding = guest.get(&format!("/v1/wishlists/?property_id={lake}"));
        let holding = holding.expect(200).json();
        assert_eq!(holding["data"].as_array().unwrap().len(), 1);
        let all = guest.get("/v1/wishlists/").expect(200).json();
        assert_eq!(all["data"][0]["name"], "Empty");

        for _ in 0..2 {
            guest.delete(&format!("{list}/items/{sea}")).expect(204);
        }
        let renamed = guest.patch(&list, &json!({"name": "Rivers"})).expect(200);
        assert_eq!(
            (renamed.at("/name"), ids(&renamed.json()).len()),
            ("Rivers".into(), 1)
        );

        // What is no longer listed stays in the list, and is not shown.
        host.post(&format!("/v1/properties/{lake}/unpublish"), &Value::Null)
            .expect(200);
        let items = guest.get(&format!("{list}/items?expand=property"));
        let items = items.expect(200).json();
        assert_eq!(items["data"][0]["property_id"], lake.as_str());
        assert!(items["data"][0].get("property").is_none());
        guest
            .put(&format!("{list}/items/{lake}"), &json!({}))
            .expect_problem(404, "not_found");
        guest.delete(&list).expect(204);
        guest.get(&list).expect_problem(404, "not_found");
    }
}

#[test]
fn a_shared_list_is_read_by_its_token_until_it_is_no_longer_shared() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, guest, visitor) = (
        server.sign_up("host"),
        server.sign_up("guest"),
        server.client(),
    );
    let property = publish(&host, &CABIN);
    let id = create(&guest, "Lakes");
    let list = format!("/v1/wishlists/{id}");
    guest
        .put(
            &format!("{list}/items/{property}"),
            &json!({"note": "Quiet"}),
        )
        .expect(200);
    let share = format!("{list}/share");
    let token = guest
        .post(&share, &Value::Null)
        .expect(200)
        .at("/share_token");
    let again = guest.post(&share, &Value::Null).expect(200);
    assert_eq!(again.at("/share_token"), token);

    let path = format!("/v1/wishlists/shared?token={token}");
    let shared = visitor.get(&format!("{path}&expand=property")).expect(200);
    assert_eq!(shared.header("cache-control"), Some("no-store"));
    assert_eq!(shared.at("/name"), "Lakes");
    assert_eq!(shared.at("/data/0/note"), "Quiet");
    assert_eq!(shared.at("/data/0/property/address/city"), "Albany");
    // Neither the owner nor the list is named, and a visitor sees no exact place.
    let me = guest.get("/v1/users/me").expect(200).at("/id");
    assert!(!shared.text.contains(&me) && !shared.text.contains(&id));
    assert_eq!(
        shared.json()["data"][0]["property"]["address"]["line1"],
        Value::Null
    );

    guest.delete(&share).expect(204);
    visitor.get(&path).expect_problem(404, "not_found");
    let other = guest
        .post(&share, &Value::Null)
        .expect(200)
        .at("/share_token");
    assert_ne!(other, token);
    visitor
        .get("/v1/wishlists/shared?token=x")
        .expect_problem(404, "not_found");
    visitor
        .get("/v1/wishlists/shared")
        .expect_problem(422, "validation_failed");
}

#[test]
fn lists_and_their_texts_are_limited() {
    let server = Server::start(&TestDatabase::sqlite());
    let guest = server.sign_up("guest");
    for body in [
        json!({}),
        json!({"name": ""}),
        json!({"name": "a\nb"}),
        json!({"name": "a".repeat(101)}),
    ] {
        let refused = guest.post("/v1/wishlists/", &body);
        let refused = refused.expect_problem(422, "validation_failed");
        assert_eq!(refused.at("/errors/0/pointer"), "/name");
    }
    let lists: Vec<_> = (0..50)
        .map(|n| create(&guest, &format!("List {n}")))
        .collect();
    let one_more = json!({"name": "One more"});
    guest
        .post("/v1/wishlists/", &one_more)
        .expect_problem(409, "too_many_wishlists");
    let list = format!("/v1/wishlists/{}", lists[0]);
    let etag = guest.get(&list).expect(200);
    let etag = etag.header("etag").unwrap();
    guest.patch(&list, &json!({"name": "Renamed"})).expect(200);
    let outdated = guest.clone().with_header("if-match", etag);
    outdated
        .patch(&list, &json!({"name": "Again"}))
        .expect_problem(412, "precondition_failed");
    outdated
        .delete(&list)
        .expect_problem(412, "precondition_failed");
    guest
        .patch(&list, &json!({"name": null}))
        .expect_problem(422, "validation_failed");
    guest.delete(&list).expect(204);
    create(&guest, "One more");
}
