// SPDX-License-Identifier: EUPL-1.2
//! The statistics behind the people and vacancies: one file for each subject, with its source and what is assumed.

pub(crate) mod audit;
pub(crate) mod certificates;
pub(crate) mod country;
pub(crate) mod education;
pub(crate) mod languages;
pub(crate) mod places;
pub(crate) mod sectors;
pub(crate) mod statuses;
pub(crate) mod titles;
pub(crate) mod travel;
pub(crate) mod unknowns;
pub(crate) mod week;
pub(crate) mod work;
