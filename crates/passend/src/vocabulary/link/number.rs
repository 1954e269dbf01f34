// SPDX-License-Identifier: EUPL-1.2
//! Logarithms and powers in whole numbers: the same on every machine.

/// One in the fixed-point logarithms of this module.
pub(crate) const ONE: u32 = 64;

/// 2^(k/64) in 2^-16, for k = 32, 16, 8, 4, 2, 1.
const ROOTS: [u64; 6] = [92_682, 77_936, 71_468, 68_438, 66_971, 66_250];

/// log₂ in 64ths, rounded down; 0 for 0.
pub(crate) fn log2(number: u64) -> u32 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    let mut rest = u128::from(number) << (63 - whole);
    let mut result = whole * ONE;
    let mut bit = ONE / 2;
    while bit > 0 {
        rest = (rest * rest) >> 63;
        if rest >> 64 != 0 {
            rest >>= 1;
            result += bit;
        }
        bit /= 2;
    }
    result
}

/// `base` × (`above` / `below`)^(`percent` / 100), at least 1, at most 100 × `base`.
pub(crate) fn power(base: u32, above: u32, below: u32, percent: u32) -> u32 {
    let (above, below) = (i64::from(log2(above.into())), i64::from(log2(below.into())));
    let exponent = (above - below) * i64::from(percent) / 100;
    let size = exponent.unsigned_abs();
    let mut factor: u64 = 1 << 16;
    for (root, bit) in ROOTS.iter().zip([32u64, 16, 8, 4, 2, 1]) {
        if size & bit != 0 {
            factor = (factor * root) >> 16;
        }
    }
    factor <<= (size / 64).min(16);
    let base = u64::from(base);
    let result = if exponent < 0 { (base << 16) / factor } else { (base * factor) >> 16 };
    u32::try_from(result.clamp(1, base.max(1) * 100)).unwrap_or(u32::MAX)
}

/// An index out of a number of 32 bits.
pub(crate) fn at(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

/// A number of 32 bits out of an index or sum; the largest if it does not fit.
pub(crate) fn small(number: impl TryInto<u32>) -> u32 {
    number.try_into().unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_in_64ths() {
        assert_eq!([log2(0), log2(1), log2(2), log2(1024)], [0, 0, 64, 640]);
        assert_eq!(log2(3), 101); // 64 × 1.58496 = 101.4
    }

    #[test]
    fn powers_go_both_ways() {
        assert_eq!(power(100, 4, 1, 50), 200);
        assert_eq!(power(100, 1, 4, 50), 50);
        assert_eq!(power(100, 7, 7, 40), 100);
    }
}
