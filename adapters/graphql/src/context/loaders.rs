//! The batched reads of a request.

use std::collections::HashMap;
use std::sync::Arc;

use sojourn_application::payment::PaymentView;
use sojourn_application::ports::{Ports, RatingDetails};
use sojourn_application::property::PropertyView;
use sojourn_application::review::ReviewView;
use sojourn_application::user::PublicProfile;
use sojourn_application::{payment, property, review, user};
use sojourn_domain::shared::{
    Actor, BookingId, Page, PaymentId, PropertyId, RepositoryError, UserId,
};

use super::batch::BatchLoader;
use super::list_reads::ListReads;

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
    /// Ratings of properties in detail.
    pub(crate) ratings: BatchLoader<PropertyId, Arc<RatingDetails>>,
    /// First pages of published reviews, by property and number of items.
    pub(crate) first_reviews: BatchLoader<(PropertyId, u32), Page<Arc<ReviewView>>>,
}

impl Loaders {
    /// The reads of a caller.
    pub(super) fn new(ports: &Ports, actor: Option<Actor>, lists: &ListReads) -> Self {
        let all = Arc::new(ports.clone());
        let ports = Arc::clone(&all);
        let profiles = BatchLoader::new(lists, move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let found = user::public_profiles(&ports, actor.as_ref(), ids).await?;
                Ok(found.into_iter().map(|it| (it.id, it)).collect())
            }
        });
        let ports = Arc::clone(&all);
        let properties = BatchLoader::new(lists, move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let found = property::get_many(&ports, actor.as_ref(), ids).await?;
                Ok(found.into_iter().map(|it| (it.id, Arc::new(it))).collect())
            }
        });
        let ports = Arc::clone(&all);
        let payments = BatchLoader::new(lists, move |ids| {
            let ports = Arc::clone(&ports);
            async move {
                let Some(actor) = actor else {
                    return Ok(Default::default());
                };
                let found = payment::get_many(&ports, &actor, ids).await?;
                Ok(found.into_iter().map(|it| (it.id, Arc::new(it))).collect())
            }
        });
        let ratings = ratings(Arc::clone(&all), lists);
        let ports = Arc::clone(&all);
        let first_reviews = BatchLoader::new(lists, move |keys| {
            let ports = Arc::clone(&ports);
            async move { first_reviews(&ports, actor.as_ref(), keys).await }
        });
        let own_reviews = BatchLoader::new(lists, move |ids| {
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
            ratings,
            first_reviews,
        }
    }

    /// Forgets all values, before a change that may make them old.
    pub(crate) fn clear(&self) {
        self.profiles.clear();
        self.properties.clear();
        self.payments.clear();
        self.own_reviews.clear();
        self.ratings.clear();
        self.first_reviews.clear();
    }
}

/// The ratings of properties in detail.
fn ratings(ports: Arc<Ports>, lists: &ListReads) -> BatchLoader<PropertyId, Arc<RatingDetails>> {
    BatchLoader::new(lists, move |ids| {
        let ports = Arc::clone(&ports);
        async move {
            let found = review::rating_details(&ports, ids).await?;
            let shared = found.into_iter().map(|(id, it)| (id, Arc::new(it)));
            Ok(shared.collect())
        }
    })
}

/// One read for each size of pages.
async fn first_reviews(
    ports: &Ports,
    actor: Option<&Actor>,
    keys: Vec<(PropertyId, u32)>,
) -> Result<HashMap<(PropertyId, u32), Page<Arc<ReviewView>>>, RepositoryError> {
    let mut by_limit: HashMap<u32, Vec<PropertyId>> = HashMap::new();
    for (id, limit) in keys {
        by_limit.entry(limit).or_default().push(id);
    }
    let mut all = HashMap::new();
    for (limit, ids) in by_limit {
        let pages = review::first_of_properties(ports, actor, ids, limit).await?;
        all.extend(pages.into_iter().map(|(id, page)| ((id, limit), page)));
    }
    Ok(all)
}
