//! What the seeder is told on the command line.

/// Fills the database with a synthetic marketplace: the same seed on the same day makes the same one. Nobody can
/// log in to its accounts.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct SeedArgs {
    /// How many properties
    #[arg(long, value_name = "N")]
    pub properties: u32,
    /// How many bookings, half of them past and half to come
    #[arg(long, value_name = "M", default_value_t = 0)]
    pub bookings: u32,
    /// Another seed makes another marketplace, beside the first
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
}
