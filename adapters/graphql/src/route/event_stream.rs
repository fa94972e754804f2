//! Subscriptions over Server-Sent Events, in the distinct connections mode of the graphql-sse protocol.

use std::collections::VecDeque;
use std::time::Duration;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody as _};
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue,
};
use actix_web::web::{Bytes, Data};
use async_graphql::ServerError;
use futures_util::stream::unfold;
use serde_json::{Value, json};
use sojourn_application::UseCaseError;
use sojourn_application::access::{AuthenticateError, ClientInfo, authenticate};
use sojourn_application::account_events::{EventPosition, Follower};
use sojourn_application::ports::{AccessClaims, AccountEvent};
use tokio::time::timeout;

use super::answer::Answer;
use super::execute::Prepared;
use super::media::Media;
use crate::context::{ApiResult, Call, Caller, describe};
use crate::state::State;

/// Header of the last event that a client has received.
const LAST_EVENT_ID: &str = "last-event-id";

/// Time without events after which a comment is sent, so that proxies keep the connection, and after which the session
/// is checked again.
const HEARTBEAT: Duration = Duration::from_secs(15);

const COMMENT: &[u8] = b":\n\n";

const COMPLETE: &[u8] = b"event: complete\ndata:\n\n";

/// Sends the answer to a query or a mutation as a stream of one event.
pub(super) fn as_event_stream(response: HttpResponse) -> HttpResponse {
    if !response.status().is_success() {
        return response;
    }
    let (head, body) = response.into_parts();
    let Ok(body) = body.try_into_bytes() else {
        return head.set_body(BoxBody::new(()));
    };
    let frames = [&next_frame(None, &body), COMPLETE].concat();
    let mut response = head.set_body(BoxBody::new(frames));
    set_headers(response.headers_mut());
    response
}

fn set_headers(headers: &mut HeaderMap) {
    let values = [
        (CONTENT_TYPE, Media::EventStream.content_type()),
        (CACHE_CONTROL, "no-store"),
        // A compressor would hold events back.
        (CONTENT_ENCODING, "identity"),
        (HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    for (name, value) in values {
        headers.insert(name, HeaderValue::from_static(value));
    }
}

/// A frame with a result; JSON has no line breaks here.
fn next_frame(id: Option<&str>, result: &[u8]) -> Vec<u8> {
    let id = id.map_or_else(String::new, |id| format!("id: {id}\n"));
    [id.as_bytes(), b"event: next\ndata: ", result, b"\n\n"].concat()
}

/// A subscription that a client asks for.
pub(super) struct Asked {
    pub(super) call: Call,
    pub(super) claims: AccessClaims,
    pub(super) prepared: Prepared,
    pub(super) request_id: String,
}

/// Begins a subscription.
///
/// # Errors
/// The failure of the whole request: too many subscriptions, an unknown event id, or no store.
pub(super) async fn subscribe(
    state: Data<State>,
    asked: Asked,
    headers: &HeaderMap,
) -> ApiResult<HttpResponse> {
    let Asked {
        call,
        claims,
        prepared,
        request_id,
    } = asked;
    let (client, signer) = (call.client.clone(), call.ports.signer.clone());
    let now = call.ports.clock.now();
    let user_id = call.actor()?.user_id;
    if let Some(answer) = prepared.execute_event(&state, call, &request_id).await {
        let is_accepted = answer.status.is_success();
        let response = answer.into_http(Media::Response);
        return Ok(if is_accepted {
            as_event_stream(response)
        } else {
            response
        });
    }
    let given = headers.get(LAST_EVENT_ID).map(HeaderValue::to_str);
    let after = match given {
        Some(text) => {
            let text = text.unwrap_or_default();
            Some(EventPosition::unseal(signer.as_ref(), user_id, text, now)?.sequence)
        }
        None => None,
    };
    let follower = state.interface.events.follow(user_id, after).await?;
    let counted = Counted::new(&state);
    let subscription = Subscription {
        state,
        claims,
        client,
        prepared,
        request_id,
        follower,
        loaded: VecDeque::new(),
        is_begun: false,
        is_over: false,
        _counted: counted,
    };
    let frames = unfold(subscription, |mut subscription| async move {
        let frame = subscription.next_frame().await?;
        Some((Ok::<_, actix_web::Error>(frame), subscription))
    });
    let mut response = HttpResponse::Ok().streaming(Box::pin(frames));
    set_headers(response.headers_mut());
    Ok(response)
}

/// An open subscription.
struct Subscription {
    state: Data<State>,
    claims: AccessClaims,
    client: ClientInfo,
    prepared: Prepared,
    request_id: String,
    follower: Follower,
    /// Events that are not sent yet.
    loaded: VecDeque<AccountEvent>,
    is_begun: bool,
    is_over: bool,
    /// Dropped after the follower.
    _counted: Counted,
}

/// Tells the observer of a subscription that begins or ends.
struct Counted(Data<State>);

impl Counted {
    fn new(state: &Data<State>) -> Self {
        let counted = Self(state.clone());
        counted.tell();
        counted
    }

    fn tell(&self) {
        let interface = &self.0.interface;
        interface.observer.subscribed(interface.events.followers());
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.tell();
    }
}

impl Subscription {
    /// The next frame; `None` at the end. A client that sees no `complete` before continues with another connection.
    async fn next_frame(&mut self) -> Option<Bytes> {
        if !self.is_begun {
            // The client sees that the subscription is open.
            self.is_begun = true;
            return Some(Bytes::from_static(COMMENT));
        }
        while !self.is_over && !self.follower.is_closed() {
            if let Some(event) = self.loaded.pop_front() {
                match self.deliver(event).await {
                    Ok(Some(frame)) => return Some(frame),
                    Ok(None) => continue,
                    Err(error) => return self.end(&error),
                }
            }
            match self.follower.next_events().await {
                Ok(events) if events.is_empty() => {}
                Ok(events) => {
                    self.loaded.extend(events);
                    continue;
                }
                Err(error) => {
                    tracing::warn!(%error, "a subscription ends");
                    return None;
                }
            }
            if timeout(HEARTBEAT, self.follower.wait()).await.is_err() {
                return match self.authenticate().await {
                    Ok(_) => Some(Bytes::from_static(COMMENT)),
                    Err(error) => self.end(&error),
                };
            }
        }
        None
    }

    async fn authenticate(&self) -> Result<Caller, AuthenticateError> {
        let (ports, address) = (&self.state.interface.ports, self.client.address);
        let (actor, session) = authenticate(ports, &self.claims, Some(address)).await?;
        Ok(Caller { actor, session })
    }

    /// The last frame: the session has ended. Nothing if that cannot be told.
    fn end(&mut self, error: &AuthenticateError) -> Option<Bytes> {
        self.is_over = true;
        let failure = match error {
            AuthenticateError::Refused => error.failure(),
            AuthenticateError::Store(error) => {
                tracing::warn!(%error, "a subscription ends");
                return None;
            }
        };
        let mut error = ServerError::new("", None);
        describe(&mut error, &failure, &self.request_id);
        let result = json!({"errors": [error]}).to_string();
        let frames = [&next_frame(None, result.as_bytes()), COMPLETE].concat();
        Some(frames.into())
    }

    /// The frame of an event; `None` if the event does not concern the subscription.
    async fn deliver(&self, event: AccountEvent) -> Result<Option<Bytes>, AuthenticateError> {
        let caller = self.authenticate().await?;
        let ports = self.state.interface.ports.clone();
        let position = EventPosition::from(&event);
        let id = position.seal(ports.signer.as_ref(), event.user_id);
        let call = Call::new(ports, Some(caller), self.client.clone()).with_event(event);
        let executed = self
            .prepared
            .execute_event(&self.state, call, &self.request_id);
        Ok(executed.await.map(|answer| {
            let result = with_event_id(&answer, &id);
            next_frame(Some(&id), &result).into()
        }))
    }
}

/// A result with the id of its event, for clients that do not show the ids of the stream.
fn with_event_id(answer: &Answer, id: &str) -> Vec<u8> {
    match serde_json::from_slice::<Value>(&answer.body) {
        Ok(mut result) => {
            result["extensions"] = json!({"eventId": id});
            result.to_string().into_bytes()
        }
        Err(_) => answer.body.to_vec(),
    }
}
