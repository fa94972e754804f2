//! Cursors are opaque, and belong to their list, filters and caller.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;
use sojourn_tests::{Client, Server, TestDatabase};

use super::listings::{CABIN, find, publish};

#[test]
fn cursors_are_opaque() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    for _ in 0..3 {
        publish(&host, &CABIN);
    }
    let guest = server.client();
    let first = format!(
        "/v1/properties?near={},{}&sort=distance&limit=1",
        42.6, -73.7
    );
    let cursor = guest.get(&first).expect(200).at("/next_cursor");
    assert_eq!(guest.get(&first).expect(200).at("/next_cursor"), cursor);
    let bytes = URL_SAFE_NO_PAD.decode(&cursor).unwrap();
    let id = guest.get(&first).expect(200).at("/data/0/id");
    let has_id = bytes.windows(id.len()).any(|part| part == id.as_bytes());
    assert!(!has_id, "{cursor}");
    let mut seen = find(&guest, first.split_once('?').unwrap().1);
    let mut next = Some(cursor);
    while let Some(cursor) = next {
        let page = guest
            .get(&format!("{first}&cursor={cursor}"))
            .expect(200)
            .json();
        seen.push(page["data"][0]["id"].as_str().unwrap().to_owned());
        next = page["next_cursor"].as_str().map(ToOwned::to_owned);
    }
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 3);
}

/// The lists of the API document, with a property, a wish list and the caller in their paths, up to the cursor.
fn lists(client: &Client, property: &str) -> Vec<String> {
    let wishlist = client.post("/v1/wishlists/", &json!({"name": "Lakes"}));
    let wishlist = wishlist.expect(201).at("/id");
    let document = client.get("/openapi.json").expect(200).json();
    let paths = document["paths"].as_object().unwrap();
    let lists = paths.iter().filter(|(_, item)| {
        let parameters = item["get"]["parameters"].as_array();
        parameters.is_some_and(|all| all.iter().any(|it| it["name"] == "cursor"))
    });
    lists
        .map(|(path, _)| {
            let path = path.replace("{property_id}", property);
            let path = path.replace("{wishlist_id}", &wishlist);
            let me = client.get("/v1/users/me").expect(200).at("/id");
            let path = path.replace("{user_id}", &me);
            match path.as_str() {
                "/v1/wishlists/shared" => format!("{path}?token=x&cursor="),
                _ => format!("{path}?cursor="),
            }
        })
        .collect()
}

#[test]
fn a_cursor_belongs_to_its_list_filters_and_caller() {
    let server = Server::start(&TestDatabase::sqlite());
    let operator = server.operator();
    let property = publish(&operator, &CABIN);
    publish(&operator, &CABIN);
    let public = operator
        .get("/v1/properties?city=albany&limit=1")
        .expect(200)
        .at("/next_cursor");
    let lists = lists(&operator, &property);
    assert!(lists.len() >= 12, "{lists:?}");
    for path in &lists {
        for cursor in [
            public.as_str(),
            "forged",
            "",
            &public[1..],
            &format!("{public}A"),
        ] {
            operator
                .get(&format!("{path}{cursor}"))
                .expect_problem(422, "cursor_invalid");
        }
    }
    let search = |filters: &str| operator.get(&format!("/v1/properties?cursor={public}&{filters}"));
    search("city=albany&limit=50").expect(200);
    search("limit=1&city=%41lbany").expect_problem(422, "cursor_invalid");
    for filters in [
        "",
        "city=albany&sort=rating",
        "city=albany&country=US",
        "city=troy",
    ] {
        search(filters).expect_problem(422, "cursor_invalid");
    }
    let path = "/v1/admin/audit-log?limit=1";
    let cursor = operator.get(path).expect(200).at("/next_cursor");
    operator.get(&format!("{path}&cursor={cursor}")).expect(200);
    server
        .operator()
        .get(&format!("{path}&cursor={cursor}"))
        .expect_problem(422, "cursor_invalid");
}
