//! Reviews, and ratings that are exactly what is published.

use super::on_every_database;

on_every_database!(both_sides_publish_together_and_count_once);

mod checks {
    use std::collections::BTreeMap;

    use sojourn_application::ports::{Queries, ReviewFilter};
    use sojourn_domain::booking::{Booking, BookingRepository, Status};
    use sojourn_domain::property::PropertyRepository;
    use sojourn_domain::review::{Review, ReviewRepository, ReviewText, Scores};
    use sojourn_domain::shared::{Actor, CommitError, PageRequest, Party, ReviewId};
    use sojourn_domain::user::UserRepository;
    use sojourn_persistence::Database;
    use sojourn_tests::{a_cabin, a_hold, a_user, new_id, now, stay};

    fn text(overall: u8) -> ReviewText {
        let scores = Scores { overall, categories: BTreeMap::new() };
        ReviewText { scores, public_comment: "Fine".into(), private_note: None }
    }

    fn page() -> PageRequest {
        PageRequest { limit: 10, after: None }
    }

    pub async fn both_sides_publish_together_and_count_once(database: Database) {
        let (host, guest) = (a_user(&database, "host").await, a_user(&database, "guest").await);
        let cabin = a_cabin(&database, &host).await;
        let hold = a_hold(&cabin, &guest, stay(5, 8));
        BookingRepository::commit(&database, hold.clone()).await.unwrap();
        let mut record = hold.booking.into_record();
        (record.status, record.version) = (Status::Completed, 2);
        let booking = Booking::restore(record);
        let mut ended = a_hold(&cabin, &guest, stay(5, 8));
        (ended.booking, ended.nights) = (booking.clone(), sojourn_domain::booking::NightsChange::Keep);
        BookingRepository::commit(&database, ended).await.unwrap();

        let id = || ReviewId::new(new_id());
        let first = Review::write(id(), &booking, Party::Guest, text(5), None, now()).unwrap();
        ReviewRepository::commit(&database, first.clone()).await.unwrap();
        let twice = Review::write(id(), &booking, Party::Guest, text(1), None, now()).unwrap();
        assert!(matches!(
            ReviewRepository::commit(&database, twice).await,
            Err(CommitError::Exists | CommitError::Stale)
        ));
        let of_property = ReviewFilter::OfProperty(cabin.id);
        assert!(database.reviews(of_property, page()).await.unwrap().data.is_empty());

        // The host wrote without seeing the guest's: the booking's version tells.
        let blind = Review::write(id(), &booking, Party::Host, text(4), None, now()).unwrap();
        assert_eq!(ReviewRepository::commit(&database, blind).await, Err(CommitError::Stale));
        let booking = BookingRepository::get(&database, booking.id).await.unwrap().unwrap();
        let other = ReviewRepository::of_booking(&database, booking.id).await.unwrap().pop();
        let second = Review::write(id(), &booking, Party::Host, text(4), other, now()).unwrap();
        ReviewRepository::commit(&database, second).await.unwrap();

        let rating = PropertyRepository::get(&database, cabin.id).await.unwrap().unwrap().rating;
        assert_eq!((rating.sum, rating.count), (5, 1));
        let rated = UserRepository::get(&database, guest.id).await.unwrap().unwrap();
        assert_eq!((rated.rating_sum, rated.rating_count), (4, 1));
        let mut shown = database.reviews(of_property, page()).await.unwrap().data;
        assert_eq!(shown.len(), 1);

        let admin = Actor { user_id: host.id, admin: true };
        let removal = shown.remove(0).withdraw(&admin, now()).unwrap();
        ReviewRepository::commit(&database, removal).await.unwrap();
        let rating = PropertyRepository::get(&database, cabin.id).await.unwrap().unwrap().rating;
        assert_eq!((rating.sum, rating.count), (0, 0));
    }
}
