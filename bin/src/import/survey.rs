//! A first look at the listings: what most rows say.

use std::collections::HashMap;
use std::path::Path;

use super::ImportError;
use super::file::csv_file::CsvFile;
use super::file::file_kind::FileKind;
use super::locality::{Locality, parse_locality};
use super::rating::RatingSizes;

/// Maximum number of different home localities of hosts that are counted.
const MAX_LOCALITIES: usize = 10_000;

/// Facts that most listings of a file share.
pub(super) struct Survey {
    /// The locality that most rows name as the home of the host.
    pub host_home: Locality,
    pub ratings: RatingSizes,
}

impl Survey {
    pub fn of(listings: &Path) -> Result<Self, ImportError> {
        let mut file = CsvFile::open(listings, FileKind::Listings, |file| Box::new(file))?;
        let mut homes: HashMap<String, u64> = HashMap::new();
        let mut ratings = RatingSizes::default();
        while let Some(row) = file.next()? {
            let Ok(row) = row else { continue };
            ratings.add(row.get("review_scores_rating"));
            let home = row.get("host_location");
            if let Some(count) = homes.get_mut(home) {
                *count += 1;
            } else if homes.len() < MAX_LOCALITIES && parse_locality(home, None).is_some() {
                homes.insert(home.to_owned(), 1);
            }
        }
        let most = homes
            .into_iter()
            .max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(&a.0)));
        Ok(Self {
            host_home: most
                .and_then(|(home, _)| parse_locality(&home, None))
                .unwrap_or_default(),
            ratings,
        })
    }
}
