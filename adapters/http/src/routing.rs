//! Resources that respond to unsupported methods with 405.

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, Route, web};

use crate::problem::Problem;

/// Handlers of one path. Other methods are 405 with `Allow`; a path with GET also serves HEAD. Passed to
/// `cfg.service(…)` like an actix resource.
pub struct Endpoint {
    resource: Resource,
    methods: Vec<String>,
}

/// Starts the resource at a path.
#[must_use]
pub fn resource(path: &str) -> Endpoint {
    Endpoint {
        resource: web::resource(path),
        methods: Vec::new(),
    }
}

impl Endpoint {
    /// Serves GET and HEAD.
    #[must_use]
    pub fn get<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.serve(&Method::GET, move || web::route().to(handler.clone()))
    }

    /// Serves a method by a route, which is limited to that method; GET serves HEAD too.
    #[must_use]
    pub(crate) fn serve(self, method: &Method, route: impl Fn() -> Route) -> Self {
        let endpoint = self.with(method.as_str(), route().method(method.clone()));
        if *method == Method::GET {
            endpoint.with("HEAD", route().method(Method::HEAD))
        } else {
            endpoint
        }
    }

    fn with(mut self, method: &str, route: Route) -> Self {
        self.methods.push(method.to_owned());
        self.resource = self.resource.route(route);
        self
    }
}

/// The response of a path without a resource.
pub(crate) async fn not_found() -> Result<&'static str, Problem> {
    Err(Problem::not_found())
}

impl HttpServiceFactory for Endpoint {
    fn register(self, config: &mut AppService) {
        let allow = HeaderValue::from_str(&self.methods.join(", "))
            .unwrap_or(HeaderValue::from_static("GET"));
        let refuse = move || {
            let problem = Problem::of_status(StatusCode::METHOD_NOT_ALLOWED)
                .with_header(ALLOW, allow.clone());
            async move { Err::<HttpResponse, Problem>(problem) }
        };
        self.resource
            .default_service(web::route().to(refuse))
            .register(config);
    }
}
