//! Synthetic people and vacancies for the passend matching engine.
