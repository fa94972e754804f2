//! Queries of payments.

use async_trait::async_trait;
use diesel::prelude::*;
use sojourn_application::ports::{PaymentQueries, RefundView};
use sojourn_domain::payment::Payment;
use sojourn_domain::shared::{Page, PageRequest, PaymentId, RepositoryError, UserId};

use super::entry_row::EntryRow;
use super::load::{join_parts, load_payments};
use super::refunds::list_refunds;
use super::row::PaymentRow;
use crate::columns::uuid::UuidColumn;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::TxError;
use crate::query::pagination::{fetch_limit, format_position, into_page, parse_position};
use crate::schema::marketplace::{bookings, payment_entries, payments};

#[async_trait]
impl PaymentQueries for Database {
    async fn payments(
        &self,
        user: Option<UserId>,
        page: PageRequest,
    ) -> Result<Page<Payment>, RepositoryError> {
        self.read_consistently(move |conn| list_payments(conn, user, &page))
            .await
    }

    async fn payments_by_ids(
        &self,
        user: Option<UserId>,
        ids: Vec<PaymentId>,
    ) -> Result<Vec<Payment>, RepositoryError> {
        self.read(move |conn| payments_by_ids(conn, user, &ids))
            .await
    }

    async fn refunds(&self, page: PageRequest) -> Result<Page<RefundView>, RepositoryError> {
        self.read(move |conn| list_refunds(conn, &page)).await
    }
}

/// A page of payments, the newest first, in four statements.
pub(crate) fn list_payments(
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
    if let Some((at, id)) = page.after.as_deref().and_then(parse_position) {
        let same = payments::created_at.eq(at).and(payments::id.lt(id));
        query = query.filter(payments::created_at.lt(at).or(same));
    }
    let query = query
        .order((payments::created_at.desc(), payments::id.desc()))
        .limit(fetch_limit(page));
    let rows: Vec<PaymentRow> = query.load(conn)?;
    let position = |row: &PaymentRow| format_position(row.created_at, row.id);
    into_page(rows, page, position, |rows| load_payments(conn, rows))
}

/// Those of the payments whose booking has the user as guest or host, with their entries and pending calls but without
/// their payouts, in two statements.
///
/// A payment and its entries are of one state. Calls are read later: one that ended between the statements is missing,
/// and the payment is shown as it was before.
pub(crate) fn payments_by_ids(
    conn: &mut AnyConnection,
    user: Option<UserId>,
    ids: &[PaymentId],
) -> Result<Vec<Payment>, TxError> {
    let ids: Vec<UuidColumn> = ids.iter().map(|&id| id.into()).collect();
    let of_booking = bookings::property_id
        .eq(payments::property_id)
        .and(bookings::id.eq(payments::booking_id));
    let of_payment = payment_entries::property_id
        .eq(payments::property_id)
        .and(payment_entries::payment_id.eq(payments::id));
    let mut query = payments::table
        .inner_join(bookings::table.on(of_booking))
        .left_join(payment_entries::table.on(of_payment))
        .filter(payments::id.eq_any(ids))
        .select((PaymentRow::as_select(), Option::<EntryRow>::as_select()))
        .into_boxed();
    if let Some(user) = user.map(UuidColumn::from) {
        query = query.filter(bookings::guest_id.eq(user).or(bookings::host_id.eq(user)));
    }
    let query = query.order((payments::id, payment_entries::position));
    let rows = query.load(conn)?;
    join_parts(conn, rows)
}
