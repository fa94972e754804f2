//! Rows as people have them: prices, dates, ratings and places.

use std::path::PathBuf;

use sojourn_domain::shared::{Currency, Money};

use super::tests::{InMemoryImporter, LISTINGS, args, file, load};
use super::{ImportArgs, ImportError, WrongFile};

const HEADER: &str = "id,name,host_id,host_name,host_since,host_location,neighbourhood,latitude,longitude,\
property_type,room_type,accommodates,price,minimum_nights,maximum_nights,review_scores_rating\n";

/// A file of listings in the north of Spain, most of whose hosts live in one city.
fn north(name: &str, price: &str, rating: &str) -> PathBuf {
    let row = |id: u32, neighbourhood: &str| {
        format!(
            "{id},Flat {id},7,Ane,2019-02-03,\"Donostia, Spain\",\"{neighbourhood}\",43.26,-2.93,Entire condo,\
             Entire home/apt,2,\"{price}\",1,30,{rating}\n"
        )
    };
    let rows =
        row(1, "Getxo, Basque Country, Spain") + &row(2, "") + &row(3, "Gros, Donostia, Spain");
    file(name, format!("{HEADER}{rows}"))
}

#[tokio::test]
async fn the_city_of_a_listing_goes_before_the_home_of_most_hosts() {
    let cities = |options: ImportArgs| async {
        let importer = InMemoryImporter::default();
        load(options, &importer).await.unwrap();
        let stored = importer.stored.lock().unwrap();
        let city = |at: usize| stored.properties[at].details.address.city.clone().unwrap();
        [city(0), city(1), city(2)]
    };
    let mut options = args(north("north.csv", "€80", "4.5"));
    assert_eq!(
        cities(options.clone()).await,
        ["Getxo", "Donostia", "Donostia"]
    );
    options.city = Some("Bilbo".to_owned());
    assert_eq!(cities(options).await, ["Bilbo"; 3]);
}

#[tokio::test]
async fn scores_have_the_mean_of_the_listing_on_every_scale() {
    for (rating, expected) in [("4.50", Some(45)), ("90", Some(45)), ("0.0", None)] {
        let mut options = args(north("scales.csv", "€80", rating));
        let rows = (0..10).map(|id| format!("1,{id},2025-07-01,{},Li,Fine\n", id + 100));
        let rows: String = rows.collect();
        options.reviews = Some(file(
            &format!("scales{rating}.csv"),
            format!("listing_id,id,date,reviewer_id,reviewer_name,comments\n{rows}"),
        ));
        let importer = InMemoryImporter::default();
        let report = load(options, &importer).await.unwrap();
        let stored = importer.stored.lock().unwrap();
        let scores = stored
            .reviews
            .iter()
            .map(|review| review.text.scores.overall);
        let sum: u64 = scores.map(u64::from).sum();
        assert_eq!((sum > 0).then_some(sum), expected);
        let reviews = report.reviews.unwrap();
        assert_eq!(reviews.rows, reviews.accepted + reviews.rejected_rows());
    }
}

#[tokio::test]
async fn a_row_is_refused_with_its_text() {
    let mut options = args(north("refused.csv", "1.2.3 €", "4.5"));
    let report = load(options.clone(), &InMemoryImporter::default())
        .await
        .unwrap();
    let text = report.to_string();
    let line = "line 2, column price: found \"1.2.3 €\", expected an amount such as 1,234.50";
    assert!(text.contains(line), "{text}");
    assert!(
        text.contains("listings: 3 rows read = 0 imported + 3 skipped"),
        "{text}"
    );

    options.listings = north("accepted.csv", "1.950,50 €", "4.5");
    options.calendar = Some(file(
        "dates.csv",
        "listing_id,date,available,price\r\n1,01/06/2026,t,\r\n1,2026-06-02,T,\"1.950,50\"\r\n\
         1,2026-6-3,t,\r\n1,2026-06-04,FALSE,£85\r\n",
    ));
    let importer = InMemoryImporter::default();
    let report = load(options, &importer).await.unwrap();
    let text = report.to_string();
    for line in [
        "calendar: 4 rows read = 1 imported + 3 skipped",
        "line 2, column date: found \"01/06/2026\", expected a date such as 2026-05-31",
        "line 4, column date: found \"2026-6-3\"",
        "line 5, column price: found \"£85\", expected an amount in the currency of the listing",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    let stored = importer.stored.lock().unwrap();
    let euros = Money::new(195_050, Currency::parse("EUR").unwrap());
    let pricing = stored.properties[0].details.pricing.as_ref();
    assert_eq!(pricing.map(|pricing| pricing.nightly), Some(euros));
    assert_eq!(stored.nights[0].price, Some(euros));
}

#[tokio::test]
async fn a_wrong_file_is_refused_before_anything_is_stored() {
    let mut options = args(file("good.csv", LISTINGS));
    options.calendar = Some(file("latin.csv", b"listing_id,date,available\n\xe9,,\n"));
    let importer = InMemoryImporter::default();
    let refused = load(options, &importer).await;
    assert!(matches!(
        refused,
        Err(ImportError::WrongFile {
            problem: WrongFile::NotUtf8,
            ..
        })
    ));
    assert!(importer.stored.lock().unwrap().users.is_empty());
    let none = load(args(PathBuf::from("no-such-file.csv")), &importer).await;
    assert!(matches!(none, Err(ImportError::Open { .. })));
}
