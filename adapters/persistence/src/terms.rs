//! Every version of the terms.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use sojourn_application::ports::TermsStore;
use sojourn_domain::shared::{MarketplaceTerms, StoreError};

use crate::connection::AnyConnection;
use crate::database::Database;
use crate::dialect::each;
use crate::errors::TxError;
use crate::instant::stored;
use crate::json_column::{from_json, to_json};
use crate::schema::money::terms_versions;

/// How often the newest version is looked for when another process stored one meanwhile.
const ATTEMPTS: u32 = 4;

#[async_trait]
impl TermsStore for Database {
    async fn in_force(
        &self,
        configured: MarketplaceTerms,
        now: DateTime<Utc>,
    ) -> Result<MarketplaceTerms, StoreError> {
        self.write(move |conn| {
            for _ in 0..ATTEMPTS {
                if let Some(terms) = settle(conn, &configured, now)? {
                    return Ok(terms);
                }
            }
            Err(StoreError::Unavailable("others change the terms".to_owned()).into())
        })
        .await
    }
}

/// The terms with their version; none when another process stored that version first.
fn settle(
    conn: &mut AnyConnection,
    configured: &MarketplaceTerms,
    now: DateTime<Utc>,
) -> Result<Option<MarketplaceTerms>, TxError> {
    let newest = terms_versions::table.order(terms_versions::version.desc());
    let newest = newest.select((terms_versions::version, terms_versions::terms));
    let newest: Option<(i64, String)> = newest.first(conn).optional()?;
    let mut version = 1;
    if let Some((number, terms)) = newest {
        let newest =
            u32::try_from(number).map_err(|error| StoreError::Corrupt(error.to_string()))?;
        let terms = MarketplaceTerms {
            version: newest,
            ..from_json(&terms)?
        };
        if terms
            == (MarketplaceTerms {
                version: newest,
                ..configured.clone()
            })
        {
            return Ok(Some(terms));
        }
        version = newest + 1;
    }
    let terms = MarketplaceTerms {
        version,
        ..configured.clone()
    };
    let row = (
        terms_versions::version.eq(i64::from(version)),
        terms_versions::terms.eq(to_json(&terms)?),
        terms_versions::in_force_from.eq(stored(now)),
    );
    let statement = diesel::insert_into(terms_versions::table)
        .values(row)
        .on_conflict_do_nothing();
    let new = each!(conn, c => statement.execute(c))?;
    Ok((new > 0).then_some(terms))
}
