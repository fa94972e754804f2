//! Properties.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono_tz::Tz;
use sojourn_application::ports::CacheTag;
use sojourn_application::property::{PropertyView, SearchResult};
use sojourn_application::review::{self, ReviewView};
use sojourn_domain::{property, shared};

use super::pricing::Pricing;
use super::profile::{Profile, mean, profile_of};
use super::review::{Ratings, Review};
use super::stay_rules::StayRules;
use crate::context::{ApiResult, CallExt, Connection, connection, page_complexity, page_request};
use crate::scalars::{
    BookingMode, CancellationPolicy, Date, Id, Instant, LongStayPolicy, Money, PropertyStatus,
    PropertyType, RoomType,
};

/// The page of a property without reviews.
const NO_REVIEWS: shared::Page<Arc<ReviewView>> = shared::Page {
    data: Vec::new(),
    next: None,
};

/// A property, from the batch of its level; `None` if the caller may not see it.
pub(super) async fn property_of(
    ctx: &Context<'_>,
    id: shared::PropertyId,
) -> ApiResult<Option<Property>> {
    let call = ctx.call();
    call.dependencies.add(CacheTag::Property(id));
    let found = call.loaders.properties.load(id).await?;
    Ok(found.map(Into::into))
}

/// A property in the view of the caller.
pub(crate) struct Property {
    view: Arc<PropertyView>,
    stay: Option<shared::Stay>,
    total: Option<shared::Money>,
}

impl From<Arc<PropertyView>> for Property {
    fn from(view: Arc<PropertyView>) -> Self {
        Self {
            view,
            stay: None,
            total: None,
        }
    }
}

impl From<PropertyView> for Property {
    fn from(view: PropertyView) -> Self {
        Arc::new(view).into()
    }
}

impl From<SearchResult> for Property {
    fn from(result: SearchResult) -> Self {
        Self {
            view: Arc::new(result.property),
            stay: result.stay,
            total: result.total,
        }
    }
}

/// A postal address. Its lines are null until the caller has a confirmed booking.
#[derive(SimpleObject)]
pub(crate) struct Address {
    /// Street and number.
    line1: Option<String>,
    /// Flat or floor.
    line2: Option<String>,
    /// City.
    city: Option<String>,
    /// State, province or canton.
    region: Option<String>,
    /// Postal code.
    postal_code: Option<String>,
    /// ISO 3166-1 alpha-2 code in upper case.
    country: Option<String>,
}

/// Geographic coordinates (WGS 84). Rounded to about a kilometre until the caller has a confirmed booking.
#[derive(SimpleObject)]
pub(crate) struct Location {
    /// Latitude in degrees, positive to the north.
    latitude: f64,
    /// Longitude in degrees, positive to the east.
    longitude: f64,
}

impl From<property::Location> for Location {
    fn from(place: property::Location) -> Self {
        Self {
            latitude: place.latitude,
            longitude: place.longitude,
        }
    }
}

/// Rating by guests.
#[derive(SimpleObject)]
pub(crate) struct Rating {
    /// Average rating; null for fewer than 3 reviews.
    average: Option<f64>,
    /// Number of published reviews.
    count: i64,
}

/// A property. Until the caller has a confirmed booking, its location is rounded to about a kilometre, and the lines
/// of its address are null.
#[Object]
impl Property {
    /// Id of the property.
    async fn id(&self) -> Id {
        self.view.id.into()
    }

    /// Id of the host.
    async fn host_id(&self) -> Id {
        self.view.host_id.into()
    }

    /// The host; null if the account is closed.
    async fn host(&self, ctx: &Context<'_>) -> ApiResult<Option<Profile>> {
        profile_of(ctx, self.view.host_id).await
    }

    /// Status of the property.
    async fn status(&self) -> PropertyStatus {
        self.view.status.into()
    }

    /// Title.
    async fn title(&self) -> Option<&str> {
        self.view.details.title.as_deref()
    }

    /// Description.
    async fn description(&self) -> Option<&str> {
        self.view.details.description.as_deref()
    }

    /// Kind of building.
    async fn property_type(&self) -> PropertyType {
        self.view.details.property_type.into()
    }

    /// Kind of accommodation: the entire place or a room.
    async fn room_type(&self) -> RoomType {
        self.view.details.room_type.into()
    }

    /// Postal address.
    async fn address(&self) -> Address {
        let address = self.view.details.address.clone();
        Address {
            line1: address.line1,
            line2: address.line2,
            city: address.city,
            region: address.region,
            postal_code: address.postal_code,
            country: address.country,
        }
    }

    /// Geographic location.
    async fn location(&self) -> Option<Location> {
        self.view.details.location.map(Into::into)
    }

    /// IANA name of the time zone.
    async fn time_zone(&self) -> Option<&str> {
        self.view.details.time_zone.map(Tz::name)
    }

    /// Maximum number of adults and children.
    async fn max_guests(&self) -> Option<u32> {
        self.view.details.max_guests
    }

    /// Maximum number of pets.
    async fn max_pets(&self) -> u32 {
        self.view.details.max_pets
    }

    /// Number of bedrooms.
    async fn bedrooms(&self) -> u32 {
        self.view.details.bedrooms
    }

    /// Number of beds.
    async fn beds(&self) -> u32 {
        self.view.details.beds
    }

    /// Number of bathrooms, in steps of 0.5.
    async fn bathrooms(&self) -> f64 {
        f64::from(self.view.details.half_bathrooms) / 2.0
    }

    /// Amenities: names of the catalogue or free text.
    async fn amenities(&self) -> &[String] {
        &self.view.details.amenities
    }

    /// House rules.
    async fn house_rules(&self) -> Option<&str> {
        self.view.details.house_rules.as_deref()
    }

    /// Prices.
    async fn pricing(&self) -> Option<Pricing> {
        self.view.details.pricing.as_ref().map(Into::into)
    }

    /// Stay rules.
    async fn stay_rules(&self) -> StayRules {
        (&self.view.details.stay_rules).into()
    }

    /// Booking mode: instant or on request.
    async fn booking_mode(&self) -> BookingMode {
        self.view.details.booking_mode.into()
    }

    /// Cancellation policy.
    async fn cancellation_policy(&self) -> CancellationPolicy {
        self.view.details.cancellation_policy.into()
    }

    /// Cancellation policy for stays of 28 nights or more.
    async fn long_stay_policy(&self) -> LongStayPolicy {
        self.view.details.long_stay_policy.into()
    }

    /// Rating by guests.
    async fn rating(&self) -> Rating {
        let rating = self.view.rating;
        Rating {
            average: rating.hundredths().map(mean),
            count: rating.count,
        }
    }

    /// Ratings by guests by category and by number of stars.
    #[graphql(complexity = "5 + child_complexity")]
    async fn ratings(&self, ctx: &Context<'_>) -> ApiResult<Ratings> {
        let call = ctx.call();
        call.dependencies.add(CacheTag::Property(self.view.id));
        let details = call.loaders.ratings.load(self.view.id).await?;
        Ok(details.as_deref().map_or_else(Ratings::default, Into::into))
    }

    /// Published reviews, newest first. Empty while the property is not listed, except for its host and operators.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Review>> {
        let call = ctx.call();
        let id = self.view.id;
        let plan = page_request(ctx, &id.to_string(), first, after.as_deref())?;
        let request = plan.request.clone();
        let actor = call.maybe_actor();
        call.dependencies.add(CacheTag::Property(id));
        if !self.view.shows_reviews_to(actor) {
            return Ok(connection(ctx, plan, NO_REVIEWS, Review::from));
        }
        if request.after.is_none() {
            let (key, plan) = ((id, request.limit), plan.for_batch());
            let page = call.loaders.first_reviews.load(key).await?;
            let page = page.unwrap_or(NO_REVIEWS);
            return Ok(connection(ctx, plan, page, Review::from));
        }
        let page = review::list_for_property(&call.ports, actor, id, request).await?;
        Ok(connection(ctx, plan, page, |it| Arc::new(it).into()))
    }

    /// Check-in date of the stay with this `total`, in a search with dates; with `flexibleDays`, of the cheapest one.
    async fn check_in(&self) -> Option<Date> {
        self.stay.map(|stay| Date(stay.check_in()))
    }

    /// Check-out date of that stay.
    async fn check_out(&self) -> Option<Date> {
        self.stay.map(|stay| Date(stay.check_out()))
    }

    /// Total price of the stay, in a search with dates.
    async fn total(&self) -> Option<Money> {
        self.total.map(Into::into)
    }

    /// Version, incremented by every change.
    async fn version(&self) -> i64 {
        self.view.version
    }

    /// Time of creation.
    async fn created_at(&self) -> Instant {
        self.view.created_at.into()
    }

    /// Time of the last change.
    async fn updated_at(&self) -> Instant {
        self.view.updated_at.into()
    }
}
