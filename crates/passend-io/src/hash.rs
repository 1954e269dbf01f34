// SPDX-License-Identifier: EUPL-1.2
//! The result hash: what every door must equal.

use std::fmt::Write as _;
use std::io::{self, Write};

use sha2::{Digest, Sha256};

/// SHA-256 of these bytes in 64 hexadecimal digits.
///
/// ```
/// assert!(passend_io::hash(b"").starts_with("e3b0c442"));
/// ```
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// Passes on what is written and hashes it. Over the JSON Lines of `match` it gives the result hash.
#[derive(Debug)]
pub struct Hashed<W> {
    inner: W,
    digest: Sha256,
}

impl<W: Write> Hashed<W> {
    /// Hashes what is written to `inner` from now on.
    pub fn new(inner: W) -> Self {
        Self { inner, digest: Sha256::new() }
    }

    /// The writer, and the hash of what went through in 64 hexadecimal digits.
    pub fn finish(self) -> (W, String) {
        let digest = hexadecimal(&self.digest.finalize());
        (self.inner, digest)
    }
}

impl<W: Write> Write for Hashed<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.inner.write(bytes)?;
        self.digest.update(bytes.get(..written).unwrap_or(bytes));
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.inner.flush()
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}"); // writing to a String cannot fail
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_of_the_whole_does_not_depend_on_the_pieces() {
        let mut writer = Hashed::new(Vec::new());
        writer.write_all(b"ab").unwrap();
        writer.write_all(b"c").unwrap();
        let (written, digest) = writer.finish();
        assert_eq!(written, b"abc");
        assert_eq!(digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(digest, hash(b"abc"));
    }
}
