//! `docs/api/screens.md`: every call of its table, and the statements that it takes.

use std::path::{Path, PathBuf};

use chrono::Days;
use serde_json::{Value, json};
use sojourn_domain::review::{ReviewRepository, Subject};
use sojourn_tests::{
    Client, databases, insert_cabin, insert_completed_stay, insert_paid_stay, insert_request,
    insert_user, stay,
};

use super::expand::count;
use super::review_of;
use crate::contract::raw_sql::raw;
use crate::graphql::statement_counts::Stage;

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/api/screens.md")
}

/// The caller of a row, its call and the number of statements.
fn cells(line: &str) -> Option<(&str, &str, &str)> {
    let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.split(" | ");
    let (_, caller, call, statements) =
        (cells.next()?, cells.next()?, cells.next()?, cells.next()?);
    Some((
        caller,
        call.strip_prefix('`')?.strip_suffix('`')?,
        statements,
    ))
}

/// The page with the statements that were counted.
fn measured(page: &str, mut statements: impl FnMut(&str, &str) -> usize) -> String {
    let lines = page.lines().map(|line| match cells(line) {
        Some((caller, call, written)) => {
            let end = format!("{written} |");
            let start = line.strip_suffix(&end).unwrap();
            format!("{start}{} |\n", statements(caller, call))
        }
        None => format!("{line}\n"),
    });
    lines.collect()
}

/// The id and the token of a wish list that holds a property.
fn shared_wishlist(guest: &Client, property: &str) -> (String, String) {
    let list = guest.post("/v1/wishlists/", &json!({"name": "Lakes"}));
    let id = list.expect(201).at("/id");
    let item = format!("/v1/wishlists/{id}/items/{property}");
    guest.put(&item, &json!({"note": "Quiet"})).expect(200);
    let shared = guest.post(&format!("/v1/wishlists/{id}/share"), &Value::Null);
    (id, shared.expect(200).at("/share_token"))
}

#[test]
fn each_screen_takes_the_statements_of_the_page() {
    let page = std::fs::read_to_string(path()).unwrap();
    assert!(page.lines().filter_map(cells).count() > 20);
    for test in databases() {
        let stage = Stage::new(&test);
        let (host, host_user) = stage.member(&test, "hannah");
        let (guest, guest_user) = stage.member(&test, "gus");
        let operator = stage.server.operator_member();
        let (property, booking) = stage.server.block_on(async {
            let database = &stage.database;
            let cabin = insert_cabin(database, &host_user).await;
            let mut booking = None;
            for number in 0..3_u64 {
                insert_cabin(database, &host_user).await;
                let nights = stay(160 + 3 * number, 162 + 3 * number);
                booking = Some(insert_paid_stay(database, &cabin, &guest_user, nights).await);
                let nights = stay(180 + 3 * number, 182 + 3 * number);
                let asking = insert_user(database, "asking").await;
                insert_request(database, &host_user, &asking, nights).await;
                let nights = stay(3 * number, 3 * number + 2);
                let completed = insert_completed_stay(database, &cabin, &guest_user, nights).await;
                let review = review_of(&completed, Subject::Property, 5);
                ReviewRepository::commit(database, review).await.unwrap();
            }
            (cabin.id.to_string(), booking.unwrap().id.to_string())
        });
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        raw(&test, "UPDATE reviews SET published_at = created_at").unwrap();
        let (wishlist, token) = shared_wishlist(&guest.client, &property);
        let today = stage.server.ports.clock.now().date_naive();
        let statements = |caller: &str, call: &str| {
            let (client, me): (Client, &str) = match caller {
                "visitor" => (stage.server.client(), ""),
                "guest" => (guest.client.clone(), &guest.id),
                "host" => (host.client.clone(), &host.id),
                "operator" => (operator.client.clone(), &operator.id),
                other => panic!("no such caller: {other}"),
            };
            let call = call
                .replace("{me}", me)
                .replace("{property}", &property)
                .replace("{booking}", &booking)
                .replace("{wishlist}", &wishlist)
                .replace("{token}", &token)
                .replace("{from}", &(today + Days::new(30)).to_string())
                .replace("{to}", &(today + Days::new(33)).to_string());
            let (statements, body) = count(&stage, &client, &call);
            let lists = ["data", "cards", "pins"].map(|it| body[it].as_array());
            let mut lists = lists.into_iter().flatten().peekable();
            let empty = lists.peek().is_some() && lists.all(Vec::is_empty);
            let may_be_empty = ["period=past", "/refunds", "/calendar"];
            assert!(
                !empty || may_be_empty.iter().any(|it| call.contains(it)),
                "{call}: {body}"
            );
            // Those that begin and end a transaction differ between the databases.
            let selects = statements.iter().filter(|it| it.starts_with("SELECT"));
            selects.count()
        };
        let found = measured(&page, statements);
        if std::env::var_os("SOJOURN_WRITE_DOCS").is_some() {
            std::fs::write(path(), &found).unwrap();
            continue;
        }
        let differences: Vec<_> = page
            .lines()
            .zip(found.lines())
            .filter(|(a, b)| a != b)
            .collect();
        assert!(
            differences.is_empty(),
            "{}: {differences:#?}: SOJOURN_WRITE_DOCS=1 cargo test -p sojourn-tests screens::page",
            test.name
        );
    }
}
