//! The counters and histograms.

use std::time::Duration;

use prometheus::{HistogramVec, IntCounterVec};
use sojourn_domain::booking::Booking;
use sojourn_domain::payment::{GatewayCallKind, Payment};

use super::graphql::GraphqlCounters;
use super::work::JobCounters;
use crate::families::Families;

/// The label of a method that HTTP does not define.
const OTHER_METHOD: &str = "OTHER";
const METHODS: [&str; 7] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/// All counters and histograms.
pub(crate) struct Counters {
    responses: IntCounterVec,
    response_seconds: HistogramVec,
    transitions: IntCounterVec,
    payment_entries: IntCounterVec,
    gateway_calls: IntCounterVec,
    gateway_seconds: HistogramVec,
    mails: IntCounterVec,
    mail_seconds: HistogramVec,
    rate_limits: IntCounterVec,
    logins: IntCounterVec,
    refreshes: IntCounterVec,
    /// Counters of operations over GraphQL.
    pub(crate) graphql: GraphqlCounters,
    /// Counters of background work.
    pub(super) jobs: JobCounters,
}

impl Counters {
    pub(crate) fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        let counters = |name, help, labels| families.counters(name, help, labels);
        let durations = |name, help, labels| families.durations(name, help, labels);
        let this = Self {
            responses: counters(
                "http_requests_total",
                "Responses of the HTTP server.",
                &["method", "route", "status"],
            )?,
            response_seconds: durations(
                "http_request_duration_seconds",
                "Time from the head of a request to its response.",
                &["method", "route"],
            )?,
            transitions: counters(
                "booking_transitions_total",
                "Stored changes of the status of bookings; from is empty for new ones.",
                &["from", "to"],
            )?,
            payment_entries: counters(
                "payment_entries_total",
                "Stored entries of payments.",
                &["kind"],
            )?,
            gateway_calls: counters(
                "gateway_calls_total",
                "Calls to the payment gateway.",
                &["kind", "outcome"],
            )?,
            gateway_seconds: durations(
                "gateway_call_duration_seconds",
                "Duration of calls to the payment gateway.",
                &["kind"],
            )?,
            mails: counters(
                "mails_total",
                "Mails handed over for delivery.",
                &["outcome"],
            )?,
            mail_seconds: durations(
                "mail_duration_seconds",
                "Duration of handing a mail over.",
                &[],
            )?,
            rate_limits: counters(
                "rate_limit_decisions_total",
                "Decisions of rate limits.",
                &["quota", "decision"],
            )?,
            logins: counters("logins_total", "Attempts to log in.", &["outcome"])?,
            refreshes: counters(
                "refresh_tokens_total",
                "Refresh tokens presented.",
                &["outcome"],
            )?,
            graphql: GraphqlCounters::register(families)?,
            jobs: JobCounters::register(families)?,
        };
        this.start_at_zero();
        Ok(this)
    }

    /// Counters whose labels are known begin at zero, so that their first increase is seen.
    fn start_at_zero(&self) {
        for kind in GatewayCallKind::ALL {
            for outcome in ["succeeded", "refused", "unanswered"] {
                self.gateway_calls
                    .with_label_values(&[kind.as_str(), outcome]);
            }
        }
        for outcome in ["sent", "failed"] {
            self.mails.with_label_values(&[outcome]);
        }
        self.logins.with_label_values(&["succeeded"]);
        self.refreshes.with_label_values(&["reused"]);
    }

    pub(crate) fn count_response(&self, method: &str, route: &str, status: u16, took: Duration) {
        let known = METHODS.into_iter().find(|known| *known == method);
        let method = known.unwrap_or(OTHER_METHOD);
        self.responses
            .with_label_values(&[method, route, &status.to_string()])
            .inc();
        self.response_seconds
            .with_label_values(&[method, route])
            .observe(took.as_secs_f64());
    }

    /// Counts the transitions that a stored change of a booking made.
    pub(super) fn count_transitions(&self, booking: &Booking) {
        let latest = booking.history.last().map(|entry| entry.at);
        let made = |at| latest == Some(at) && at == booking.updated_at;
        let new = booking.history.iter().filter(|entry| made(entry.at));
        for entry in new.filter(|entry| entry.from != Some(entry.to)) {
            let from = entry.from.map_or("", |status| status.as_str());
            self.transitions
                .with_label_values(&[from, entry.to.as_str()])
                .inc();
        }
    }

    /// Counts the entries that a stored change of a payment added.
    pub(super) fn count_entries(&self, payment: &Payment) {
        let added = payment
            .entries
            .iter()
            .filter(|entry| entry.at == payment.updated_at);
        for entry in added {
            self.payment_entries
                .with_label_values(&[entry.kind.as_str()])
                .inc();
        }
    }

    pub(super) fn count_gateway_call(
        &self,
        kind: GatewayCallKind,
        outcome: &'static str,
        took: Duration,
    ) {
        self.gateway_calls
            .with_label_values(&[kind.as_str(), outcome])
            .inc();
        self.gateway_seconds
            .with_label_values(&[kind.as_str()])
            .observe(took.as_secs_f64());
    }

    pub(super) fn count_mail(&self, outcome: &'static str, took: Duration) {
        self.mails.with_label_values(&[outcome]).inc();
        let no_labels: [&str; 0] = [];
        self.mail_seconds
            .with_label_values(&no_labels)
            .observe(took.as_secs_f64());
    }

    pub(super) fn count_rate_limit(&self, quota: &'static str, granted: bool) {
        let decision = if granted { "granted" } else { "refused" };
        self.rate_limits.with_label_values(&[quota, decision]).inc();
    }

    pub(super) fn count_login(&self, outcome: &str) {
        self.logins.with_label_values(&[outcome]).inc();
    }

    pub(super) fn count_refresh(&self, outcome: &'static str) {
        self.refreshes.with_label_values(&[outcome]).inc();
    }
}
