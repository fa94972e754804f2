//! Requests take few statements, whatever they find.

use chrono::Days;
use sojourn_tests::{Answer, databases};

use crate::contract::raw_sql::raw;
use crate::graphql::statement_counts::Stage;
use crate::permissions::fixture::stay_body;

/// The statements of a request that finds nothing in the cache.
fn count(stage: &Stage, request: impl Fn() -> Answer) -> Vec<String> {
    stage.server.block_on(stage.server.ports.cache.clear());
    stage.log.take();
    let answer = request();
    assert!(answer.status < 300, "{}", answer.text);
    stage.log.take()
}

/// The statements without those that begin and end transactions.
fn within_transactions(statements: Vec<String>) -> Vec<String> {
    let is_bracket = |it: &String| {
        let text = it.to_uppercase();
        ["BEGIN", "START TRANSACTION", "COMMIT"]
            .iter()
            .any(|word| text.starts_with(word))
    };
    statements
        .into_iter()
        .filter(|it| !is_bracket(it))
        .collect()
}

fn assert_at_most(most: usize, what: &str, statements: &[String]) {
    let list = statements.join("\n");
    println!("{what}: {}", statements.len());
    assert!(
        statements.len() <= most,
        "{what}: {} of {most}:\n{list}",
        statements.len()
    );
}

#[test]
fn requests_take_few_statements() {
    for test in databases() {
        println!("on {}", test.name);
        let stage = Stage::new(&test);
        let properties = stage.server.block_on(stage.cabins(20));
        let (guest, _) = stage.member(&test, "gus");
        raw(&test, "UPDATE users SET email_verified = TRUE").unwrap();
        let (guest, anonymous) = (guest.client, stage.server.client());
        let id = properties[0].id.to_string();
        let page = format!("/v1/properties/{id}");
        for client in [&anonymous, &guest] {
            client.get(&page).expect(200);
        }
        assert_at_most(
            1,
            "a property page",
            &count(&stage, || anonymous.get(&page)),
        );
        assert_at_most(
            3,
            "the same with a token",
            &count(&stage, || guest.get(&page)),
        );
        let today = stage.server.ports.clock.now().date_naive();
        let (from, to) = (today + Days::new(30), today + Days::new(33));
        let search = format!("/v1/properties?check_in={from}&check_out={to}&guests=2");
        let found = count(&stage, || anonymous.get(&search));
        assert_at_most(3, "a search with dates", &within_transactions(found));
        let stay = stay_body(&id, 30, 33);
        let reserved = count(&stage, || guest.post("/v1/bookings/", &stay));
        assert_at_most(12, "a reservation with its transaction", &reserved);
    }
}
