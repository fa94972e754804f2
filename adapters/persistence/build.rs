//! Rebuilds this crate when a migration is added: the directory is embedded whole.

fn main() {
    println!("cargo:rerun-if-changed=../../migrations");
}
