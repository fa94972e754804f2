//! The lists.

use async_trait::async_trait;
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use sojourn_application::ports::{
    AccountState, BookingFilter, Obligations, PropertyFilter, PropertySearch, Queries, RefundView,
    ReviewFilter, SearchHit, Side, UserFilter,
};
use sojourn_domain::booking::{Booking, Status};
use sojourn_domain::payment::Payment;
use sojourn_domain::property::{Property, PropertyStatus};
use sojourn_domain::review::{Review, Subject};
use sojourn_domain::shared::{Page, PageRequest, PropertyId, StoreError, UserId};
use sojourn_domain::user::User;
use uuid::Uuid;

use super::page::{cut, position, read, wanted};
use crate::booking_row::BookingRow;
use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::read_tx;
use crate::errors::TxError;
use crate::payment_row::{PaymentRow, complete};
use crate::review_row::ReviewRow;
use crate::schema::accounts::users;
use crate::schema::marketplace::{bookings, payments, properties, reviews};
use crate::user::{UserRow, role_word};
use crate::uuid_column::UuidColumn;

#[async_trait]
impl Queries for Database {
    async fn search(
        &self,
        search: PropertySearch,
        page: PageRequest,
    ) -> Result<Page<SearchHit>, StoreError> {
        self.run(move |conn| read_tx(conn, |conn| super::search::search(conn, &search, &page)))
            .await
    }

    async fn bookings(
        &self,
        filter: BookingFilter,
        page: PageRequest,
    ) -> Result<Page<Booking>, StoreError> {
        self.read(move |conn| list_bookings(conn, &filter, &page))
            .await
    }

    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, StoreError> {
        self.run(move |conn| read_tx(conn, |conn| list_payments(conn, user, &page)))
            .await
    }

    async fn reviews(
        &self,
        filter: ReviewFilter,
        page: PageRequest,
    ) -> Result<Page<Review>, StoreError> {
        self.read(move |conn| list_reviews(conn, filter, &page))
            .await
    }

    async fn users(&self, filter: UserFilter, page: PageRequest) -> Result<Page<User>, StoreError> {
        self.read(move |conn| list_users(conn, &filter, &page))
            .await
    }

    async fn properties(
        &self,
        filter: PropertyFilter,
        page: PageRequest,
    ) -> Result<Page<Property>, StoreError> {
        self.read(move |conn| super::property_pages::properties(conn, filter, &page))
            .await
    }

    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, StoreError> {
        self.read(move |conn| super::refund_pages::refunds(conn, &page))
            .await
    }

    async fn obligations(&self, user: UserId) -> Result<Obligations, StoreError> {
        self.read(move |conn| super::obligations::obligations(conn, user))
            .await
    }

    async fn has_bookings_ahead(&self, property: PropertyId) -> Result<bool, StoreError> {
        const AHEAD: [Status; 4] = [
            Status::PendingPayment,
            Status::AwaitingHost,
            Status::Confirmed,
            Status::CheckedIn,
        ];
        self.read(move |conn| {
            let query = bookings::table
                .filter(bookings::property_id.eq(UuidColumn::from(property)))
                .filter(bookings::status.eq_any(AHEAD.map(Status::as_str)));
            Ok(query
                .select(bookings::id)
                .limit(1)
                .first::<UuidColumn>(conn)
                .optional()?
                .is_some())
        })
        .await
    }

    async fn has_certain_booking(
        &self,
        guest: UserId,
        property: PropertyId,
    ) -> Result<bool, StoreError> {
        const CERTAIN: [Status; 3] = [Status::Confirmed, Status::CheckedIn, Status::Completed];
        self.read(move |conn| {
            let query = bookings::table
                .filter(bookings::guest_id.eq(UuidColumn::from(guest)))
                .filter(bookings::property_id.eq(UuidColumn::from(property)))
                .filter(bookings::status.eq_any(CERTAIN.map(Status::as_str)));
            Ok(query
                .select(bookings::id)
                .limit(1)
                .first::<UuidColumn>(conn)
                .optional()?
                .is_some())
        })
        .await
    }

    async fn listed_count(&self, host: UserId) -> Result<u64, StoreError> {
        self.read(move |conn| {
            let query = properties::table
                .filter(properties::host_id.eq(UuidColumn::from(host)))
                .filter(properties::status.eq(PropertyStatus::Listed.as_str()));
            let count: i64 = query.count().get_result(conn)?;
            Ok(u64::try_from(count).unwrap_or(0))
        })
        .await
    }

    async fn ping(&self) -> Result<(), StoreError> {
        self.read(|conn| {
            diesel::select(sql::<Integer>("1")).get_result::<i32>(conn)?;
            Ok(())
        })
        .await
    }
}

fn list_bookings(
    conn: &mut AnyConnection,
    filter: &BookingFilter,
    page: &PageRequest,
) -> Result<Page<Booking>, TxError> {
    let mut query = bookings::table.select(BookingRow::as_select()).into_boxed();
    if let Some((user, side)) = filter.user {
        let user = UuidColumn::from(user);
        query = match side {
            Side::Guest => query.filter(bookings::guest_id.eq(user)),
            Side::Host => query.filter(bookings::host_id.eq(user)),
            Side::Either => {
                query.filter(bookings::guest_id.eq(user).or(bookings::host_id.eq(user)))
            }
        };
    }
    if let Some(status) = filter.status {
        query = query.filter(bookings::status.eq(status.as_str()));
    }
    if let Some(property) = filter.property_id {
        query = query.filter(bookings::property_id.eq(UuidColumn::from(property)));
    }
    if let Some(from) = filter.from {
        query = query.filter(bookings::check_out.gt(from));
    }
    if let Some(to) = filter.to {
        query = query.filter(bookings::check_in.lt(to));
    }
    if let Some((at, id)) = page.after.as_deref().and_then(read) {
        let same = bookings::created_at.eq(at).and(bookings::id.lt(id));
        query = query.filter(bookings::created_at.lt(at).or(same));
    }
    let query = query
        .order((bookings::created_at.desc(), bookings::id.desc()))
        .limit(wanted(page));
    let rows: Vec<BookingRow> = query.load(conn)?;
    cut(
        rows,
        page,
        |row| position(row.created_at, row.id),
        |rows| {
            Ok(rows
                .into_iter()
                .map(BookingRow::booking)
                .collect::<Result<_, _>>()?)
        },
    )
}

fn list_payments(
    conn: &mut AnyConnection,
    user: Option<UserId>,
    page: &PageRequest,
) -> Result<Page<Payment>, TxError> {
    let of_booking = bookings::property_id
        .eq(payments::property_id)
        .and(bookings::id.eq(payments::booking_id));
    let mut query = payments::table
        .inner_join(bookings::table.on(of_booking))
        .select(PaymentRow::as_select())
        .into_boxed();
    if let Some(user) = user.map(UuidColumn::from) {
        query = query.filter(bookings::guest_id.eq(user).or(bookings::host_id.eq(user)));
    }
    if let Some((at, id)) = page.after.as_deref().and_then(read) {
        let same = payments::created_at.eq(at).and(payments::id.lt(id));
        query = query.filter(payments::created_at.lt(at).or(same));
    }
    let query = query
        .order((payments::created_at.desc(), payments::id.desc()))
        .limit(wanted(page));
    let rows: Vec<PaymentRow> = query.load(conn)?;
    cut(
        rows,
        page,
        |row| position(row.created_at, row.id),
        |rows| complete(conn, rows),
    )
}

fn list_reviews(
    conn: &mut AnyConnection,
    filter: ReviewFilter,
    page: &PageRequest,
) -> Result<Page<Review>, TxError> {
    let mut query = reviews::table.select(ReviewRow::as_select()).into_boxed();
    let after = page.after.as_deref().and_then(read);
    let published = |row: &ReviewRow| position(row.published_at.unwrap_or(row.created_at), row.id);
    let written = |row: &ReviewRow| position(row.created_at, row.id);
    let finish = |rows: Vec<ReviewRow>| {
        Ok(rows
            .into_iter()
            .map(ReviewRow::review)
            .collect::<Result<_, _>>()?)
    };
    query = match filter {
        ReviewFilter::By(user) => {
            query = query.filter(reviews::reviewer_id.eq(UuidColumn::from(user)));
            if let Some((at, id)) = after {
                let same = reviews::created_at.eq(at).and(reviews::id.lt(id));
                query = query.filter(reviews::created_at.lt(at).or(same));
            }
            let query = query
                .order((reviews::created_at.desc(), reviews::id.desc()))
                .limit(wanted(page));
            return cut(query.load(conn)?, page, written, finish);
        }
        ReviewFilter::OfProperty(id) => query
            .filter(reviews::property_id.eq(UuidColumn::from(id)))
            .filter(reviews::subject.eq(Subject::Property.as_str())),
        ReviewFilter::OfGuest(id) => query
            .filter(reviews::addressee_id.eq(UuidColumn::from(id)))
            .filter(reviews::subject.eq(Subject::Guest.as_str())),
    };
    query = query.filter(reviews::published_at.is_not_null());
    if let Some((at, id)) = after {
        let same = reviews::published_at.eq(at).and(reviews::id.lt(id));
        query = query.filter(reviews::published_at.lt(at).or(same).assume_not_null());
    }
    let query = query
        .order((reviews::published_at.desc(), reviews::id.desc()))
        .limit(wanted(page));
    cut(query.load(conn)?, page, published, finish)
}

/// The state of an account, as the index over states has it.
const STATE: &str = "(CASE WHEN erased_at IS NOT NULL THEN 'erased' WHEN suspended_at IS NOT NULL THEN 'suspended' \
     WHEN email_verified THEN 'active' ELSE 'unverified' END)";

const fn state_word(state: AccountState) -> &'static str {
    match state {
        AccountState::Unverified => "unverified",
        AccountState::Active => "active",
        AccountState::Suspended => "suspended",
        AccountState::Erased => "erased",
    }
}

/// By id, which for accounts made here is by age.
fn list_users(
    conn: &mut AnyConnection,
    filter: &UserFilter,
    page: &PageRequest,
) -> Result<Page<User>, TxError> {
    let mut query = users::table.select(UserRow::as_select()).into_boxed();
    if let Some(prefix) = &filter.email_prefix {
        let mut pattern = String::new();
        for c in prefix.to_lowercase().chars() {
            if matches!(c, '%' | '_' | '!') {
                pattern.push('!');
            }
            pattern.push(c);
        }
        pattern.push('%');
        query = query.filter(users::email_key.like(pattern).escape('!'));
    }
    if let Some(role) = filter.role {
        query = query.filter(users::role.eq(role_word(role)));
    }
    if let Some(state) = filter.state {
        query = query.filter(sql::<Text>(STATE).eq(state_word(state)));
    }
    if let Some(id) = page
        .after
        .as_deref()
        .and_then(|id| Uuid::try_parse(id).ok())
    {
        query = query.filter(users::id.lt(UuidColumn(id)));
    }
    let rows: Vec<UserRow> = query
        .order(users::id.desc())
        .limit(wanted(page))
        .load(conn)?;
    let found = rows
        .into_iter()
        .map(User::try_from)
        .collect::<Result<Vec<User>, StoreError>>()?;
    cut(found, page, |user| user.id.to_string(), Ok)
}
