//! Queries of bookings.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::booking::{self, ListBookings};
use sojourn_application::input;
use sojourn_application::ports::Side;
use sojourn_domain::booking::BookingCommand;
use sojourn_domain::shared::Violations;

use crate::context::{
    ApiResult, CallExt, Connection, connection, found, judged, page_complexity, page_request,
};
use crate::inputs::BookingChanges;
use crate::scalars::{BookingPeriod, BookingSide, BookingSort, BookingStatus, Date, Id};
use crate::types::{AlterationPreview, Booking, CancellationPreview};

/// Filter of bookings. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct BookingFilter {
    /// Only bookings in which the caller has this role.
    role: Option<BookingSide>,
    /// Only bookings with one of these statuses.
    status: Option<Vec<BookingStatus>>,
    /// Only bookings of this property.
    property_id: Option<Id>,
    /// Only stays whose check-out is after this date.
    from: Option<Date>,
    /// Only stays whose check-in is before this date.
    to: Option<Date>,
    /// Only stays whose check-out is today or later, or was before, by the date at the property.
    period: Option<BookingPeriod>,
    /// Only the booking with this confirmation code, in upper or lower case.
    confirmation_code: Option<String>,
}

impl BookingFilter {
    fn parse(self, sort: Option<BookingSort>) -> Result<ListBookings, Violations> {
        let side = self.role.map_or(Side::Either, Into::into);
        let filters = Filters {
            status: self.status,
            property_id: self.property_id,
            from: self.from,
            to: self.to,
            period: self.period,
            confirmation_code: self.confirmation_code,
            sort,
        };
        Ok(ListBookings {
            side,
            ..filters.parse()?
        })
    }
}

/// The most values of a filter by status.
const MOST_STATUSES: usize = 9;

/// Filters that the lists of bookings share.
pub(super) struct Filters {
    pub(super) status: Option<Vec<BookingStatus>>,
    pub(super) property_id: Option<Id>,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) period: Option<BookingPeriod>,
    pub(super) confirmation_code: Option<String>,
    pub(super) sort: Option<BookingSort>,
}

impl Filters {
    /// The list of all bookings that pass.
    pub(super) fn parse(self) -> Result<ListBookings, Violations> {
        let mut found = Violations::new();
        let statuses = self.status.unwrap_or_default();
        found.count("/filter/status", statuses.len(), MOST_STATUSES);
        let confirmation_code = self.confirmation_code.and_then(|text| {
            input::confirmation_code(&text, "/filter/confirmation_code", &mut found)
        });
        found.into_result(ListBookings {
            side: Side::Either,
            statuses: statuses.into_iter().map(Into::into).collect(),
            property_id: self.property_id.map(Into::into),
            from: self.from.map(|it| it.0),
            to: self.to.map(|it| it.0),
            period: self.period.map(Into::into),
            confirmation_code,
            sort: self.sort.map(Into::into).unwrap_or_default(),
        })
    }
}

#[derive(Default)]
pub(crate) struct BookingQueries;

#[Object]
impl BookingQueries {
    /// The caller's bookings as guest or host, newest first unless sorted otherwise.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn bookings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: BookingFilter,
        #[graphql(desc = "Sort order; `NEWEST` when absent.")] sort: Option<BookingSort>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Booking>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let list = filter.parse(sort)?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = booking::list(&call.ports, actor, list, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Booking::from))
    }

    /// A booking. Visible to its guest, its host and operators.
    async fn booking(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the booking.")] id: Id,
    ) -> ApiResult<Option<Booking>> {
        let call = ctx.call();
        let view = booking::get(&call.ports, call.actor()?, id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// The refund if the caller cancels now, and the refund over time if the guest cancels.
    async fn cancellation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the booking.")] booking_id: Id,
    ) -> ApiResult<Option<CancellationPreview>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let preview = booking::preview_cancellation(&call.ports, actor, booking_id.into()).await;
        Ok(found(preview)?.map(Into::into))
    }

    /// The price of a change of a booking. Fails as the change would, and changes nothing.
    async fn alteration(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the booking.")] booking_id: Id,
        #[graphql(desc = "The change.")] input: BookingChanges,
    ) -> ApiResult<Option<AlterationPreview>> {
        let call = ctx.call();
        let (actor, id) = (call.actor()?, booking_id.into());
        let permission = booking::permit(&call.ports, actor, id, BookingCommand::Alter);
        let request = match judged(input.parse(), permission).await {
            Err(error) if error.is_not_found() => return Ok(None),
            judged => judged?,
        };
        let preview = booking::preview_alteration(&call.ports, actor, id, &request).await;
        Ok(found(preview)?.map(Into::into))
    }
}
