//! Counters of operations over GraphQL.

use std::time::Duration;

use prometheus::{Gauge, HistogramVec, IntCounterVec};

use crate::families::Families;

/// Operations and their durations, by the field of the schema.
pub(crate) struct GraphqlCounters {
    operations: IntCounterVec,
    seconds: HistogramVec,
    subscriptions: Gauge,
}

impl GraphqlCounters {
    pub(super) fn register(families: &Families<'_>) -> prometheus::Result<Self> {
        Ok(Self {
            operations: families.counters(
                "graphql_operations_total",
                "Operations over GraphQL, by the field of Query, Mutation or Subscription.",
                &["field", "outcome"],
            )?,
            seconds: families.durations(
                "graphql_operation_duration_seconds",
                "Time from a parsed document to its response.",
                &["field"],
            )?,
            subscriptions: families.gauge("graphql_subscriptions", "Open subscriptions.")?,
        })
    }

    pub(crate) fn set_subscriptions(&self, open: usize) {
        let open = u32::try_from(open).unwrap_or(u32::MAX);
        self.subscriptions.set(open.into());
    }

    pub(crate) fn count(&self, field: &str, outcome: &'static str, took: Duration) {
        self.operations.with_label_values(&[field, outcome]).inc();
        self.seconds
            .with_label_values(&[field])
            .observe(took.as_secs_f64());
    }
}
