//! Visibility of addresses, phone numbers and exact locations.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use crate::permissions::fixture::Marketplace;
use crate::permissions::table::{Actor, TABLE};
use crate::permissions::{ask, operations};
use crate::security::support::fixtures::{act, booking_body, create_listing, paid_booking};

const VIEWERS: [(&str, &str, &str); 4] = [
    ("guest", "Quillfeather", "+15550100001"),
    ("other guest", "Larkspindle", "+15550100002"),
    ("host", "Brambleshank", "+15550100003"),
    ("other host", "Thistledown", "+15550100004"),
];

/// A private value and its owner.
struct Private {
    of: &'static str,
    word: String,
}

fn private_values(marketplace: &Marketplace) -> Vec<Private> {
    let mut all = Vec::new();
    for (name, last_name, phone) in VIEWERS {
        let actor = Actor::ALL
            .into_iter()
            .find(|actor| actor.label() == name)
            .unwrap();
        let change = json!({"last_name": last_name, "phone": phone});
        marketplace
            .client("update_user", actor)
            .patch("/v1/users/me", &change)
            .expect(200);
        let words = [marketplace.account(name).email.as_str(), last_name, phone];
        all.extend(words.map(|word| Private {
            of: name,
            word: word.to_owned(),
        }));
    }
    let place = ["1 Lake Road", "42.65258", "-73.75623"];
    all.extend(place.map(|word| Private {
        of: "place",
        word: word.to_owned(),
    }));
    all
}

/// True if an actor may see the value. The guest has stays at other properties than the requested one, and the host has
/// confirmed bookings of the guest.
fn may_see(actor: Actor, of: &str) -> bool {
    match actor {
        Actor::Anonymous | Actor::Suspended => false,
        Actor::Guest | Actor::OtherGuest | Actor::OtherHost => of == actor.label(),
        Actor::Host => ["host", "place", "guest"].contains(&of),
        Actor::Admin => true,
    }
}

#[test]
fn no_answer_contains_private_data_of_others() {
    let database = TestDatabase::sqlite();
    let marketplace = Marketplace::build(&database);
    let private = private_values(&marketplace);
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    let operations = operations(&marketplace.server);
    for row in TABLE {
        let (method, path) = &operations[row.operation];
        for actor in Actor::ALL {
            let answer = ask(&marketplace, row, actor, method, path);
            for it in private.iter().filter(|it| answer.text.contains(&it.word)) {
                seen.insert((actor.label(), it.of));
                if !may_see(actor, it.of) {
                    wrong.push(format!(
                        "{} shows {} of {} to {actor:?}",
                        row.operation, it.word, it.of
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // Permitted values do appear, so the search above is effective.
    for who in [
        ("guest", "guest"),
        ("host", "guest"),
        ("host", "place"),
        ("admin", "place"),
        ("admin", "other host"),
    ] {
        assert!(seen.contains(&who), "{who:?} is not among {seen:?}");
    }
}

/// True if the client sees the exact location of a property; all of it or nothing.
fn sees_exact_location(client: &Client, property: &str) -> bool {
    let page = client
        .get(&format!("/v1/properties/{property}"))
        .expect(200)
        .json();
    let exact = [
        page["address"]["line1"] == "1 Lake Road",
        page["location"]["latitude"] == 42.65258,
        page["location"]["longitude"] == -73.75623,
    ];
    assert!(exact == [true; 3] || exact == [false; 3], "{page}");
    assert_eq!(page["address"]["city"], "Albany");
    exact == [true; 3]
}

/// Contact data of a guest as its host sees it.
fn contacts(host: &Client, booking: &str) -> [Value; 3] {
    let guest = &host
        .get(&format!("/v1/bookings/{booking}"))
        .expect(200)
        .json()["guest"];
    assert_eq!(guest["first_name"], "guest");
    ["last_name", "email", "phone"].map(|name| guest[name].clone())
}

#[test]
fn location_and_contacts_require_a_confirmed_booking() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (host, guest, other) = (
        server.sign_up("host"),
        server.sign_up_member("guest"),
        server.sign_up("other"),
    );
    let (anonymous, operator) = (server.client(), server.operator());
    guest
        .client
        .patch("/v1/users/me", &json!({"phone": "+15550100001"}))
        .expect(200);
    let known = [json!("Test"), json!(guest.email), json!("+15550100001")];
    let guest = guest.client;
    for (mode, from) in [("instant", 40), ("request", 50)] {
        let property = create_listing(&host, mode);
        let seen = |who: &Client| sees_exact_location(who, &property);
        let strangers = || [&anonymous, &other].map(seen);
        assert_eq!((strangers(), seen(&guest)), ([false; 2], false), "{mode}");
        assert!(seen(&host) && seen(&operator), "{mode}");
        let booking = guest
            .post("/v1/bookings/", &booking_body(&property, from, from + 3))
            .expect(201)
            .at("/id");
        assert!(!seen(&guest), "a hold shows the place");
        assert_eq!(contacts(&host, &booking), [const { Value::Null }; 3]);
        let payment = json!({"booking_id": booking, "payment_method": "pm_card_visa"});
        guest.post("/v1/payments/", &payment).expect(201);
        if mode == "request" {
            assert!(!seen(&guest), "a request shows the place");
            assert_eq!(contacts(&host, &booking), [const { Value::Null }; 3]);
            act(&host, &booking, "accept");
        }
        assert!(seen(&guest), "{mode}");
        assert_eq!(contacts(&host, &booking), known);
        // Neither the public cached page nor the list shows more afterwards.
        assert_eq!(strangers(), [false; 2]);
        let found = guest.get("/v1/properties/?city=Albany").expect(200);
        assert!(
            found.text.contains(&property) && !found.text.contains("Lake Road"),
            "{}",
            found.text
        );
        act(&guest, &booking, "cancel");
        assert!(!seen(&guest), "a cancelled booking shows the place");
    }
}

#[test]
fn private_notes_and_blind_reviews_are_hidden_from_others() {
    let (server, clock) = Server::before_midnight(&TestDatabase::sqlite());
    let (host, guest, other) = (
        server.sign_up("host"),
        server.sign_up("guest"),
        server.sign_up("other"),
    );
    let operator = server.operator();
    let property = create_listing(&host, "instant");
    let booking = paid_booking(&guest, &property, 0, 1);
    act(&guest, &booking, "check-in");
    clock.pass_midnight();
    act(&guest, &booking, "check-out");
    let review = |comment: &str, note: &str| json!({"booking_id": booking, "rating": 4, "public_comment": comment, "private_note": note});
    let written = guest
        .post("/v1/reviews/", &review("A quiet place.", "The tap drips."))
        .expect(201)
        .at("/id");
    let (one, page) = (
        format!("/v1/reviews/{written}"),
        format!("/v1/properties/{property}/reviews"),
    );
    let viewers = [&server.client(), &other, &host, &guest, &operator];
    for reader in viewers {
        assert!(
            !reader.get(&page).expect(200).text.contains("quiet place"),
            "it shows while it is blind"
        );
    }
    host.get(&one).expect_problem(404, "not_found");
    host.post("/v1/reviews/", &review("Kind guests.", "Come again."))
        .expect(201);
    let reads = |reader: &Client, path: &str| {
        let text = reader.get(path).expect(200).text;
        assert!(text.contains("A quiet place."), "{text}");
        text.contains("The tap drips.")
    };
    for path in [&one, &page] {
        assert_eq!(
            viewers.map(|reader| reads(reader, path)),
            [false, false, true, true, false],
            "{path}"
        );
    }
}

#[test]
fn unavailability_reasons_are_shown_to_the_host_only() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (host, guest, other) = (
        server.sign_up("host"),
        server.sign_up("guest"),
        server.sign_up("other"),
    );
    let property = create_listing(&host, "instant");
    let booked = booking_body(&property, 40, 42);
    guest.post("/v1/bookings/", &booked).expect(201);
    let blocked = booking_body(&property, 42, 43);
    let (from, to) = (&blocked["check_in"], &blocked["check_out"]);
    let path = format!("/v1/properties/{property}/calendar");
    host.put(
        &path,
        &json!({"from": from, "to": to, "blocked": true, "note": "Aunt Rose stays"}),
    )
    .expect(200);
    let nights = |who: &Client| {
        let range = format!(
            "?from={}&to={}",
            booked["check_in"].as_str().unwrap(),
            to.as_str().unwrap()
        );
        let answer = who.get(&format!("{path}{range}")).expect(200);
        let reasons: Vec<_> = answer.json()["data"]
            .as_array()
            .unwrap()
            .iter()
            .map(|night| night["reason"].clone())
            .collect();
        (reasons, answer.text.contains("Aunt Rose"))
    };
    assert_eq!(
        nights(&host),
        (vec![json!("held"), json!("held"), json!("blocked")], true)
    );
    for stranger in [&server.client(), &other, &guest] {
        assert_eq!(nights(stranger), (vec![json!("unavailable"); 3], false));
    }
}
