//! Resources that respond to unsupported methods with 405.

use actix_web::dev::{AppService, HttpServiceFactory};
use actix_web::http::StatusCode;
use actix_web::http::header::{ALLOW, HeaderValue};
use actix_web::{FromRequest, Handler, HttpResponse, Resource, Responder, Route, web};

use crate::problem::Problem;

/// Handlers of one path. Other methods are 405 with `Allow`; a path with GET also serves HEAD. Passed to
/// `cfg.service(…)` like an actix resource.
pub struct Endpoint {
    resource: Resource,
    methods: Vec<&'static str>,
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
        self.with("GET", web::get().to(handler.clone()))
            .with("HEAD", web::head().to(handler))
    }

    /// Serves POST.
    #[must_use]
    pub fn post<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with("POST", web::post().to(handler))
    }

    /// Serves PUT.
    #[must_use]
    pub fn put<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with("PUT", web::put().to(handler))
    }

    /// Serves PATCH.
    #[must_use]
    pub fn patch<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with("PATCH", web::patch().to(handler))
    }

    /// Serves DELETE.
    #[must_use]
    pub fn delete<F, Args>(self, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        self.with("DELETE", web::delete().to(handler))
    }

    fn with(mut self, method: &'static str, route: Route) -> Self {
        self.methods.push(method);
        self.resource = self.resource.route(route);
        self
    }
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
