//! Searches over HTTP: what they compare, and what they do not tell.

use std::collections::BTreeSet;
use std::slice::from_ref;

use chrono::{Days, NaiveDate, Utc};
use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase, databases};

use super::listings::{CABIN, Listing, find, publish};
use crate::graphql::{code, data};

fn date(ahead: u64) -> NaiveDate {
    Utc::now().date_naive() + Days::new(ahead)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[test]
fn searches_know_the_displayed_place_alone() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let id = publish(&host, &CABIN);
        // Another place with the same displayed one, and a second property there.
        let twin = publish(
            &host,
            &Listing {
                place: (42.647_01, -73.763_99),
                ..CABIN
            },
        );
        let guest = server.client();
        let metre = 0.000_01;
        let around = |latitude: f64, longitude: f64| {
            let (west, east) = (longitude - metre, longitude + metre);
            format!(
                "bbox={west},{},{east},{}",
                latitude - metre,
                latitude + metre
            )
        };
        for (latitude, longitude) in [CABIN.place, (42.647_01, -73.763_99)] {
            assert!(
                find(&guest, &around(latitude, longitude)).is_empty(),
                "{}",
                database.name
            );
            let near = format!("near={latitude},{longitude}&radius_km=0.05");
            assert!(find(&guest, &near).is_empty(), "{}", database.name);
        }
        let mut both = vec![id, twin];
        both.sort();
        let mut found = find(&guest, &around(42.65, -73.76));
        found.sort();
        assert_eq!(found, both);
        // From any side the two are equally far, and only their ids decide.
        for point in [
            "42.60,-73.70",
            "42.70,-73.80",
            "42.60,-73.80",
            "42.652,-73.756",
        ] {
            let nearest = find(&guest, &format!("near={point}&sort=distance"));
            assert_eq!(nearest, both, "{point}");
        }
        // The host's own search is no way around it either.
        let own = host.get("/v1/users/me").expect(200).at("/id");
        let query = format!("host_id={own}&{}", around(CABIN.place.0, CABIN.place.1));
        assert!(find(&host, &query).is_empty());
    }
}

#[test]
fn the_displayed_place_of_a_moved_property_is_searched() {
    let server = Server::start(&TestDatabase::sqlite());
    let host = server.sign_up("host");
    let id = publish(&host, &CABIN);
    let moved = json!({"location": {"latitude": 10.004_9, "longitude": 20.005_1}});
    host.patch(&format!("/v1/properties/{id}"), &moved)
        .expect(200);
    assert_eq!(find(&host, "bbox=20.009,9.999,20.011,10.001"), [id]);
    assert!(find(&host, "bbox=20.005,10.004,20.006,10.005").is_empty());
}

#[test]
fn prices_of_a_search_with_dates_are_those_of_the_stay() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let seasonal = publish(&host, &CABIN);
        let steady = publish(
            &host,
            &Listing {
                price: (200_00, "USD"),
                ..CABIN
            },
        );
        let set = json!({"from": date(60), "to": date(64), "price": {"amount": 500_00, "currency": "USD"}});
        host.put(&format!("/v1/properties/{seasonal}/calendar"), &set)
            .expect(200);
        let guest = server.client();
        let stay = |from, to| format!("check_in={}&check_out={}", date(from), date(to));
        let among =
            |stay: &str, prices: &str| find(&guest, &format!("{stay}&currency=USD&{prices}"));
        let season = stay(60, 64);
        assert_eq!(
            among(&season, "price_max=15000"),
            Vec::<String>::new(),
            "{}",
            database.name
        );
        assert_eq!(among(&season, "price_max=49999"), from_ref(&steady));
        assert_eq!(among(&season, "price_min=50000"), from_ref(&seasonal));
        assert_eq!(
            among(&season, "sort=price"),
            [steady.clone(), seasonal.clone()]
        );
        assert_eq!(
            among(&season, "sort=-price"),
            [seasonal.clone(), steady.clone()]
        );
        // Two nights of the season and two others: 300.00 a night.
        let edge = stay(62, 66);
        assert_eq!(among(&edge, "price_min=30000"), from_ref(&seasonal));
        assert_eq!(among(&edge, "price_min=30001"), Vec::<String>::new());
        assert_eq!(among(&edge, "price_max=29999"), from_ref(&steady));
        let before = stay(50, 54);
        assert_eq!(among(&before, "price_max=15000"), from_ref(&seasonal));
        assert_eq!(
            among(&before, "sort=price"),
            [seasonal.clone(), steady.clone()]
        );
        let map = format!("bbox=-80,40,-70,45&{season}");
        assert_eq!(among(&map, "price_max=20000"), from_ref(&steady));
        assert_eq!(among(&map, "sort=-price"), [seasonal.clone(), steady]);
        assert_eq!(among("", "price_max=15000"), [seasonal]);
    }
}

#[test]
fn weekend_prices_count_for_fridays_and_saturdays() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let id = publish(&host, &CABIN);
        let weekend = json!({"pricing": {"weekend": {"amount": 240_00, "currency": "USD"}}});
        host.patch(&format!("/v1/properties/{id}"), &weekend)
            .expect(200);
        let week = format!("check_in={}&check_out={}", date(40), date(47));
        // Five nights at 100.00 and two at 240.00, whichever day it begins: 140.00 a night.
        let among =
            |prices: &str| find(&server.client(), &format!("{week}&currency=USD&{prices}")).len();
        assert_eq!(
            (among("price_max=14000"), among("price_max=13999")),
            (1, 0),
            "{}",
            database.name
        );
        assert_eq!((among("price_min=14000"), among("price_min=14001")), (1, 0));
    }
}

#[test]
fn prices_in_several_currencies_are_not_compared() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let guest = server.client();
        let by_price = [
            "sort=price",
            "sort=-price",
            "price_max=20000",
            "price_min=1",
        ];
        let ask = |query: &str| guest.get(&format!("/v1/properties?{query}"));
        let dollars = publish(&host, &CABIN);
        for query in by_price {
            ask(query).expect(200);
        }
        let yen = publish(
            &host,
            &Listing {
                city: "Kyoto",
                price: (9000, "JPY"),
                ..CABIN
            },
        );
        publish(
            &host,
            &Listing {
                city: "Kuwait",
                price: (25_000, "KWD"),
                ..CABIN
            },
        );
        for query in by_price {
            let refused = ask(query).expect(422);
            assert_eq!(
                refused.at("/errors/0/pointer"),
                "/currency",
                "{}",
                database.name
            );
            ask(&format!("{query}&bbox=-80,40,-70,45")).expect(422);
            // One currency by name, or by the other filters.
            ask(&format!("{query}&currency=USD")).expect(200);
            ask(&format!("{query}&city=kyoto")).expect(200);
        }
        assert_eq!(find(&guest, "sort=price&currency=USD"), [dollars]);
        assert_eq!(find(&guest, "sort=price&city=kyoto&price_max=10000"), [yen]);
        ask("sort=rating").expect(200);
    }
}

#[test]
fn accents_case_and_composition_make_no_difference() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let guest = server.client();
        let spellings = [
            ("São Paulo", ["Sao Paulo", "SÃO PAULO", "Sa\u{303}o paulo"]),
            ("İstanbul", ["istanbul", "ISTANBUL", "İSTANBUL"]),
            ("Straßberg", ["strassberg", "STRASSBERG", "straßberg"]),
            ("Łódź", ["lodz", "ŁÓDŹ", "Lo\u{301}dz"]),
            ("Ko\u{308}ln", ["Köln", "KOLN", "koln"]),
        ];
        for (city, spellings) in spellings {
            let id = publish(&host, &Listing { city, ..CABIN });
            for spelling in spellings {
                let by_city = find(&guest, &format!("city={}", encoded(spelling)));
                assert_eq!(by_city, from_ref(&id), "{spelling} on {}", database.name);
                let by_text = find(
                    &guest,
                    &format!("q={}", encoded(&format!("cafe {spelling}"))),
                );
                assert_eq!(by_text, from_ref(&id), "{spelling} on {}", database.name);
            }
        }
        let operator = server.operator();
        host.patch(
            "/v1/users/me",
            &json!({"first_name": "Žofie", "last_name": "Øster"}),
        )
        .expect(200);
        for name in ["zofie", "OSTER", "z\u{30c}ofie o", "Øster Žofie"] {
            for list in ["/v1/users", "/v1/admin/users"] {
                let found = operator
                    .get(&format!("{list}?name={}", encoded(name)))
                    .expect(200);
                assert_eq!(
                    found.json()["data"].as_array().unwrap().len(),
                    1,
                    "{list} {name}"
                );
            }
        }
        let found = operator.get("/v1/users?name=nobody").expect(200);
        assert_eq!(found.json()["data"], json!([]));
    }
}

#[test]
fn boxes_wrap_over_the_antimeridian() {
    for database in databases() {
        let server = Server::start(&database);
        let host = server.sign_up("host");
        let fiji = publish(
            &host,
            &Listing {
                place: (-17.8, 177.9),
                ..CABIN
            },
        );
        let line = publish(
            &host,
            &Listing {
                place: (-16.0, 179.999),
                ..CABIN
            },
        );
        let tonga = publish(
            &host,
            &Listing {
                place: (-18.6, -173.9),
                ..CABIN
            },
        );
        publish(&host, &CABIN);
        let guest = server.client();
        let found = |bbox: &str| {
            let mut found = find(&guest, &format!("bbox={bbox}"));
            found.sort();
            found
        };
        let mut all = vec![fiji.clone(), line.clone(), tonga.clone()];
        all.sort();
        for bbox in [
            "170,-20,190,10",
            "-190,-20,-170,10",
            "170,-20,-170,10",
            "530,-20,550,10",
        ] {
            assert_eq!(found(bbox), all, "{bbox} on {}", database.name);
        }
        assert_eq!(found("181,-20,190,10"), from_ref(&tonga));
        assert_eq!(found("-540,-90,540,90").len(), 4);
        // The displayed place 180° is on both sides of the line.
        assert!(found("-180,-20,-170,10").contains(&line));
        assert!(found("170,-20,180,10").contains(&line));
        let near = |point: &str| find(&guest, &format!("near={point}&radius_km=600&sort=distance"));
        assert_eq!(near("-17.8,-182.1"), near("-17.8,177.9"));
        assert_eq!(near("-17.8,177.9")[0], fiji);
        for bbox in ["170,-20,1e9,10", "nan,0,1,1", "0,5,1,4", "0,-95,1,0"] {
            guest
                .get(&format!("/v1/properties?bbox={bbox}"))
                .expect(422);
        }
    }
}

#[test]
fn hosts_list_their_own_properties_as_me_in_any_status() {
    let server = Server::start(&TestDatabase::sqlite());
    let (host, other) = (server.sign_up("host"), server.sign_up("other"));
    let id = host.get("/v1/users/me").expect(200).at("/id");
    let listed = publish(&host, &CABIN);
    let draft = host.post("/v1/properties/", &json!({"title": "Cabin"}));
    let draft = draft.expect(201).at("/id");
    publish(&other, &CABIN);

    let mut own = find(&host, "host_id=me");
    own.sort();
    let mut expected = vec![listed.clone(), draft];
    expected.sort();
    assert_eq!(own, expected);
    let by_id: BTreeSet<_> = find(&host, &format!("host_id={id}")).into_iter().collect();
    assert_eq!(by_id, expected.iter().cloned().collect());
    assert_eq!(find(&other, &format!("host_id={id}")), [listed]);
    assert_eq!(find(&other, "host_id=me").len(), 1);
    // Pages of one caller are no pages of another.
    let page = host.get("/v1/properties?host_id=me&limit=1").expect(200);
    let next = format!(
        "/v1/properties?host_id=me&limit=1&cursor={}",
        page.at("/next_cursor")
    );
    assert_eq!(
        host.get(&next).expect(200).json()["data"]
            .as_array()
            .unwrap()
            .len(),
        1
    );
    other.get(&next).expect_problem(422, "cursor_invalid");

    for query in ["host_id=me", "host%5Fid=m%65"] {
        let path = format!("/v1/properties?{query}");
        server
            .client()
            .get(&path)
            .expect_problem(401, "token_missing");
    }
    host.get("/v1/properties?host_id=you").expect(422);

    let document = "query($search: PropertySearchInput!) {
        properties(search: $search, first: 5) { edges { node { id } } } }";
    let edges = |client: &Client, search: Value| {
        let found = data(client, document, &json!({"search": search}));
        found["properties"]["edges"].as_array().unwrap().len()
    };
    assert_eq!(edges(&host, json!({"own": true})), 2);
    assert_eq!(edges(&other, json!({"own": true})), 1);
    let own = json!({"search": {"own": true}});
    assert_eq!(code(&server.client(), document, &own), "token_missing");
    let both = json!({"search": {"own": true, "hostId": id}});
    assert_eq!(code(&host, document, &both), "validation_failed");
}
