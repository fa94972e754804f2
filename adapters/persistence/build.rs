//! Builds this crate anew when a migration comes: the directory is embedded whole.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
