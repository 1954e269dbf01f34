//! Readers and writers of the passend matching engine.
