//! Queries of properties.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::ports::CacheTag;
use sojourn_application::property::{self, QuoteRequest};
use sojourn_application::{input, place};
use sojourn_domain::booking::RatePlan as DomainRatePlan;
use sojourn_domain::property::AMENITIES;
use sojourn_domain::shared::Violations;

use crate::context::{
    ApiError, ApiResult, CallExt, Connection, connection, found, judged, page_complexity,
    page_request,
};
use crate::inputs::{GuestsInput, PropertySearchInput};
use crate::scalars::{Date, Id, RatePlan, SearchSort};
use crate::types::{Amenity, CalendarNight, HostCalendar, Place, Property, Quote};

/// The most similar properties.
const MOST_SIMILAR: u32 = 20;

/// The most nights of a calendar, for its complexity.
const CALENDAR_NIGHTS: usize = 31;

/// The nights of each of several calendars, for their complexity.
const NIGHTS_OF_EACH: usize = 7;

/// The stay to price.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct QuoteInput {
    /// Check-in date.
    check_in: Date,
    /// Check-out date.
    check_out: Date,
    /// Number of guests.
    guests: GuestsInput,
    /// Rate plan; `STANDARD` when absent.
    rate: Option<RatePlan>,
    /// True to include an explanation of every price rule.
    #[graphql(default)]
    why: bool,
}

impl QuoteInput {
    fn parse(self) -> Result<QuoteRequest, Violations> {
        let mut found = Violations::new();
        let stay = input::stay(self.check_in.0, self.check_out.0, &mut found);
        let guests = self.guests.parse(&mut found);
        let (Some(stay), Some(guests)) = (stay, guests) else {
            return Err(found);
        };
        found.into_result(QuoteRequest {
            stay,
            guests,
            rate: self.rate.map_or(DomainRatePlan::Standard, Into::into),
            why: self.why,
        })
    }
}

#[derive(Default)]
pub(crate) struct PropertyQueries;

#[Object]
impl PropertyQueries {
    /// A property. Drafts are only visible to their host and operators.
    async fn property(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the property.")] id: Id,
    ) -> ApiResult<Option<Property>> {
        let call = ctx.call();
        call.dependencies.add(CacheTag::Property(id.into()));
        let view = property::get(&call.ports, call.maybe_actor(), id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// Listed properties. With dates, only those that can be booked for the stay, each with its `total`; with
    /// `flexibleDays` too, each with the cheapest stay of as many nights that begins within so many days.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn properties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Criteria of the search.", default)] search: PropertySearchInput,
        #[graphql(desc = "Sort order; `RELEVANCE` when absent.")] sort: Option<SearchSort>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Property>> {
        let call = ctx.call();
        let actor = call.maybe_actor().filter(|_| search.names_a_host());
        if search.is_own() {
            call.actor()?;
        }
        let request = search.parse(sort, actor.map(|it| it.user_id))?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = plan.request.clone();
        call.dependencies.add(CacheTag::Search);
        let page = property::search(&call.ports, actor, request, page).await?;
        Ok(connection(ctx, plan, page, Property::from))
    }

    /// Cities of listed properties whose name begins with a prefix, those with the most properties first.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn places(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Beginning of the city's name, without regard to case and accents.")]
        prefix: String,
        #[graphql(desc = "Maximum number of cities, 1 to 20.")] first: u32,
    ) -> ApiResult<Vec<Place>> {
        let call = ctx.call();
        let search = input::place_search(&prefix, first, "/first").map_err(ApiError::invalid)?;
        call.dependencies.add(CacheTag::Search);
        let found = place::search(&call.ports, search).await?;
        Ok(found.into_iter().map(Into::into).collect())
    }

    /// The catalogue of amenities with their labels. A property may have others besides, in the words of its host.
    #[graphql(complexity = "AMENITIES.len() * child_complexity")]
    async fn amenities(&self) -> Vec<Amenity> {
        AMENITIES.iter().map(Into::into).collect()
    }

    /// Listed properties similar to a property, the most similar first: near it, with the same room type, and of a
    /// similar price and size. Null if the property is not visible.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn similar_properties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the property.")] property_id: Id,
        #[graphql(desc = "Number of items, 1 to 20.")] first: u32,
    ) -> ApiResult<Option<Vec<Property>>> {
        let call = ctx.call();
        let mut violations = Violations::new();
        let in_range = (1..=MOST_SIMILAR).contains(&first);
        violations.require(in_range, "/first", "out_of_range", "must be from 1 to 20");
        violations.into_result(())?;
        let (id, actor) = (property_id.into(), call.maybe_actor());
        call.dependencies.add(CacheTag::Search);
        call.dependencies.add(CacheTag::Property(id));
        let limit = usize::try_from(first).unwrap_or(1);
        let similar = property::similar(&call.ports, actor, id, limit).await;
        let similar = found(similar)?;
        Ok(similar.map(|all| all.into_iter().map(Into::into).collect()))
    }

    /// Availability, price and rules of each night of a property; null if the property is not visible.
    #[graphql(complexity = "CALENDAR_NIGHTS * child_complexity")]
    async fn calendar(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the property.")] property_id: Id,
        #[graphql(desc = "First night.")] from: Date,
        #[graphql(desc = "Date after the last night, at most 366 days after `from`.")] to: Date,
    ) -> ApiResult<Option<Vec<CalendarNight>>> {
        let call = ctx.call();
        let (id, actor) = (property_id.into(), call.maybe_actor());
        let days = property::get_calendar(&call.ports, actor, id, from.0, to.0).await;
        let days = found(days)?;
        Ok(days.map(|days| days.into_iter().map(Into::into).collect()))
    }

    /// The calendars of 1 to 20 properties, in the order of their ids, for the host of all of them and operators. Null
    /// if one of the properties is not visible.
    #[graphql(complexity = "property_ids.len() * NIGHTS_OF_EACH * child_complexity")]
    async fn calendars(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Ids of the properties.")] property_ids: Vec<Id>,
        #[graphql(desc = "First night.")] from: Date,
        #[graphql(desc = "Date after the last night, at most 92 days after `from`.")] to: Date,
    ) -> ApiResult<Option<Vec<HostCalendar>>> {
        let call = ctx.call();
        let ids = property_ids.into_iter().map(Into::into).collect();
        let all = property::get_calendars(&call.ports, call.actor()?, ids, from.0, to.0).await;
        let all = found(all)?;
        Ok(all.map(|all| all.into_iter().map(Into::into).collect()))
    }

    /// Itemised price of a stay. A booking with the token of the quote costs exactly that. Null if the property is not
    /// visible.
    async fn quote(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the property.")] property_id: Id,
        #[graphql(desc = "The stay to price.")] input: QuoteInput,
    ) -> ApiResult<Option<Quote>> {
        let call = ctx.call();
        let (id, actor) = (property_id.into(), call.maybe_actor());
        let permission = property::permit_view(&call.ports, actor, id);
        let request = match judged(input.parse(), permission).await {
            Err(error) if error.is_not_found() => return Ok(None),
            judged => judged?,
        };
        let quote = property::quote(&call.ports, actor, id, request).await;
        Ok(found(quote)?.map(Into::into))
    }
}
