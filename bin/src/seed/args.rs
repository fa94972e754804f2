//! Options of `sojourn seed`.

/// Fills the database with generated data: the same seed on the same day generates the same data.
/// Its accounts cannot be logged in to.
#[derive(Debug, Clone, Copy, clap::Args)]
pub struct SeedArgs {
    /// Number of properties, e.g. --properties 1000
    #[arg(long, value_name = "N")]
    pub properties: u32,
    /// Number of bookings, half of them past and half upcoming, e.g. --bookings 5000
    #[arg(long, value_name = "M", default_value_t = 0)]
    pub bookings: u32,
    /// Seed of the generator, e.g. --seed 7; another seed adds different data
    #[arg(long, value_name = "S", default_value_t = 1)]
    pub seed: u64,
}
