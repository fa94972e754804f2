//! Pages of the links in mails, for servers without a front end of their own.
//!
//! Opening a link changes nothing, as programs that scan mails open links too: its page has a button that posts the
//! token. The pages have no script, refer to nothing elsewhere, and are stored by no cache.

mod handlers;
mod link;
mod page;

pub(crate) use handlers::routes;
pub(crate) use link::is_link;
pub(crate) use page::POLICY;
