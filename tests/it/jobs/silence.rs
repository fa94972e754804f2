//! A payment gateway and a mail server that do not respond delay only their own kind of work.

use std::collections::HashSet;
use std::time::Duration;

use sojourn_domain::payment::EntryKind;
use sojourn_tests::{Server, ServerOptions, databases, payment_of};

use super::fixture::{
    Delivered, MailServer, Marketplace, TIMER_LIMIT, decorator, silent_gateway, wait_for,
    with_mail_server,
};

#[test]
fn timers_fire_while_gateway_and_mail_server_are_silent() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (marketplace, timers) = runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            for night in 0..100 {
                marketplace.unanswered(night).await;
            }
            marketplace.mails(30).await;
            let timers = marketplace.timers().await;
            (marketplace, timers)
        });
        let silent = decorator(|ports| {
            let ports = silent_gateway(ports, None);
            with_mail_server(ports, MailServer::Silent, &Delivered::default())
        });
        let server = Server::decorated(&test, ServerOptions::default(), silent);
        wait_for("timers", TIMER_LIMIT, || {
            server.block_on(timers.have_fired(&marketplace.database))
        });
        server.client().get("/readyz").expect(200);
    }
}

#[test]
fn payments_without_an_answer_do_not_hide_others() {
    for test in databases() {
        println!("on {}", test.name);
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let (marketplace, silent, answered) = runtime.block_on(async {
            let marketplace = Marketplace::new(&test).await;
            let mut silent = HashSet::new();
            for night in 0..100 {
                silent.insert(marketplace.unanswered(night).await.id);
            }
            let answered = marketplace.unanswered(200).await;
            (marketplace, silent, answered)
        });
        let server = Server::decorated(
            &test,
            ServerOptions::default(),
            decorator(move |ports| silent_gateway(ports, Some(silent.clone()))),
        );
        wait_for("the answered payment", Duration::from_secs(20), || {
            let payment = server.block_on(payment_of(&marketplace.database, answered.booking_id));
            payment
                .entries
                .iter()
                .any(|entry| entry.kind == EntryKind::Capture)
        });
    }
}
