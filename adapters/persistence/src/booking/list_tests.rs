//! Lists of bookings in the order of check-in, and the booking with a code, are read in an index.

use std::sync::{Arc, Mutex};

use diesel::sql_types::Text;
use diesel::{QueryableByName, RunQueryDsl};
use sojourn_application::ports::{BookingFilter, BookingQueries, BookingSort, Period, Side};

use crate::test_support::databases::{fresh_databases, observed};
use crate::test_support::marketplace::{now, page, seeded};

#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[tokio::test]
async fn each_order_has_its_index() {
    let all = fresh_databases();
    let fresh = &all[0];
    let (host, _, properties) = seeded(&fresh.database).await;
    let statements = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&statements);
    let db = observed(&fresh.url, move |query| seen.lock().unwrap().push(query)).await;
    let of = |side| BookingFilter {
        user: Some((host.id, side)),
        ..BookingFilter::default()
    };
    let of_property = BookingFilter {
        property_id: Some(properties[0].id),
        ..BookingFilter::default()
    };
    let coded = BookingFilter {
        confirmation_code: Some("ABCDEFGH23".to_owned()),
        ..BookingFilter::default()
    };
    let lists = [
        (of(Side::Guest), "bookings_guest_stay_index"),
        (of(Side::Host), "bookings_host_stay_index"),
        (of_property, "bookings_property_stay_index"),
        (BookingFilter::default(), "bookings_stay_index"),
    ];
    let after = format!("2026-08-01|{}", host.id);
    for (filter, index) in lists {
        for sort in [BookingSort::CheckIn, BookingSort::CheckInDescending] {
            for period in [None, Some(Period::Upcoming), Some(Period::Past)] {
                let filter = BookingFilter {
                    sort,
                    period: period.map(|it| (it, now())),
                    ..filter.clone()
                };
                for after in [None, Some(after.clone())] {
                    db.bookings(filter.clone(), page(2, after)).await.unwrap();
                }
            }
        }
        let sent: Vec<_> = statements.lock().unwrap().drain(..).collect();
        for query in sent {
            let plan = explain(&fresh.database, &query).await;
            assert!(
                plan.contains(index) && !plan.contains("TEMP B-TREE"),
                "{plan}: {query}"
            );
        }
    }
    db.bookings(coded, page(2, None)).await.unwrap();
    let query = statements.lock().unwrap().pop().unwrap();
    let plan = explain(&fresh.database, &query).await;
    assert!(plan.contains("bookings_code_index"), "{plan}: {query}");
}

/// The plan of a statement, without its values.
async fn explain(database: &crate::Database, query: &str) -> String {
    let text = query.split(" -- binds").next().unwrap_or(query);
    let explain = format!("EXPLAIN QUERY PLAN {text}");
    let steps: Vec<Step> = database
        .read(move |conn| Ok(diesel::sql_query(&explain).load(conn)?))
        .await
        .unwrap();
    let steps = steps.into_iter().map(|step| step.detail);
    steps.collect::<Vec<_>>().join("; ")
}
