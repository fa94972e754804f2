//! Imports of small files with the known gaps of the source, and of a real city if one is
//! available.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use sojourn_application::ports::{ImportBatch, ImportCounts, Importer};
use sojourn_domain::property::{PropertyStatus, PropertyType, RoomType};
use sojourn_domain::shared::{Currency, Money, PropertyId, RepositoryError};
use uuid::Uuid;

use super::{ImportArgs, ImportError, ImportReport, inside_airbnb, plain_text, vocabulary};
use crate::terminal::Progress;

/// Stores new objects only, as the database does.
#[derive(Default)]
pub(super) struct InMemoryImporter {
    ids: Mutex<HashSet<Uuid>>,
    nights: Mutex<HashSet<(PropertyId, NaiveDate, bool)>>,
    pub(super) stored: Mutex<ImportBatch>,
}

#[async_trait]
impl Importer for InMemoryImporter {
    async fn load(&self, batch: ImportBatch) -> Result<ImportCounts, RepositoryError> {
        let mut ids = self.ids.lock().unwrap();
        let mut nights = self.nights.lock().unwrap();
        let mut stored = self.stored.lock().unwrap();
        let mut counts = ImportCounts::default();
        for user in batch.users {
            if ids.insert(user.id.uuid()) {
                counts.users += 1;
                stored.users.push(user);
            }
        }
        for property in batch.properties {
            assert!(ids.contains(&property.host_id.uuid()));
            if ids.insert(property.id.uuid()) {
                counts.properties += 1;
                stored.properties.push(property);
            }
        }
        for night in batch.nights {
            if nights.insert((night.property_id, night.night, night.taken)) {
                counts.claims += u64::from(night.taken);
                stored.nights.push(night);
            }
        }
        for review in batch.reviews {
            assert!(
                ids.contains(&review.reviewer_id.uuid())
                    && ids.contains(&review.property_id.uuid())
            );
            if ids.insert(review.id.uuid()) {
                counts.reviews += 1;
                stored.reviews.push(review);
            }
        }
        Ok(counts)
    }
}

fn now() -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse().unwrap()
}

fn usd(amount: i64) -> Money {
    Money::new(amount, Currency::parse("USD").unwrap())
}

pub(super) fn file(name: &str, text: impl AsRef<[u8]>) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("sojourn-import-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), text).unwrap();
    folder.join(name)
}

pub(super) fn args(listings: PathBuf) -> ImportArgs {
    ImportArgs {
        listings,
        calendar: None,
        reviews: None,
        limit: None,
        currency: Currency::parse("USD").unwrap(),
        time_zone: None,
        country: None,
        city: None,
    }
}

pub(super) async fn load(
    args: ImportArgs,
    importer: &InMemoryImporter,
) -> Result<ImportReport, ImportError> {
    inside_airbnb(args, importer, &Progress::hidden(), now()).await
}

pub(super) const LISTINGS: &str = "\u{feff}id,name,description,host_id,host_name,host_since,host_location,neighbourhood_cleansed,\
latitude,longitude,property_type,room_type,accommodates,bathrooms_text,bedrooms,beds,amenities,price,minimum_nights,\
maximum_nights,instant_bookable,review_scores_rating,license
1,\"Dachgeschoß, 静かな\",\"Two<br />lines &amp; more\n\nquoted\",7,Zoë,2015-02-03,\"Albany, NY\",Ward,42.6,-73.7,\
Private room in bed and breakfast,Private room,2,1.5 shared baths,1,1,\"[\"\"Wifi\"\",\"\"Fast wifi\"\",\"\"Gnome\"\"]\",\
\"$1,234.50\",2,1125,t,4.6,ABC-1
2,,,7,Zoë,2015-02-03,\"Albany, NY\",Ward,42.6,-73.7,Entire igloo,Entire home/apt,2,Half-bath,,,[],,1,30,f,,
2,Again,,7,Zoë,2015-02-03,,Ward,42.6,-73.7,Entire home,Entire home/apt,2,1 bath,,,[],$10.00,1,30,f,,
6.2e17,Rounded,,7,Zoë,,,Ward,42.6,-73.7,Entire home,Entire home/apt,2,1 bath,,,[],$10.00,1,30,f,,
9,Short,row
";

#[tokio::test]
async fn listings_with_gaps_are_adjusted_or_rejected() {
    let importer = InMemoryImporter::default();
    let report = load(args(file("listings.csv", LISTINGS)), &importer)
        .await
        .unwrap();
    assert_eq!(
        (
            report.listings.rows,
            report.listings.accepted,
            report.listings.rejected_rows()
        ),
        (5, 2, 3)
    );
    let text = report.to_string();
    for line in [
        "listings: 5 rows read = 2 imported + 3 skipped",
        "    line 6, column id: found \"2\", expected an id that no row before has",
        "    line 7, column id: found \"6.2e17\", expected a number, all digits written out",
        "    line 8: found 3 fields, expected as many fields as the header",
    ] {
        assert!(text.contains(line), "{line} in {text}");
    }
    assert_eq!(
        report
            .listings
            .adjusted
            .get("imported as unlisted: no price")
            .map(|occurrences| occurrences.count),
        Some(1)
    );
    assert_eq!((report.stored.users, report.stored.properties), (1, 2));
}

#[tokio::test]
async fn listing_rows_become_properties() {
    let importer = InMemoryImporter::default();
    load(args(file("listings3.csv", LISTINGS)), &importer)
        .await
        .unwrap();
    let stored = importer.stored.lock().unwrap();
    let (first, second) = (&stored.properties[0], &stored.properties[1]);
    assert_eq!(
        (first.status, second.status),
        (PropertyStatus::Listed, PropertyStatus::Unlisted)
    );
    let details = &first.details;
    assert_eq!(details.title.as_deref(), Some("Dachgeschoß, 静かな"));
    assert_eq!(
        details.description.as_deref(),
        Some("Two\nlines & more\n\nquoted\n\nLicence: ABC-1")
    );
    assert_eq!(details.property_type, PropertyType::BedAndBreakfast);
    assert_eq!(
        (details.room_type, details.half_bathrooms),
        (RoomType::PrivateRoom, 3)
    );
    assert_eq!(details.amenities, ["wifi", "Gnome"]);
    assert_eq!(
        details.pricing.as_ref().map(|pricing| pricing.nightly),
        Some(usd(123_450))
    );
    assert_eq!(
        (details.stay_rules.min_nights, details.stay_rules.max_nights),
        (2, 731)
    );
    assert_eq!(details.time_zone, Some(chrono_tz::America::New_York));
    assert_eq!(
        (
            details.address.city.as_deref(),
            details.address.country.as_deref()
        ),
        (Some("Albany"), Some("US"))
    );
    assert_eq!(
        second.details.title.as_deref(),
        Some("Entire igloo in Ward")
    );
    assert_eq!(second.details.half_bathrooms, 1);
}

#[tokio::test]
async fn nights_and_reviews_are_stored_once() {
    let mut args = args(file("listings2.csv", LISTINGS));
    args.calendar = Some(file(
        "calendar2.csv",
        "listing_id,date,available,price,adjusted_price,minimum_nights,maximum_nights\n\
         1,2026-05-01,f,\"$1,234.50\",,2,1125\n1,2026-05-02,t,$99.00,,5,1125\n1,2026-05-03,t,,,2,1125\n\
         1,2026-02-30,t,,,2,2\n1,2026-05-04,x,,,2,2\n77,2026-05-04,t,,,2,2\n1,2026-05-02,t,,,2,2\n",
    ));
    args.reviews = Some(file(
        "reviews2.csv",
        "listing_id,id,date,reviewer_id,reviewer_name,comments\n1,5,2025-07-01,8,Иван,\"Good<br/>\nstay\"\n\
         1,6,2025-07-02,9,,  \n2,7,2025-07-03,9,Li,Unrated\n1,8,2025-07-04,7,Zoë,Own\n",
    ));
    let importer = InMemoryImporter::default();
    let report = load(args.clone(), &importer).await.unwrap();
    let calendar = report.calendar.clone().unwrap();
    assert_eq!(
        (calendar.rows, calendar.accepted, calendar.rejected_rows()),
        (7, 3, 4)
    );
    assert_eq!(report.stored.claims, 1);
    let reviews = report.reviews.clone().unwrap();
    assert_eq!((reviews.accepted, reviews.rejected_rows()), (1, 3));
    {
        let stored = importer.stored.lock().unwrap();
        let night = &stored.nights[1];
        assert_eq!(
            (
                night.night.to_string().as_str(),
                night.price,
                night.min_nights
            ),
            ("2026-05-02", Some(usd(99_00)), Some(5))
        );
        let review = &stored.reviews[0];
        assert_eq!(
            (
                review.text.public_comment.as_str(),
                review.text.scores.overall
            ),
            ("Good\n\nstay", 5)
        );
        assert!(review.booking_id.is_none() && review.published_at.is_some());
    }
    let again = load(args, &importer).await.unwrap();
    assert_eq!(again.stored, ImportCounts::default());
}

#[test]
fn source_vocabulary_is_translated() {
    for (text, halves) in [
        ("1 bath", 2),
        ("1.5 shared baths", 3),
        ("Private half-bath", 1),
        ("0 baths", 0),
        ("2.0", 4),
    ] {
        assert_eq!(vocabulary::half_bathrooms(text), Some(halves), "{text}");
    }
    assert_eq!(vocabulary::half_bathrooms("some"), None);
    assert_eq!(
        vocabulary::property_type("Entire serviced apartment"),
        Some(PropertyType::Apartment)
    );
    assert_eq!(
        vocabulary::property_type("Camper/RV"),
        Some(PropertyType::Camper)
    );
    assert_eq!(
        vocabulary::amenities("{TV,\"Cable TV\",\"Wine, red\"}")
            .unwrap()
            .0,
        ["tv", "Wine, red"]
    );
    assert_eq!(
        plain_text::from_html("a < b &lt;3 <b>x</b>&unknown; &#233;\u{0}"),
        "a < b <3 x&unknown; é"
    );
    assert_eq!(
        plain_text::from_html("\u{85}Fjord\u{9f} \u{200b}view\u{2060} 👩\u{200d}👧"),
        "Fjord view 👩\u{200d}👧"
    );
    assert_eq!(plain_text::from_html("\u{200b} \u{200d}\u{feff}"), "");
}

/// Imports a real city when `SOJOURN_TEST_CITY` names a folder with its three files.
#[tokio::test]
async fn a_second_import_of_a_real_city_stores_nothing() {
    let Some(folder) = std::env::var_os("SOJOURN_TEST_CITY").map(PathBuf::from) else {
        return;
    };
    let mut args = args(folder.join("listings.csv.gz"));
    args.calendar = Some(folder.join("calendar.csv.gz"));
    args.reviews = Some(folder.join("reviews.csv.gz"));
    let importer = InMemoryImporter::default();
    let report = load(args.clone(), &importer).await.unwrap();
    println!("{report}");
    assert_eq!(
        report.listings.rows,
        report.listings.accepted + report.listings.rejected_rows()
    );
    assert!(report.stored.properties > 0 && report.stored.claims > 0 && report.stored.reviews > 0);
    assert_eq!(
        load(args.clone(), &importer).await.unwrap().stored,
        ImportCounts::default()
    );
    args.limit = Some(20);
    let few = load(args, &InMemoryImporter::default()).await.unwrap();
    assert_eq!(
        (few.listings.rows, few.calendar.unwrap().rejected_rows()),
        (20, 0)
    );
}
