//! The schema.

use async_graphql::{SDLExportOptions, Schema};

use crate::mutations::Mutation;
use crate::queries::Query;
use crate::subscriptions::Subscriptions;

/// The schema with its resolvers.
pub(crate) type ApiSchema = Schema<Query, Mutation, Subscriptions>;

/// The deepest nesting of fields.
const MAX_DEPTH: usize = 12;

/// The highest complexity: fields, multiplied by the sizes of the pages they are on.
const MAX_COMPLEXITY: usize = 2_000;

/// Nesting and complexity of queries about the schema alone, as tools send them.
const MAX_INTROSPECTION_DEPTH: usize = 20;

/// The schemas of an interface.
#[derive(Clone)]
pub(crate) struct Schemas {
    /// The schema for every request.
    pub(crate) api: ApiSchema,
    /// The schema for requests about the schema; `None` if that is not offered.
    pub(crate) introspection: Option<ApiSchema>,
}

impl Schemas {
    /// The schemas, with introspection and suggestions of names or without both.
    pub(crate) fn new(introspection: bool) -> Self {
        let build = || Schema::build(Query::default(), Mutation::default(), Subscriptions);
        let api = build()
            .limit_depth(MAX_DEPTH)
            .limit_complexity(MAX_COMPLEXITY);
        if !introspection {
            return Self {
                api: api.disable_introspection().disable_suggestions().finish(),
                introspection: None,
            };
        }
        let about = build()
            .limit_depth(MAX_INTROSPECTION_DEPTH)
            .limit_complexity(MAX_COMPLEXITY)
            .introspection_only();
        Self {
            api: api.finish(),
            introspection: Some(about.finish()),
        }
    }
}

/// The schema in the schema definition language.
#[must_use]
pub fn sdl() -> String {
    let schema = Schema::build(Query::default(), Mutation::default(), Subscriptions);
    let options = SDLExportOptions::new().sorted_fields().sorted_enum_items();
    schema.finish().sdl_with_options(options)
}
