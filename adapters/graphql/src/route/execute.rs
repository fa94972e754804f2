//! Executing documents.

use std::pin::pin;
use std::sync::Arc;
use std::time::Instant;

use async_graphql::parser::parse_query;
use async_graphql::parser::types::OperationType;
use async_graphql::{PathSegment, Request, Response, ServerError};
use futures_util::StreamExt as _;
use sojourn_application::audit::record_denial;
use sojourn_application::ports::{CacheTag, Ports};
use sojourn_application::{Failure, FailureKind};
use sojourn_domain::shared::Actor;

use super::answer::Answer;
use super::media::Media;
use super::params::Params;
use crate::context::{ApiError, Call, describe};
use crate::limits::{Operation, check_length, inspect, select};
use crate::observer::Outcome;
use crate::state::State;
use crate::values::{check_required, check_variables};

/// A document that is parsed and within its limits.
pub(super) struct Prepared {
    request: Request,
    pub(super) operation: Operation,
}

/// Parses a document and checks its limits.
///
/// # Errors
/// The response to a document that is not accepted.
pub(super) fn prepare(
    query: String,
    mut params: Params,
    request_id: &str,
    media: Media,
) -> Result<Prepared, Answer> {
    let refused = |ApiError(failure)| {
        let mut error = ServerError::new("", None);
        describe(&mut error, &failure, request_id);
        Answer::not_accepted(media, &[error])
    };
    let variables = params.take_variables();
    check_variables(variables.iter()).map_err(refused)?;
    check_length(&query).map_err(refused)?;
    let document = parse_query(&query).map_err(|error| {
        let mut error = ServerError::from(error);
        let failure = Failure::new(
            FailureKind::Invalid,
            "query_malformed",
            error.message.clone(),
        );
        describe(&mut error, &failure, request_id);
        Answer::not_accepted(media, &[error])
    })?;
    let name = params.operation_name;
    let operation = inspect(&document, name.as_deref()).map_err(refused)?;
    let definitions = select(&document, name.as_deref()).map_err(refused)?;
    check_required(&definitions.variable_definitions, &variables).map_err(refused)?;
    let mut request = Request::new(query).variables(variables);
    request.operation_name = name;
    request.set_parsed_query(document);
    Ok(Prepared { request, operation })
}

/// An operation that was executed.
pub(super) struct Executed {
    pub(super) answer: Answer,
    /// True if the response may be given again to a repeated request.
    pub(super) is_final: bool,
    /// True if every field was resolved.
    pub(super) is_complete: bool,
    /// Tags of what was read.
    pub(super) tags: Vec<CacheTag>,
}

impl Prepared {
    /// True for a query, about the marketplace or about the schema.
    pub(super) fn is_query(&self) -> bool {
        self.operation.kind == OperationType::Query
    }

    /// The parts of the request that its answer depends on; `None` for variables that are not JSON.
    pub(super) fn identity(&self) -> Option<[Vec<u8>; 3]> {
        let name = self.request.operation_name.as_deref().unwrap_or_default();
        let variables = serde_json::to_vec(&self.request.variables).ok()?;
        Some([
            self.request.query.as_bytes().to_vec(),
            name.as_bytes().to_vec(),
            variables,
        ])
    }

    /// True for a subscription.
    pub(super) fn is_subscription(&self) -> bool {
        self.operation.kind == OperationType::Subscription
    }

    /// Executes a subscription for the event of a call, or for none, at its beginning; `None` if that gives no result.
    pub(super) async fn execute_event(
        &self,
        state: &State,
        call: Call,
        request_id: &str,
    ) -> Option<Answer> {
        let mut request =
            Request::new(self.request.query.clone()).variables(self.request.variables.clone());
        request
            .operation_name
            .clone_from(&self.request.operation_name);
        let (ports, actor) = (call.ports.clone(), call.maybe_actor().copied());
        let began = Instant::now();
        let responses = state.schemas.api.execute_stream(request.data(call));
        let response = pin!(responses).next().await?;
        let caller = (&ports, actor.as_ref());
        let (answer, outcome, _) = complete(
            response,
            caller,
            self.operation.kind,
            request_id,
            Media::Response,
        )
        .await;
        state.note(&self.operation, outcome, began.elapsed());
        Some(answer)
    }

    /// Executes the operation, and completes its errors.
    pub(super) async fn execute(
        self,
        state: &State,
        call: Call,
        request_id: &str,
        media: Media,
    ) -> Executed {
        let about_schema = state.schemas.introspection.as_ref();
        let about_schema = about_schema.filter(|_| self.operation.is_introspection());
        let schema = about_schema.unwrap_or(&state.schemas.api);
        let (ports, actor) = (call.ports.clone(), call.maybe_actor().copied());
        let dependencies = Arc::clone(&call.dependencies);
        let Self { request, operation } = self;
        let began = Instant::now();
        let response = schema.execute(request.data(call)).await;
        let caller = (&ports, actor.as_ref());
        let (answer, outcome, is_final) =
            complete(response, caller, operation.kind, request_id, media).await;
        state.note(&operation, outcome, began.elapsed());
        Executed {
            answer,
            is_final,
            is_complete: outcome == Outcome::Succeeded,
            tags: dependencies.sorted(),
        }
    }
}

/// The answer of a response whose errors are described, its outcome, and whether a repeated request may get it again.
async fn complete(
    mut response: Response,
    (ports, actor): (&Ports, Option<&Actor>),
    kind: OperationType,
    request_id: &str,
    media: Media,
) -> (Answer, Outcome, bool) {
    let executed = is_executed(&response);
    let mut is_final = executed;
    for error in &mut response.errors {
        let failure = failure_of(error, executed);
        if let Some(cause) = &failure.cause {
            tracing::error!(cause, "field failed");
        }
        if failure.kind == FailureKind::Forbidden {
            audit_denial(ports, actor, error, kind).await;
        }
        is_final &= actor.is_some() && !is_temporary(failure.kind);
        describe(error, &failure, request_id);
    }
    let answer = if executed {
        Answer::executed(&response)
    } else {
        Answer::not_accepted(media, &response.errors)
    };
    let outcome = match (executed, response.errors.is_empty()) {
        (true, true) => Outcome::Succeeded,
        (true, false) => Outcome::Failed,
        (false, _) => Outcome::Refused,
    };
    (answer, outcome, is_final)
}

/// True unless the document or its variables were not accepted, which gives errors without a path.
fn is_executed(response: &Response) -> bool {
    response.errors.iter().all(|error| !error.path.is_empty())
}

/// True if the client is to repeat the request.
const fn is_temporary(kind: FailureKind) -> bool {
    matches!(
        kind,
        FailureKind::Unauthenticated
            | FailureKind::Throttled(_)
            | FailureKind::Unavailable
            | FailureKind::Internal
    )
}

/// The failure of a use case, or that of the document itself.
fn failure_of(error: &ServerError, executed: bool) -> Failure {
    if let Some(failure) = error.source::<Failure>() {
        return failure.clone();
    }
    let code = match error.message.as_str() {
        "Query is nested too deep." | "Query is too complex." => "query_too_complex",
        _ if executed => "validation_failed",
        _ => "query_invalid",
    };
    Failure::new(FailureKind::Invalid, code, error.message.clone())
}

/// Records a denied field in the audit log. The response stays the same if that fails.
async fn audit_denial(
    ports: &Ports,
    actor: Option<&Actor>,
    error: &ServerError,
    kind: OperationType,
) {
    let Some(actor) = actor else {
        return;
    };
    let path = error.path.iter().filter_map(|segment| match segment {
        PathSegment::Field(name) => Some(name.as_str()),
        PathSegment::Index(_) => None,
    });
    let what = format!("graphql {kind} {}", path.collect::<Vec<_>>().join("."));
    if let Err(error) = record_denial(ports, actor, &what).await {
        tracing::error!(%error, "could not record a denial in the audit log");
    }
}
