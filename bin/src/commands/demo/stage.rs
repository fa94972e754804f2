//! A booking in each status between the guest and the host of the demo, made by the use cases at the instants at which
//! they would have happened.

use std::sync::Arc;

use chrono::{Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;
use sojourn_application::booking::{self, AlterRequest, Reserve};
use sojourn_application::payment::{self, Pay};
use sojourn_application::ports::Ports;
use sojourn_application::review::{self, WriteReview};
use sojourn_application::{UseCaseError, property};
use sojourn_domain::booking::{CancelRequest, RatePlan};
use sojourn_domain::property::{BookingMode, CancellationPolicy, PropertyDetails, StayRules};
use sojourn_domain::review::{ReviewText, Scores};
use sojourn_domain::shared::{
    Actor, BookingId, Guests, PropertyId, ReviewId, Stay, instant_of, local_date,
};

use super::clock::DemoClock;
use super::examples::Showcase;
use super::timers::run_due;
use crate::commands::CommandError;

/// Time of day at the property at which everything happens, after the check-in time.
const EVENING: NaiveTime = NaiveTime::from_hms_opt(20, 0, 0).unwrap();

/// The parties, and the clock by which they act.
pub(super) struct Stage {
    ports: Ports,
    clock: Arc<DemoClock>,
    host: Actor,
    guest: Actor,
    zone: Tz,
    today: NaiveDate,
    details: PropertyDetails,
}

/// Properties of the host without other bookings.
struct Properties {
    instant: PropertyId,
    second: PropertyId,
    on_request: PropertyId,
}

/// The result of a step, which no rule of the marketplace refuses.
fn done<T, E: UseCaseError>(step: &'static str, result: Result<T, E>) -> Result<T, CommandError> {
    result.map_err(|error| {
        let failure = error.failure();
        let cause = failure.cause.unwrap_or_else(|| failure.detail.into_owned());
        CommandError::Demo { step, cause }
    })
}

impl Stage {
    /// A stage on which properties are like one that exists.
    pub(super) fn new(
        ports: Ports,
        clock: Arc<DemoClock>,
        (host, guest): (Actor, Actor),
        details: PropertyDetails,
    ) -> Self {
        let zone = details.time_zone.unwrap_or(Tz::UTC);
        let today = local_date(zone, ports.clock.now());
        Self {
            ports,
            clock,
            host,
            guest,
            zone,
            today,
            details,
        }
    }

    /// Plays the last sixty days; the clock shows the present afterwards.
    pub(super) async fn play(&self) -> Result<Showcase, CommandError> {
        let properties = self.list_properties().await?;
        let (to_review, review) = self.past(&properties).await?;
        let upcoming = self.upcoming(&properties).await?;
        let (request, unpaid) = self.present(&properties).await?;
        let view = booking::get(&self.ports, &self.guest, upcoming).await;
        let paid = done("payment", view)?.payment_id;
        let payment = paid.ok_or_else(|| CommandError::Demo {
            step: "payment",
            cause: "the booking is not paid".to_owned(),
        })?;
        Ok(Showcase {
            host: self.host.user_id,
            guest: self.guest.user_id,
            property: properties.instant,
            unheld: properties.second,
            upcoming: (upcoming, payment),
            longer_until: self.day(25)?,
            to_review,
            review,
            unpaid,
            request,
            free: (self.day(120)?, self.day(124)?),
        })
    }

    /// Stays that are over, or did not take place.
    async fn past(&self, properties: &Properties) -> Result<(BookingId, ReviewId), CommandError> {
        self.evening(40).await?;
        let reviewed = self.book(properties.instant, self.stay(-30, 4)?).await?;
        self.evening(25).await?;
        let review = self
            .review(
                self.guest,
                reviewed,
                "Quiet, bright and spotless. The harbour is at the door.",
            )
            .await?;
        self.review(
            self.host,
            reviewed,
            "Left everything as it was. Welcome at any time.",
        )
        .await?;
        self.evening(20).await?;
        let to_review = self.book(properties.instant, self.stay(-9, 5)?).await?;
        let absent = self.book(properties.second, self.stay(-6, 2)?).await?;
        self.evening(15).await?;
        let cancelled = self.book(properties.instant, self.stay(40, 3)?).await?;
        self.evening(14).await?;
        let hosts = self.book(properties.second, self.stay(50, 5)?).await?;
        self.evening(11).await?;
        self.cancel(self.guest, cancelled, "Another year").await?;
        self.cancel(self.host, hosts, "The roof is being repaired")
            .await?;
        self.evening(9).await?;
        let declined = self.book(properties.on_request, self.stay(60, 3)?).await?;
        let reason = Some("We are away that week".to_owned());
        let result = booking::decline(&self.ports, &self.host, declined, reason, None).await;
        done("decline", result)?;
        self.evening(6).await?;
        self.book(properties.on_request, self.stay(70, 3)?).await?;
        self.evening(5).await?;
        let result = booking::no_show(&self.ports, &self.host, absent, None).await;
        done("no-show", result)?;
        Ok((to_review, review))
    }

    /// Stays that have begun or are ahead.
    async fn upcoming(&self, properties: &Properties) -> Result<BookingId, CommandError> {
        self.evening(4).await?;
        self.book(properties.instant, self.stay(0, 2)?).await?;
        let upcoming = self.book(properties.instant, self.stay(20, 4)?).await?;
        let running = self.book(properties.second, self.stay(-2, 6)?).await?;
        self.evening(3).await?;
        self.reserve(properties.instant, self.stay(80, 3)?).await?;
        self.evening(2).await?;
        let result = booking::check_in(&self.ports, &self.guest, running, None).await;
        done("check-in", result)?;
        let altered = self.book(properties.on_request, self.stay(45, 4)?).await?;
        done(
            "accept",
            booking::accept(&self.ports, &self.host, altered, None).await,
        )?;
        self.now().await?;
        let longer = AlterRequest {
            check_out: Some(self.day(50)?),
            ..AlterRequest::default()
        };
        let result = booking::alter(&self.ports, &self.guest, altered, longer, None).await;
        done("alteration", result).map(|_| upcoming)
    }

    /// Bookings that wait for a decision or a payment.
    async fn present(
        &self,
        properties: &Properties,
    ) -> Result<(BookingId, BookingId), CommandError> {
        let request = self.book(properties.on_request, self.stay(30, 3)?).await?;
        let unpaid = self.reserve(properties.instant, self.stay(90, 3)?).await?;
        Ok((request, unpaid))
    }

    async fn list_properties(&self) -> Result<Properties, CommandError> {
        self.evening(60).await?;
        Ok(Properties {
            instant: self
                .list("Loft above the harbour", BookingMode::Instant)
                .await?,
            second: self
                .list("Garden house by the old wall", BookingMode::Instant)
                .await?,
            on_request: self
                .list("Attic with a view of the roofs", BookingMode::Request)
                .await?,
        })
    }

    async fn list(&self, title: &str, mode: BookingMode) -> Result<PropertyId, CommandError> {
        let details = PropertyDetails {
            title: Some(title.to_owned()),
            booking_mode: mode,
            cancellation_policy: CancellationPolicy::Moderate,
            stay_rules: StayRules::default(),
            ..self.details.clone()
        };
        let draft = property::create(&self.ports, &self.host, details).await;
        let id = done("property", draft)?.id;
        let listed = property::publish(&self.ports, &self.host, id, None).await;
        done("publication", listed)?;
        Ok(id)
    }

    /// Moves the clock to the evening of the day so many days ago, and does what has become due.
    async fn evening(&self, days_ago: i64) -> Result<(), CommandError> {
        let day = self.day(-days_ago)?;
        self.clock.set(instant_of(self.zone, day, EVENING));
        Ok(run_due(&self.ports).await?)
    }

    async fn now(&self) -> Result<(), CommandError> {
        self.clock.reset();
        Ok(run_due(&self.ports).await?)
    }

    fn day(&self, offset: i64) -> Result<NaiveDate, CommandError> {
        let days = Days::new(offset.unsigned_abs());
        let day = if offset < 0 {
            self.today.checked_sub_days(days)
        } else {
            self.today.checked_add_days(days)
        };
        day.ok_or_else(|| CommandError::Demo {
            step: "calendar",
            cause: "the clock is out of range".to_owned(),
        })
    }

    /// A stay that begins so many days from today.
    fn stay(&self, offset: i64, nights: i64) -> Result<Stay, CommandError> {
        let stay = Stay::try_new(self.day(offset)?, self.day(offset + nights)?);
        stay.map_err(|error| CommandError::Demo {
            step: "stay",
            cause: error.to_string(),
        })
    }

    async fn reserve(&self, property: PropertyId, stay: Stay) -> Result<BookingId, CommandError> {
        let guests = Guests::try_new(2, 0, 0, 0).map_err(|error| CommandError::Demo {
            step: "guests",
            cause: error.to_string(),
        })?;
        let command = Reserve {
            property_id: property,
            stay,
            guests,
            rate: RatePlan::Standard,
            quote_token: None,
            expected_total: None,
            message: Some("We arrive by train in the evening.".to_owned()),
        };
        let held = booking::reserve(&self.ports, &self.guest, command).await;
        Ok(done("booking", held)?.id)
    }

    /// Reserves and pays; at a property with booking on request, the host decides later.
    async fn book(&self, property: PropertyId, stay: Stay) -> Result<BookingId, CommandError> {
        let id = self.reserve(property, stay).await?;
        let command = Pay {
            booking_id: id,
            method: "pm_card_visa".to_owned(),
        };
        done(
            "payment",
            payment::pay(&self.ports, &self.guest, command).await,
        )?;
        Ok(id)
    }

    async fn cancel(&self, by: Actor, id: BookingId, reason: &str) -> Result<(), CommandError> {
        let request = CancelRequest {
            reason: Some(reason.to_owned()),
            granted: None,
        };
        let cancelled = booking::cancel(&self.ports, &by, id, request, None).await;
        done("cancellation", cancelled).map(|_| ())
    }

    async fn review(
        &self,
        by: Actor,
        id: BookingId,
        comment: &str,
    ) -> Result<ReviewId, CommandError> {
        let text = ReviewText {
            scores: Scores {
                overall: 5,
                categories: std::collections::BTreeMap::new(),
            },
            public_comment: comment.to_owned(),
            private_note: None,
        };
        let command = WriteReview {
            booking_id: id,
            text,
        };
        let written = review::write(&self.ports, &by, command).await;
        done("review", written).map(|view| view.id)
    }
}
