//! The program `passend`.

fn main() {}
