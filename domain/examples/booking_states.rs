//! Prints `docs/booking-states.md`.

fn main() {
    print!("{}", sojourn_domain::booking::state_diagram());
}
