//! The interface, as the program serves it.

use actix_web::web::{self, Data, ServiceConfig};

use crate::known_tags::KnownTags;
use crate::persisted::PersistedQueries;
use crate::route;
use crate::schema::Schemas;
use crate::state::{Graphql, PATH, State};

impl Graphql {
    /// Mounts the routes. All servers share the schema.
    pub fn configure(self) -> impl Fn(&mut ServiceConfig) + Clone + Send + Sync {
        let schemas = Schemas::new(self.introspection);
        let state = Data::new(State {
            interface: self,
            schemas,
            persisted: PersistedQueries::default(),
            known_tags: KnownTags::default(),
        });
        move |config| {
            let resource = web::resource(PATH).app_data(state.clone());
            config.service(resource.route(web::route().to(route::serve)));
        }
    }
}
