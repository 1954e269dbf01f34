// SPDX-License-Identifier: EUPL-1.2
//! Why: the records that say it, and the pages made of them.

mod citation;
mod education_rows;
mod facilities;
mod fit_rows;
mod html;
mod memo;
mod page;
mod plain;
mod reader;
mod reading_rows;
mod record;
mod rows;
mod speaker;
mod teller;
mod title_question;
mod twv_check;
mod words;

pub(crate) use fit_rows::points;
pub(crate) use html::{STYLE, escaped};
pub(crate) use memo::{Memo, Memos};
pub use reader::Reader;
pub use record::*;
pub(crate) use teller::Teller;
pub(crate) use words::language;
