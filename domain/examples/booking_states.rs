//! Prints `docs/booking-states.md`.

fn main() {
    print!("{}", sojourn_domain::booking::states_page());
}
