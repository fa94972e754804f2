//! The observer of the HTTP server and its interfaces.

use async_trait::async_trait;
use sojourn_http::{Answered, Observer};
use sojourn_metrics::{Metrics, Sources};

/// Counts responses. It shows the metrics on the HTTP server if it has their sources.
pub(crate) struct ResponseObserver {
    pub(crate) metrics: Metrics,
    pub(crate) shown: Option<Sources>,
}

#[async_trait]
impl Observer for ResponseObserver {
    fn answered(&self, response: Answered<'_>) {
        let Answered {
            method,
            route,
            status,
            took,
        } = response;
        self.metrics.count_response(method, route, status, took);
    }

    async fn metrics(&self) -> Option<String> {
        let sources = self.shown.as_ref()?;
        match self.metrics.render(sources).await {
            Ok(text) => Some(text),
            Err(error) => {
                tracing::error!(%error, "metrics could not be rendered");
                None
            }
        }
    }
}

impl sojourn_graphql::Observer for ResponseObserver {
    fn executed(&self, operation: sojourn_graphql::Executed<'_>) {
        let sojourn_graphql::Executed {
            field,
            outcome,
            took,
        } = operation;
        self.metrics.count_graphql(field, outcome.as_str(), took);
    }

    fn subscribed(&self, open: usize) {
        self.metrics.set_graphql_subscriptions(open);
    }
}
