//! Operations that carry their own documentation, so that each stands in one place.

use actix_web::http::Method;
use actix_web::web::{self, ServiceConfig};
use actix_web::{FromRequest, Handler, Responder, Route};
use utoipa::openapi::OpenApi as Document;
use utoipa::openapi::path::PathItem;

use crate::routing::{Endpoint, not_found, resource};

/// An operation: a handler, with the path, method and documentation of its `utoipa::path` attribute. Made
/// by the macro [`operation`].
pub(crate) struct Operation {
    path: String,
    method: Method,
    route: Box<dyn Fn() -> Route>,
    document: Document,
}

/// An operation of a handler, and the schemas that only its parameters mention.
macro_rules! operation {
    ($($handler:ident)::+ $(, schemas($($($schema:ident)::+),+))?) => {{
        #[derive(utoipa::OpenApi)]
        #[openapi(
            paths($($handler)::+)
            $(, components(schemas($($($schema)::+),+)))?
        )]
        struct Documentation;
        $crate::operations::Operation::new(
            <Documentation as utoipa::OpenApi>::openapi(),
            $($handler)::+,
        )
    }};
}
pub(crate) use operation;

impl Operation {
    /// An operation with a document that describes it and nothing else.
    ///
    /// # Panics
    /// If the document has no operation.
    pub(crate) fn new<F, Args>(document: Document, handler: F) -> Self
    where
        F: Handler<Args>,
        Args: FromRequest + 'static,
        F::Output: Responder + 'static,
    {
        let item = document.paths.paths.iter().next();
        let (path, method) = item
            .and_then(|(path, item)| Some((path.clone(), method(item)?)))
            .unwrap_or_default();
        Self {
            path,
            method,
            route: Box::new(move || web::route().to(handler.clone())),
            document,
        }
    }

    /// The documentation of the operation.
    pub(crate) fn into_document(self) -> Document {
        self.document
    }
}

fn method(item: &PathItem) -> Option<Method> {
    let documented = [
        (&item.get, Method::GET),
        (&item.post, Method::POST),
        (&item.put, Method::PUT),
        (&item.patch, Method::PATCH),
        (&item.delete, Method::DELETE),
    ];
    let mut methods = documented.into_iter();
    methods.find_map(|(operation, method)| operation.is_some().then_some(method))
}

/// Mounts operations: those below `/v1` in a scope of each noun, which keeps the search for a path short.
pub(crate) fn mount(config: &mut ServiceConfig, operations: Vec<Operation>) {
    let mut versioned = Vec::new();
    let mut others = Vec::new();
    for operation in operations {
        match operation.path.strip_prefix("/v1/") {
            Some(rest) => {
                let noun = rest.split('/').next().unwrap_or(rest).to_owned();
                versioned.push((noun, operation));
            }
            None => others.push((String::new(), operation)),
        }
    }
    let mut version = web::scope("/v1");
    for (noun, operations) in grouped(versioned) {
        let mut scope = web::scope(&format!("/{noun}"));
        for endpoint in endpoints(operations, &format!("/v1/{noun}")) {
            scope = scope.service(endpoint);
        }
        version = version.service(scope);
    }
    config.service(version.default_service(web::route().to(not_found)));
    for (_, operations) in grouped(others) {
        for endpoint in endpoints(operations, "") {
            config.service(endpoint);
        }
    }
}

/// One endpoint a path, relative to the prefix.
fn endpoints(operations: Vec<Operation>, prefix: &str) -> Vec<Endpoint> {
    let by_path = operations.into_iter().map(|it| (it.path.clone(), it));
    let by_path = grouped(by_path.collect());
    let endpoint = |(path, operations): (String, Vec<Operation>)| {
        let endpoint = resource(path.strip_prefix(prefix).unwrap_or(&path));
        operations.iter().fold(endpoint, |endpoint, it| {
            endpoint.serve(&it.method, &it.route)
        })
    };
    by_path.into_iter().map(endpoint).collect()
}

/// Items by key, in the order of their first appearance.
fn grouped<T>(items: Vec<(String, T)>) -> Vec<(String, Vec<T>)> {
    let mut groups: Vec<(String, Vec<T>)> = Vec::new();
    for (key, item) in items {
        match groups.iter_mut().find(|(known, _)| *known == key) {
            Some((_, group)) => group.push(item),
            None => groups.push((key, vec![item])),
        }
    }
    groups
}
