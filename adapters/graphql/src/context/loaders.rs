//! The batched reads of a request.

use std::sync::Arc;

use sojourn_application::payment::PaymentView;
use sojourn_application::ports::Ports;
use sojourn_application::property::PropertyView;
use sojourn_application::review::ReviewView;
use sojourn_application::user::PublicProfile;
use sojourn_application::{payment, property, review, user};
use sojourn_domain::shared::{Actor, BookingId, PaymentId, PropertyId, UserId};

use super::batch::BatchLoader;

/// The batched reads of a request, each as visible to its caller.
pub(crate) struct Loaders {
    /// Public profiles.
    pub(crate) profiles: BatchLoader<UserId, PublicProfile>,
    /// Properties.
    pub(crate) properties: BatchLoader<PropertyId, Arc<PropertyView>>,
    /// Payments of the caller's bookings.
    pub(crate) payments: BatchLoader<PaymentId, Arc<PaymentView>>,
    /// The caller's reviews by booking.
    pub(crate) own_reviews: BatchLoader<BookingId, Arc<ReviewView>>,
}

impl Loaders {
    /// The reads of a caller.
    pub(super) fn new(ports: &Ports, actor: Option<Actor>) -> Self {
        let all = Arc::new(ports.clone());
        let ports = Arc::clone(&all);
        let profiles = BatchLoader::new(move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let found = user::public_profiles(&ports, actor.as_ref(), ids).await?;
                Ok(found.into_iter().map(|it| (it.id, it)).collect())
            }
        });
        let ports = Arc::clone(&all);
        let properties = BatchLoader::new(move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let found = property::get_many(&ports, actor.as_ref(), ids).await?;
                Ok(found.into_iter().map(|it| (it.id, Arc::new(it))).collect())
            }
        });
        let ports = Arc::clone(&all);
        let payments = BatchLoader::new(move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let Some(actor) = actor else {
                    return Ok(Default::default());
                };
                let found = payment::get_many(&ports, &actor, ids).await?;
                Ok(found.into_iter().map(|it| (it.id, Arc::new(it))).collect())
            }
        });
        let own_reviews = BatchLoader::new(move |ids| {
            let ports = Arc::clone(&all);
            async move {
                let Some(actor) = actor else {
                    return Ok(Default::default());
                };
                let found = review::own_of_bookings(&ports, &actor, ids).await?;
                let by_booking = |it: ReviewView| Some((it.booking_id?, Arc::new(it)));
                Ok(found.into_iter().filter_map(by_booking).collect())
            }
        });
        Self {
            profiles,
            properties,
            payments,
            own_reviews,
        }
    }

    /// Forgets all values, before a change that may make them old.
    pub(crate) fn clear(&self) {
        self.profiles.clear();
        self.properties.clear();
        self.payments.clear();
        self.own_reviews.clear();
    }
}
