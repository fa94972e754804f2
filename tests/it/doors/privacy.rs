//! Who gets to see addresses, telephone numbers and the exact place of things.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use sojourn_tests::{Client, Server, TestDatabase};

use super::lettings::{act, cabin, paid, stay};
use crate::permissions::table::{Actor, TABLE};
use crate::permissions::town::Town;
use crate::permissions::{ask, operations};

const EVERYBODY: [(&str, &str, &str); 4] = [
    ("guest", "Quillfeather", "+15550100001"),
    ("other guest", "Larkspindle", "+15550100002"),
    ("host", "Brambleshank", "+15550100003"),
    ("other host", "Thistledown", "+15550100004"),
];

/// Something that is not for everybody: whose it is, and how it is written.
struct Private {
    of: &'static str,
    word: String,
}

fn all_that_is_private(town: &Town) -> Vec<Private> {
    let mut all = Vec::new();
    for (name, last_name, phone) in EVERYBODY {
        let actor = Actor::ALL
            .into_iter()
            .find(|actor| actor.word() == name)
            .unwrap();
        let change = json!({"last_name": last_name, "phone": phone});
        town.client("update_user", actor)
            .patch("/v1/users/me", &change)
            .expect(200);
        let words = [town.person(name).email.as_str(), last_name, phone];
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

/// Whether somebody is to see it. The guest has stays at other places than the one that is asked for, and the host
/// has confirmed bookings of the guest.
fn may_see(actor: Actor, of: &str) -> bool {
    match actor {
        Actor::Anonymous | Actor::Suspended => false,
        Actor::Guest | Actor::OtherGuest | Actor::OtherHost => of == actor.word(),
        Actor::Host => ["host", "place", "guest"].contains(&of),
        Actor::Admin => true,
    }
}

#[test]
fn no_answer_shows_anybody_what_is_private_to_others() {
    let database = TestDatabase::sqlite();
    let town = Town::found(&database);
    let private = all_that_is_private(&town);
    let (mut seen, mut wrong) = (BTreeSet::new(), Vec::new());
    let operations = operations(&town.server);
    for row in TABLE {
        let (method, path) = &operations[row.operation];
        for actor in Actor::ALL {
            let answer = ask(&town, row, actor, method, path);
            for it in private.iter().filter(|it| answer.text.contains(&it.word)) {
                seen.insert((actor.word(), it.of));
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
    // What may be seen is there to be seen, so that the search above finds what it looks for.
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

/// Whether somebody sees exactly where a property is; all of it, or nothing of it.
fn sees_the_place(client: &Client, property: &str) -> bool {
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

/// What a host sees of a guest besides the first name.
fn contacts(host: &Client, booking: &str) -> [Value; 3] {
    let guest = &host
        .get(&format!("/v1/bookings/{booking}"))
        .expect(200)
        .json()["guest"];
    assert_eq!(guest["first_name"], "guest");
    ["last_name", "email", "phone"].map(|name| guest[name].clone())
}

#[test]
fn place_and_contacts_are_shown_with_a_confirmed_booking() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (host, guest, other) = (
        server.join("host"),
        server.join_as("guest"),
        server.join("other"),
    );
    let (nobody, operator) = (server.client(), server.operator());
    guest
        .client
        .patch("/v1/users/me", &json!({"phone": "+15550100001"}))
        .expect(200);
    let known = [json!("Test"), json!(guest.email), json!("+15550100001")];
    let guest = guest.client;
    for (mode, from) in [("instant", 40), ("request", 50)] {
        let property = cabin(&host, mode);
        let seen = |who: &Client| sees_the_place(who, &property);
        let strangers = || [&nobody, &other].map(seen);
        assert_eq!((strangers(), seen(&guest)), ([false; 2], false), "{mode}");
        assert!(seen(&host) && seen(&operator), "{mode}");
        let booking = guest
            .post("/v1/bookings/", &stay(&property, from, from + 3))
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
        // Neither what is kept for everybody nor the list shows more after that.
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
fn a_private_note_is_for_its_addressee_and_what_is_blind_for_nobody() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (host, guest, other) = (
        server.join("host"),
        server.join("guest"),
        server.join("other"),
    );
    let operator = server.operator();
    let property = cabin(&host, "instant");
    let booking = paid(&guest, &property, 0, 1);
    for verb in ["check-in", "check-out"] {
        act(&guest, &booking, verb);
    }
    let review = |comment: &str, note: &str| json!({"booking_id": booking, "rating": 4, "public_comment": comment, "private_note": note});
    let written = guest
        .post("/v1/reviews/", &review("A quiet place.", "The tap drips."))
        .expect(201)
        .at("/id");
    let (one, page) = (
        format!("/v1/reviews/{written}"),
        format!("/v1/properties/{property}/reviews"),
    );
    let everybody = [&server.client(), &other, &host, &guest, &operator];
    for reader in everybody {
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
            everybody.map(|reader| reads(reader, path)),
            [false, false, true, true, false],
            "{path}"
        );
    }
}

#[test]
fn why_a_night_is_not_free_is_the_hosts_to_know() {
    let database = TestDatabase::sqlite();
    let server = Server::start(&database);
    let (host, guest, other) = (
        server.join("host"),
        server.join("guest"),
        server.join("other"),
    );
    let property = cabin(&host, "instant");
    let booked = stay(&property, 40, 42);
    guest.post("/v1/bookings/", &booked).expect(201);
    let blocked = stay(&property, 42, 43);
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
