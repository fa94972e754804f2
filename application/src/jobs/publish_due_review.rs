//! Publishing a review whose window has ended.

use sojourn_domain::review::Review;
use sojourn_domain::shared::{RepositoryError, ReviewId};

use crate::jobs::work::WorkError;
use crate::ports::Ports;
use crate::retry::{retry_on_conflict, unless_stale};

/// Publishes a review whose counterpart was not written in time.
pub(super) async fn publish_due_review(ports: &Ports, id: ReviewId) -> Result<(), WorkError> {
    let now = ports.clock.now();
    retry_on_conflict(|| async {
        let Some(review) = ports.reviews.get(id).await? else {
            return Ok(Some(()));
        };
        let (response_days, counted_days) = days_of_terms(ports, &review).await?;
        match review.publish_after_window(response_days, counted_days, now) {
            Some(change) => Ok(unless_stale(ports.reviews.commit(change).await, ())?),
            None => Ok::<_, WorkError>(Some(())),
        }
    })
    .await
}

/// Days for a response, and days within which one review counts, by the terms of the reviewed booking, or those in
/// force for a review without one.
async fn days_of_terms(ports: &Ports, review: &Review) -> Result<(u32, u32), RepositoryError> {
    let booking = match review.booking_id {
        Some(id) => ports.bookings.get(id).await?,
        None => None,
    };
    let terms = booking.as_ref().map_or(&*ports.terms, |it| &it.terms);
    Ok((terms.response_days, terms.counted_review_days))
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use sojourn_domain::booking::{Booking, NewBooking, Offer, StayRequest};
    use sojourn_domain::property::Calendar;
    use sojourn_domain::shared::{BookingId, Guests, MarketplaceTerms};
    use uuid::Uuid;

    use super::*;
    use crate::test_support::test_ports::{TestPorts, listed, now, review, stranger};

    fn booking(response_days: u32) -> Booking {
        let terms = MarketplaceTerms {
            response_days,
            ..MarketplaceTerms::default()
        };
        let stay = "2026-07-10/2026-07-13".parse().unwrap();
        let request = StayRequest::new(stay, Guests::try_new(2, 0, 0, 0).unwrap());
        let new = NewBooking {
            id: BookingId::new(Uuid::from_u128(5)),
            guest_id: stranger().user_id,
            quote: Offer::new(&listed(), &Calendar::free_for(&listed(), stay), &terms)
                .quote(request, now())
                .unwrap(),
            message: None,
        };
        Booking::hold(&listed(), new, now()).unwrap().into_booking()
    }

    #[tokio::test]
    async fn the_time_for_a_response_is_that_of_the_bookings_terms() {
        let mut test = TestPorts::new();
        let mut record = review(false).into_record();
        record.booking_id = Some(booking(3).id);
        record.window_ends_at = now() - TimeDelta::seconds(1);
        let due = Review::restore(record).unwrap();
        let id = due.id;
        test.reviews
            .expect_get()
            .return_once(move |_| Ok(Some(due)));
        test.bookings
            .expect_get()
            .return_once(|_| Ok(Some(booking(3))));
        test.reviews
            .expect_commit()
            .once()
            .withf(|change| change.reviews[0].respond_by == Some(now() + TimeDelta::days(3)))
            .return_once(|_| Ok(()));
        publish_due_review(&test.ports(), id).await.unwrap();
    }
}
