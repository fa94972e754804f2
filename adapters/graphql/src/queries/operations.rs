//! Queries that require the role `ADMIN`.

use async_graphql::{Context, InputObject, Object};
use sojourn_application::jobs::JobOperator;
use sojourn_application::ports;
use sojourn_application::{
    audit, booking, caching, input, jobs, ledger, payment, property, review, user,
};

use sojourn_domain::shared::{AuditAction, AuditSubject, Violations};

use super::bookings::Filters;
use crate::context::{
    ApiResult, CallExt, Connection, connection, found, page_complexity, page_request,
};
use crate::scalars::{
    AccountState, BookingPeriod, BookingSort, BookingStatus, Date, Id, Instant, JobKind, JobStatus,
    PropertyStatus, ReviewSubject, Role,
};
use crate::types::{
    AccountWithState, AuditEntry, Booking, CacheReport, Job, Ledger, Property, Refund, Review,
};

/// Filter of accounts. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AccountFilter {
    /// Only accounts whose email address starts with this text, without regard to case.
    email_prefix: Option<String>,
    /// Only accounts with these words in their name, without regard to case and accents.
    name: Option<String>,
    /// Only accounts with this role.
    role: Option<Role>,
    /// Only accounts in this state.
    state: Option<AccountState>,
}

/// Filter of properties in any status. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AnyPropertyFilter {
    /// Only properties with this status.
    status: Option<PropertyStatus>,
    /// Only properties of this host.
    host_id: Option<Id>,
}

/// Filter of all bookings. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AnyBookingFilter {
    /// Only bookings of this account, as guest or host.
    user_id: Option<Id>,
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

/// Filter of all reviews. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AnyReviewFilter {
    /// Only reviews of this property, and of guests for their stays there.
    property_id: Option<Id>,
    /// Only reviews by this account.
    reviewer_id: Option<Id>,
    /// Only reviews of this subject.
    subject: Option<ReviewSubject>,
}

/// Filter of the journal. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct LedgerFilter {
    /// Only entries of this booking.
    booking_id: Option<Id>,
    /// Only entries of this host's bookings.
    host_id: Option<Id>,
    /// Only entries in this currency (ISO 4217 code).
    currency: Option<String>,
}

/// Filter of the audit log. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct AuditFilter {
    /// Only actions of this account.
    actor_id: Option<Id>,
    /// Only actions on this object.
    subject: Option<AuditSubjectInput>,
    /// Only this action.
    action: Option<String>,
    /// Only actions at or after this time.
    from: Option<Instant>,
}

/// Object of recorded actions.
#[derive(Debug, Clone, InputObject)]
pub(crate) struct AuditSubjectInput {
    /// Kind: `user`, `property`, `booking`, `payment` or `session`.
    kind: String,
    /// Id of the object.
    id: Id,
}

/// Filter of background work. Absent fields do not filter.
#[derive(Debug, Clone, Default, InputObject)]
pub(crate) struct JobFilter {
    /// Only this kind.
    kind: Option<JobKind>,
    /// Only this status.
    status: Option<JobStatus>,
}

impl AuditFilter {
    fn parse(self) -> Result<ports::AuditFilter, Violations> {
        let mut found = Violations::new();
        let subject = self.subject.and_then(|it| {
            let subject = AuditSubject::from_parts(&it.kind, it.id.0);
            let detail = "is not a valid value";
            found.require(subject.is_some(), "/filter/subject/kind", "invalid", detail);
            subject
        });
        let action = self.action.and_then(|text| {
            let action = AuditAction::parse(&text);
            let detail = "is not a valid value";
            found.require(action.is_some(), "/filter/action", "invalid", detail);
            action
        });
        found.into_result(ports::AuditFilter {
            actor: self.actor_id.map(Into::into),
            subject,
            action,
            from: self.from.map(|it| it.0),
        })
    }
}

#[derive(Default)]
pub(crate) struct OperatorQueries;

#[Object]
impl OperatorQueries {
    /// An account in any state. Requires the role `ADMIN`.
    async fn account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Id of the account.")] id: Id,
    ) -> ApiResult<Option<AccountWithState>> {
        let call = ctx.call();
        let view = user::get_account(&call.ports, call.actor()?, id.into()).await;
        Ok(found(view)?.map(Into::into))
    }

    /// All accounts, newest first. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: AccountFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<AccountWithState>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let filter = ports::UserFilter {
            email_prefix: filter.email_prefix,
            name: filter.name,
            role: filter.role.map(Into::into),
            state: filter.state.map(Into::into),
        };
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = user::list(&call.ports, actor, filter, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, AccountWithState::from))
    }

    /// Properties in any status with exact locations, newest first. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn any_properties(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: AnyPropertyFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Property>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let filter = ports::PropertyFilter {
            status: filter.status.map(Into::into),
            host: filter.host_id.map(Into::into),
        };
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = property::list_all(&call.ports, actor, filter, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Property::from))
    }

    /// All bookings, newest first unless sorted otherwise. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn any_bookings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: AnyBookingFilter,
        #[graphql(desc = "Sort order; `NEWEST` when absent.")] sort: Option<BookingSort>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Booking>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let user = filter.user_id.map(Into::into);
        let filters = Filters {
            status: filter.status,
            property_id: filter.property_id,
            from: filter.from,
            to: filter.to,
            period: filter.period,
            confirmation_code: filter.confirmation_code,
            sort,
        };
        let list = filters.parse()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = booking::list_all(&call.ports, actor, user, list, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Booking::from))
    }

    /// All reviews, published or not, newest first. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn any_reviews(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: AnyReviewFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Review>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let filter = ports::AnyReviews {
            property: filter.property_id.map(Into::into),
            reviewer: filter.reviewer_id.map(Into::into),
            subject: filter.subject.map(Into::into),
        };
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = review::list_all(&call.ports, actor, filter, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Review::from))
    }

    /// All refunds, newest first. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn refunds(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Refund>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = payment::list_refunds(&call.ports, actor, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Refund::from))
    }

    /// Journal entries, newest first, and the balances of all accounts. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: LedgerFilter,
        #[graphql(desc = "Number of entries, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Ledger> {
        let call = ctx.call();
        let actor = call.actor()?;
        let mut violations = Violations::new();
        let currency = filter
            .currency
            .and_then(|code| input::currency(&code, "/filter/currency", &mut violations));
        let filter = violations.into_result(ports::JournalFilter {
            booking: filter.booking_id.map(Into::into),
            host: filter.host_id.map(Into::into),
            currency,
            ..ports::JournalFilter::default()
        })?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let request = plan.request.clone();
        let page = ledger::list_entries(&call.ports, actor, filter, request).await?;
        Ok(Ledger {
            balances: page.balances.iter().map(Into::into).collect(),
            entries: connection(ctx, plan, page.entries, Into::into),
        })
    }

    /// Entries of the audit log, newest first. Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn audit_log(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: AuditFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<AuditEntry>> {
        let call = ctx.call();
        let actor = call.actor()?;
        let filter = filter.parse()?;
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = audit::list(&call.ports, actor, filter, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, AuditEntry::from))
    }

    /// Queued jobs, and work on bookings, payments and reviews that failed and was put off or set aside, newest first.
    /// Requires the role `ADMIN`.
    #[graphql(complexity = "page_complexity(first, child_complexity)")]
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Filter.", default)] filter: JobFilter,
        #[graphql(desc = "Number of items, 1 to 100.")] first: u32,
        #[graphql(desc = "`endCursor` of the previous page.")] after: Option<String>,
    ) -> ApiResult<Connection<Job>> {
        let call = ctx.call();
        let operator = JobOperator::Account(call.actor()?);
        let filter = ports::JobFilter {
            kind: filter.kind.map(Into::into),
            status: filter.status.map(Into::into),
        };
        let plan = page_request(ctx, "", first, after.as_deref())?;
        let page = jobs::list(&call.ports, operator, filter, plan.request.clone()).await?;
        Ok(connection(ctx, plan, page, Job::from))
    }

    /// State of the cache, and its hits and misses since this server started. Requires the role `ADMIN`.
    async fn cache_report(&self, ctx: &Context<'_>) -> ApiResult<CacheReport> {
        let call = ctx.call();
        let report = caching::report(&call.ports, call.actor()?).await?;
        Ok(report.into())
    }
}
