//! The one thing that a change is meant for.

use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use sojourn_domain::shared::{Actor, BookingId, PropertyId, ReviewId};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Required, SchemaFormat};

use super::{Authenticated, Id, IfMatch};
use crate::problem::Problem;
use crate::server::AppState;

/// What every change of one thing needs: who asks, of what, and at which version. 401 without a good token,
/// then 404 when the path names nothing.
#[derive(Clone)]
pub struct Target<T> {
    /// The world.
    pub state: Data<AppState>,
    /// The request, for the answer's entity tag.
    pub request: HttpRequest,
    /// On whose behalf.
    pub actor: Actor,
    /// Which one.
    pub id: T,
    /// The version that the change is meant for; any when absent.
    pub expected: Option<i64>,
}

/// What an id in a path is called there.
pub trait PathName {
    /// The variable part of the path.
    const NAME: &'static str;
}

impl PathName for BookingId {
    const NAME: &'static str = "booking_id";
}

impl PathName for PropertyId {
    const NAME: &'static str = "property_id";
}

impl PathName for ReviewId {
    const NAME: &'static str = "review_id";
}

impl<T: FromStr + 'static> FromRequest for Target<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let request = req.clone();
        Box::pin(async move {
            let state = request
                .app_data::<Data<AppState>>()
                .cloned()
                .ok_or_else(Problem::internal)?;
            let Authenticated { actor, .. } = Authenticated::extract(&request).await?;
            let Id(id) = Id::extract(&request).await?;
            let IfMatch(expected) = IfMatch::of(&request);
            Ok(Self {
                state,
                request,
                actor,
                id,
                expected,
            })
        })
    }
}

impl<T: PathName> IntoParams for Target<T> {
    fn into_params(_: impl Fn() -> Option<ParameterIn>) -> Vec<Parameter> {
        let text = ObjectBuilder::new().schema_type(Type::String);
        let id = ParameterBuilder::new()
            .name(T::NAME)
            .parameter_in(ParameterIn::Path)
            .required(Required::True)
            .schema(Some(
                text.format(Some(SchemaFormat::Custom("uuid".to_owned()))),
            ));
        [vec![id.build()], IfMatch::into_params(|| None)].concat()
    }
}
