//! The repository of the versions of the marketplace terms.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::TermsStore;
use sojourn_domain::shared::{MarketplaceTerms, RepositoryError};

use crate::columns::json::{from_json, to_json};
use crate::columns::timestamp;
use crate::dialect::macros::insert_new_row;
use crate::engine::connection::AnyConnection;
use crate::engine::database::Database;
use crate::engine::errors::{TxError, corrupt};
use crate::schema::money::terms_versions;

/// The most times that the newest version is read when other processes store one concurrently.
const MAX_ATTEMPTS: u32 = 4;

#[async_trait]
impl TermsStore for Database {
    async fn in_force(
        &self,
        configured: MarketplaceTerms,
        now: DateTime<Utc>,
    ) -> Result<MarketplaceTerms, RepositoryError> {
        self.write(move |conn| {
            for _ in 0..MAX_ATTEMPTS {
                if let Some(terms) = find_or_insert(conn, &configured, now)? {
                    return Ok(terms);
                }
            }
            let reason = "other processes are changing the terms".to_owned();
            Err(RepositoryError::Unavailable(reason).into())
        })
        .await
    }
}

/// The configured terms with their version, stored as a new version when they differ from the newest; none when
/// another process stored that version first.
fn find_or_insert(
    conn: &mut AnyConnection,
    configured: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<Option<MarketplaceTerms>, TxError> {
    let configured = |version| MarketplaceTerms {
        version,
        ..configured.clone()
    };
    let newest = find_newest(conn)?;
    let version = newest.as_ref().map_or(1, |newest| newest.version + 1);
    if let Some(newest) = newest
        && newest == configured(newest.version)
    {
        return Ok(Some(newest));
    }
    let terms = configured(version);
    let row = (
        terms_versions::version.eq(i64::from(version)),
        terms_versions::terms.eq(to_json(&terms)?),
        terms_versions::in_force_from.eq(timestamp::to_db(now)),
    );
    let inserted = insert_new_row!(conn, terms_versions::table, row)?;
    Ok((inserted > 0).then_some(terms))
}

fn find_newest(conn: &mut AnyConnection) -> Result<Option<MarketplaceTerms>, TxError> {
    let newest = terms_versions::table
        .order(terms_versions::version.desc())
        .select((terms_versions::version, terms_versions::terms));
    let Some((version, terms)) = newest.first::<(i64, String)>(conn).optional()? else {
        return Ok(None);
    };
    Ok(Some(MarketplaceTerms {
        version: u32::try_from(version).map_err(corrupt)?,
        ..from_json(&terms)?
    }))
}
