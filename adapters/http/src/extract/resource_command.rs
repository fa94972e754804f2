//! Commands on one resource.

use std::str::FromStr;

use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use futures_util::future::LocalBoxFuture;
use sojourn_domain::shared::{Actor, BookingId, PropertyId, ReviewId, WishlistId};
use utoipa::IntoParams;
use utoipa::openapi::path::{Parameter, ParameterBuilder, ParameterIn};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{Required, SchemaFormat};

use super::{Authenticated, Id, IfMatch};
use crate::problem::Problem;
use crate::state::AppState;

/// Common input of every command on one resource: the caller, the id and the expected version. Fails
/// with 401 without a valid token, then with 404 if the id is malformed.
#[derive(Clone)]
pub struct ResourceCommand<T> {
    /// State of the application.
    pub state: Data<AppState>,
    /// The request, for the entity tag of the response.
    pub request: HttpRequest,
    /// The caller.
    pub actor: Actor,
    /// Id of the resource.
    pub id: T,
    /// Expected version; any version if `None`.
    pub expected: Option<i64>,
}

/// Name of an id in paths.
pub trait PathName {
    /// Name of the path parameter.
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

impl PathName for WishlistId {
    const NAME: &'static str = "wishlist_id";
}

impl<T: FromStr + 'static> FromRequest for ResourceCommand<T> {
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

impl<T: PathName> IntoParams for ResourceCommand<T> {
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
