//! Tasks of a developer.

fn main() {}
