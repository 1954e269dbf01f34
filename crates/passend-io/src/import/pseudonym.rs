// SPDX-License-Identifier: EUPL-1.2
//! Ids that lead to nobody without the key.

use std::fmt::Write as _;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// A secret with which ids become keyed hashes (HMAC-SHA-256).
///
/// The same id and key give the same hash, so that files of different days can still be joined; without the key nobody can try
/// all numbers and see whose hash it is.
#[derive(Clone)]
pub struct PseudonymKey(Hmac<Sha256>);

/// The key is too short to keep a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key has fewer than 32 bytes")]
pub struct ShortKey;

impl std::fmt::Debug for PseudonymKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PseudonymKey")
    }
}

impl PseudonymKey {
    /// A key of these bytes; spaces and line breaks around them do not count.
    ///
    /// ```
    /// # use passend_io::PseudonymKey;
    /// let key = PseudonymKey::new(b"correct horse battery staple 1234\n")?;
    /// assert_eq!(key.pseudonym("V 0123.456-789"), key.pseudonym("v0123456789"));
    /// assert!(PseudonymKey::new(b"short").is_err());
    /// # Ok::<(), passend_io::ShortKey>(())
    /// ```
    ///
    /// # Errors
    /// When fewer than 32 bytes are left.
    pub fn new(bytes: &[u8]) -> Result<Self, ShortKey> {
        let key = bytes.trim_ascii();
        if key.len() < 32 {
            return Err(ShortKey);
        }
        Hmac::new_from_slice(key).map(Self).map_err(|_| ShortKey)
    }

    /// The id that stands for this one: `p` and 32 hexadecimal digits. Spaces, points, dashes and case do not count.
    pub fn pseudonym(&self, id: &str) -> String {
        let plain: String =
            id.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        let mut mac = self.0.clone();
        mac.update(b"passend/id/1\0");
        mac.update(plain.as_bytes());
        let hash = mac.finalize().into_bytes();
        hash.iter().take(16).fold(String::from("p"), |mut text, byte| {
            let _ = write!(text, "{byte:02x}"); // writing to a text cannot fail
            text
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_key_or_id_gives_another_pseudonym() {
        let key = |byte: u8| PseudonymKey::new(&[byte; 32]).unwrap();
        let pseudonym = key(b'a').pseudonym("123456782");
        assert_eq!(pseudonym.len(), 33);
        assert_eq!(pseudonym, key(b'a').pseudonym("1234.56.782"));
        assert_ne!(pseudonym, key(b'b').pseudonym("123456782"));
        assert_ne!(pseudonym, key(b'a').pseudonym("123456783"));
        assert!(!pseudonym.contains("1234"));
    }

    #[test]
    fn the_hash_is_the_hmac_of_the_standard() {
        // python3: hmac.new(b'a'*32, b'passend/id/1\0' + b'c1', 'sha256').hexdigest()[:32]
        let expected = "1ae0c855f7f70bf123e4130237cb3baa";
        assert_eq!(PseudonymKey::new(&[b'a'; 32]).unwrap().pseudonym("c1"), format!("p{expected}"));
    }
}
