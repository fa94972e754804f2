//! The repositories of the marketplace, run over a fresh SQLite file, and over PostgreSQL where
//! `SOJOURN_TEST_POSTGRES_URL` says where one is.

use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection};
use sojourn_application::ports::{
    BookingFilter, ImportBatch, Importer, PropertySearch, Queries, ReviewFilter, SearchSort, Side,
};
use sojourn_domain::booking::{
    Booking, BookingChange, BookingRepository, CancelRequest, NewBooking, Rate, RefundPolicy,
    Status, price,
};
use sojourn_domain::payment::{Call, CallKind, GatewayOutcome, Payment, PaymentRepository};
use sojourn_domain::property::{
    Calendar, CalendarChange, ClaimKind, Location, NightClaim, NightRules, Pricing, Property,
    PropertyChange, PropertyDetails, PropertyRepository,
};
use sojourn_domain::review::{Review, ReviewRepository, ReviewText, Scores};
use sojourn_domain::shared::{
    Actor, CommitError, Currency, Email, Guests, MarketplaceTerms, Money, PageRequest, Party,
    PropertyId, Stay, UserId,
};
use sojourn_domain::user::{Profile, User, UserRepository};
use uuid::Uuid;

use crate::{Database, OpenOptions};

static NEXT: AtomicU32 = AtomicU32::new(1);

pub(crate) fn uuid() -> Uuid {
    Uuid::from_u128(NEXT.fetch_add(1, Ordering::Relaxed).into())
}

pub(crate) fn now() -> DateTime<Utc> {
    "2026-07-01T12:00:00.123456Z".parse().unwrap()
}

pub(crate) fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) struct Fresh {
    pub(crate) database: Database,
    pub(crate) url: String,
    directory: std::path::PathBuf,
    schema: Option<(String, String)>,
}

impl Drop for Fresh {
    fn drop(&mut self) {
        let _gone = std::fs::remove_dir_all(&self.directory);
        if let Some((url, name)) = &self.schema
            && let Ok(mut connection) = PgConnection::establish(url)
        {
            let _gone = connection.batch_execute(&format!("DROP SCHEMA {name} CASCADE"));
        }
    }
}

pub(crate) fn fresh() -> Vec<Fresh> {
    let name = format!(
        "sojourn_market_{}_{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let directory = std::env::temp_dir().join(&name);
    let mut urls = vec![(format!("sqlite://{}/data.db", directory.display()), None)];
    if let Ok(url) = std::env::var("SOJOURN_TEST_POSTGRES_URL") {
        PgConnection::establish(&url)
            .unwrap()
            .batch_execute(&format!("CREATE SCHEMA {name}"))
            .unwrap();
        urls.push((
            format!("{url}?options=-csearch_path%3D{name}"),
            Some((url, name)),
        ));
    }
    let open = |(url, schema): (String, _)| {
        let database = Database::open(&url, OpenOptions { threads: 8 }).unwrap();
        database.migrate().unwrap();
        Fresh {
            database,
            url,
            directory: directory.clone(),
            schema,
        }
    };
    urls.into_iter().map(open).collect()
}

fn user(name: &str) -> User {
    let profile = Profile {
        first_name: name.to_owned(),
        last_name: "X".to_owned(),
        phone: None,
        locale: None,
        currency: None,
    };
    let email = Email::parse(&format!("{name}{}@example.org", uuid().simple())).unwrap();
    User::register(UserId::new(uuid()), email, None, profile, now()).unwrap()
}

fn listed(host: UserId, title: &str, latitude: f64, nightly: i64) -> Property {
    let mut details = PropertyDetails {
        title: Some(title.to_owned()),
        description: Some(format!(
            "{title}, 100% quiet by the lake, with all that is needed for a long stay."
        )),
        location: Some(Location {
            latitude,
            longitude: 7.5,
        }),
        time_zone: Some(chrono_tz::Europe::Zurich),
        max_guests: Some(4),
        beds: 2,
        amenities: vec!["wifi".to_owned()],
        pricing: Some(Pricing::nightly(Money::new(
            nightly,
            Currency::parse("CHF").unwrap(),
        ))),
        ..PropertyDetails::default()
    };
    details.address.line1 = Some("Seestrasse 1".to_owned());
    details.address.city = Some("Zürich".to_owned());
    details.address.country = Some("CH".to_owned());
    details.stay_rules.preparation_nights = 1;
    let actor = Actor::member(host);
    let draft = Property::draft(PropertyId::new(uuid()), host, details, now()).unwrap();
    let mut record = draft.publish(&actor, true, now()).unwrap().into_record();
    record.version = 1;
    Property::restore(record)
}

pub(crate) fn hold(property: &Property, guest: UserId, from: &str, nights: u64) -> BookingChange {
    let check_in = date(from);
    let stay = Stay::try_new(check_in, check_in + Days::new(nights)).unwrap();
    let guests = Guests::try_new(2, 0, 0, 0).unwrap();
    let terms = MarketplaceTerms::default();
    let price = price(
        property,
        &Calendar::default(),
        stay,
        guests,
        Rate::Standard,
        &terms,
        now(),
    )
    .unwrap();
    let new = NewBooking {
        id: sojourn_domain::shared::BookingId::new(uuid()),
        guest_id: guest,
        stay,
        guests,
        price,
        policy: RefundPolicy::Moderate,
        terms,
        message: Some("Grüezi".to_owned()),
    };
    Booking::hold(property, new, now()).unwrap()
}

/// A booking as it is read again.
pub(crate) fn read(booking: &Booking) -> Booking {
    Booking::restore(booking.clone().into_record())
}

pub(crate) fn page(limit: u32, after: Option<String>) -> PageRequest {
    PageRequest { limit, after }
}

pub(crate) async fn seeded(database: &Database) -> (User, User, Vec<Property>) {
    let (host, guest) = (user("host"), user("guest"));
    let properties: Vec<Property> = (0..5)
        .map(|n| {
            listed(
                host.id,
                &format!("Place {n}"),
                47.0 + 0.1 * f64::from(n),
                10_000 + 100 * i64::from(n % 3),
            )
        })
        .collect();
    let batch = ImportBatch {
        users: vec![host.clone(), guest.clone()],
        properties: properties.clone(),
        ..ImportBatch::default()
    };
    let counts = database.load(batch.clone()).await.unwrap();
    assert_eq!((counts.users, counts.properties), (2, 5));
    assert_eq!(database.load(batch).await.unwrap(), Default::default());
    (host, guest, properties)
}

#[tokio::test]
async fn one_of_many_writers_wins_each_night() {
    for fresh in fresh() {
        let (_, guest, properties) = seeded(&fresh.database).await;
        let mut tasks = Vec::new();
        for n in 0..32_u64 {
            let start = (date("2026-08-01") + Days::new(n % 4)).to_string();
            let change = hold(&properties[0], guest.id, &start, 3);
            let database = fresh.database.clone();
            tasks.push(tokio::spawn(async move {
                BookingRepository::commit(&database, change).await
            }));
        }
        let mut won = 0;
        for task in tasks {
            match task.await.unwrap() {
                Ok(()) => won += 1,
                Err(CommitError::NightsTaken(nights)) => assert!(!nights.is_empty()),
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(won, 1);
    }
}

#[tokio::test]
async fn keeps_a_booking_with_its_payment_and_reviews() {
    for fresh in fresh() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        let change = hold(&properties[0], guest.id, "2026-08-01", 3);
        let booking = read(&change.booking);
        BookingRepository::commit(db, change).await.unwrap();
        assert_eq!(
            BookingRepository::get(db, booking.id).await.unwrap(),
            Some(booking.clone())
        );
        assert_eq!(
            BookingRepository::due(db, now() + TimeDelta::hours(1), 10).await,
            Ok(vec![booking.clone()])
        );
        let call = Call {
            id: sojourn_domain::shared::PaymentEntryId::new(uuid()),
            kind: CallKind::Capture,
            amount: booking.price.total,
            method: Some("pm".to_owned()),
            reason: None,
            at: now(),
            against: None,
            borne_by: None,
        };
        let payment_id = sojourn_domain::shared::PaymentId::new(uuid());
        let payment = Payment::begin(payment_id, booking.id, booking.property_id, call.clone());
        let begun = booking
            .clone()
            .begin_payment(payment.clone(), now())
            .unwrap();
        let (booking, payment) = (
            read(&begun.booking),
            Payment::restore(payment.into_record()),
        );
        BookingRepository::commit(db, begun.clone()).await.unwrap();
        assert_eq!(
            BookingRepository::commit(db, begun).await,
            Err(CommitError::Stale)
        );
        assert_eq!(
            db.unanswered(now() + TimeDelta::minutes(1), 5).await,
            Ok(vec![payment.clone()])
        );
        let done = GatewayOutcome::Done {
            reference: "ch_1".to_owned(),
        };
        let paid = payment.answered(call.id, done, now()).unwrap();
        let captured = booking
            .captured("ABCDEFGHJK".to_owned(), now())
            .unwrap()
            .paying(paid.clone());
        let booking = read(&captured.booking);
        BookingRepository::commit(db, captured).await.unwrap();
        assert_eq!(
            BookingRepository::with_payment(db, booking.id)
                .await
                .unwrap()
                .unwrap()
                .1,
            Some(paid)
        );
        let calendar = db
            .calendar(booking.property_id, date("2026-08-01"), date("2026-08-10"))
            .await
            .unwrap();
        assert_eq!(
            calendar.claim(date("2026-08-01")).map(|claim| claim.kind),
            Some(ClaimKind::Booked)
        );
        assert_eq!(
            calendar.claim(date("2026-08-04")).map(|claim| claim.kind),
            Some(ClaimKind::Preparation)
        );
        assert!(
            Queries::has_bookings_ahead(db, booking.property_id)
                .await
                .unwrap()
        );
        assert_eq!(
            PropertyRepository::delete(db, booking.property_id, 1).await,
            Err(CommitError::Exists)
        );
        let filter = BookingFilter {
            user: Some((host.id, Side::Either)),
            status: Some(Status::Confirmed),
            property_id: None,
            from: None,
            to: None,
        };
        assert_eq!(
            db.bookings(filter, page(10, None)).await.unwrap().data,
            vec![booking.clone()]
        );
        assert_eq!(
            db.payments(Some(guest.id), page(10, None))
                .await
                .unwrap()
                .data
                .len(),
            1
        );
        review_both_sides(db, booking, &host).await;
    }
}

async fn review_both_sides(db: &Database, booking: Booking, host: &User) {
    let arrived = booking
        .check_in(
            Party::Host,
            date("2026-08-01").and_hms_opt(18, 0, 0).unwrap().and_utc(),
        )
        .unwrap();
    BookingRepository::commit(db, arrived.clone())
        .await
        .unwrap();
    let left = date("2026-08-04").and_hms_opt(8, 0, 0).unwrap().and_utc();
    let left_change = read(&arrived.booking).check_out(Party::Host, left).unwrap();
    let booking = left_change.booking.clone();
    BookingRepository::commit(db, left_change).await.unwrap();
    let text = |overall| ReviewText {
        scores: Scores {
            overall,
            categories: Default::default(),
        },
        public_comment: "Fine".to_owned(),
        private_note: None,
    };
    let id = || sojourn_domain::shared::ReviewId::new(uuid());
    let first = Review::write(id(), &booking, Party::Guest, text(5), None, left).unwrap();
    let blind = first.reviews[0].clone();
    ReviewRepository::commit(db, first.clone()).await.unwrap();
    assert_eq!(
        ReviewRepository::commit(db, first).await,
        Err(CommitError::Stale)
    );
    let again = Review::write(id(), &booking, Party::Guest, text(4), None, left).unwrap();
    let unversioned = sojourn_domain::review::ReviewChange {
        booking: None,
        ..again
    };
    assert_eq!(
        ReviewRepository::commit(db, unversioned).await,
        Err(CommitError::Exists)
    );
    let booking = BookingRepository::get(db, booking.id)
        .await
        .unwrap()
        .unwrap();
    let both = Review::write(id(), &booking, Party::Host, text(4), Some(blind), left).unwrap();
    ReviewRepository::commit(db, both).await.unwrap();
    let property = PropertyRepository::get(db, booking.property_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((property.rating.sum, property.rating.count), (5, 1));
    let guest = UserRepository::get(db, booking.guest_id)
        .await
        .unwrap()
        .unwrap();
    assert_eq!((guest.rating_sum, guest.rating_count), (4, 1));
    for filter in [
        ReviewFilter::OfProperty(booking.property_id),
        ReviewFilter::OfGuest(booking.guest_id),
        ReviewFilter::By(host.id),
    ] {
        assert_eq!(
            db.reviews(filter, page(10, None)).await.unwrap().data.len(),
            1
        );
    }
}

#[tokio::test]
async fn searches_in_every_order() {
    for fresh in fresh() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        BookingRepository::commit(db, hold(&properties[0], guest.id, "2026-08-04", 3))
            .await
            .unwrap();
        let stay = |text: &str| Some(text.parse::<Stay>().unwrap());
        let near = Some((
            Location {
                latitude: 47.0,
                longitude: 7.5,
            },
            30.0,
        ));
        let all = PropertySearch {
            city: Some("zürich".to_owned()),
            country: Some("CH".to_owned()),
            text: Some("100% LAKE".to_owned()),
            within: Some((
                Location {
                    latitude: 46.0,
                    longitude: 7.0,
                },
                Location {
                    latitude: 48.0,
                    longitude: 8.0,
                },
            )),
            guests: Some(2),
            price_min: Some(1),
            price_max: Some(20_000),
            currency: Some(Currency::parse("CHF").unwrap()),
            amenities: vec!["wifi".to_owned()],
            instant: Some(true),
            ..PropertySearch::default()
        };
        for (sort, near, stay, expected) in [
            (SearchSort::Relevance, None, None, 5),
            (SearchSort::Price, None, stay("2026-08-01/2026-08-03"), 5),
            (
                SearchSort::PriceDescending,
                None,
                stay("2026-08-01/2026-08-04"),
                4,
            ),
            (SearchSort::Rating, None, stay("2026-08-07/2026-08-09"), 4),
            (SearchSort::Distance, near, None, 3),
        ] {
            let search = PropertySearch {
                sort,
                near,
                stay,
                ..all.clone()
            };
            let (mut found, mut after) = (Vec::new(), None);
            loop {
                let got = db.search(search.clone(), page(2, after)).await.unwrap();
                found.extend(got.data.into_iter().map(|hit| hit.property));
                after = got.next;
                if after.is_none() {
                    break;
                }
            }
            let mut ids: Vec<_> = found.iter().map(|property| property.id).collect();
            ids.sort();
            ids.dedup();
            assert_eq!((found.len(), ids.len()), (expected, expected), "{sort:?}");
            if sort == SearchSort::Distance {
                assert_eq!(found, properties[..3]);
            }
        }
        let own = PropertySearch {
            host: Some(host.id),
            ..PropertySearch::default()
        };
        assert_eq!(db.search(own, page(100, None)).await.unwrap().data.len(), 5);
        assert_eq!(db.listed_count(host.id).await, Ok(5));
    }
}

#[tokio::test]
async fn keeps_calendars_and_edits() {
    for fresh in fresh() {
        let db = &fresh.database;
        let (host, guest, properties) = seeded(db).await;
        let (property, actor) = (properties[1].clone(), Actor::member(host.id));
        let unlisted = property.clone().unpublish(&actor, now()).unwrap();
        let change = PropertyChange::of(unlisted.clone());
        PropertyRepository::commit(db, change.clone())
            .await
            .unwrap();
        assert_eq!(
            PropertyRepository::commit(db, change).await,
            Err(CommitError::Stale)
        );
        assert_eq!(
            PropertyRepository::get(db, property.id).await,
            Ok(Some(unlisted))
        );
        let (night, next) = (date("2026-09-01"), date("2026-09-02"));
        let rules = NightRules {
            min_nights: Some(3),
            note: Some("x".to_owned()),
            ..NightRules::default()
        };
        let change = CalendarChange {
            block: vec![night, next],
            rules: vec![(night, rules.clone())],
            ..CalendarChange::default()
        };
        db.commit_calendar(property.id, change.clone())
            .await
            .unwrap();
        db.commit_calendar(property.id, change).await.unwrap();
        let calendar = db
            .calendar(property.id, night, date("2026-09-05"))
            .await
            .unwrap();
        let claim = NightClaim {
            night,
            kind: ClaimKind::Blocked,
            booking_id: None,
        };
        assert_eq!(
            (calendar.rules(night), calendar.claim(night)),
            (Some(&rules), Some(claim))
        );
        let refused =
            BookingRepository::commit(db, hold(&property, guest.id, "2026-08-31", 2)).await;
        assert_eq!(refused, Err(CommitError::NightsTaken(vec![night, next])));
        let lift = CalendarChange {
            unblock: vec![night, next],
            rules: vec![(night, NightRules::default())],
            ..CalendarChange::default()
        };
        db.commit_calendar(property.id, lift).await.unwrap();
        let held = hold(&property, guest.id, "2026-08-31", 2);
        BookingRepository::commit(db, held.clone()).await.unwrap();
        let block = CalendarChange {
            block: vec![night],
            ..CalendarChange::default()
        };
        assert_eq!(
            db.commit_calendar(property.id, block).await,
            Err(CommitError::NightsTaken(vec![night]))
        );
        let off = read(&held.booking)
            .cancel(Party::Guest, CancelRequest::default(), now())
            .unwrap();
        BookingRepository::commit(db, off).await.unwrap();
        let calendar = db
            .calendar(property.id, date("2026-08-31"), date("2026-09-05"))
            .await
            .unwrap();
        assert_eq!(calendar, Calendar::default());
        assert_eq!(
            PropertyRepository::delete(db, properties[2].id, 1).await,
            Ok(())
        );
    }
}
