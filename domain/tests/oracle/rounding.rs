//! Rounding and splitting, in whole minor units.

/// A share of an amount in basis points, rounded half away from zero.
pub fn percent(amount: i128, bps: i128) -> i128 {
    fraction(amount, bps, 10_000)
}

/// `amount * part / whole`, rounded half away from zero; zero of nothing.
pub fn fraction(amount: i128, part: i128, whole: i128) -> i128 {
    if whole == 0 {
        return 0;
    }
    let product = amount * part;
    let sign = product.signum() * whole.signum();
    sign * ((2 * product.abs() + whole.abs()) / (2 * whole.abs()))
}

/// An amount in proportion to weights by largest remainder, the earlier first; evenly when all weights are zero.
pub fn split(amount: i128, weights: &[i128]) -> Vec<i128> {
    let total: i128 = weights.iter().sum();
    if total == 0 {
        return split(amount, &vec![1; weights.len()]);
    }
    let mut parts: Vec<i128> = weights.iter().map(|it| amount.abs() * it / total).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&index| -(amount.abs() * weights[index] % total));
    let missing = amount.abs() - parts.iter().sum::<i128>();
    for &index in order.iter().take(usize::try_from(missing).unwrap()) {
        parts[index] += 1;
    }
    parts.iter().map(|part| part * amount.signum()).collect()
}
