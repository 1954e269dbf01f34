// SPDX-License-Identifier: EUPL-1.2
//! Prints the page about the law that is made of the policy: `docs/law.md`.

use std::io::Write;

mod page;

fn main() -> std::io::Result<()> {
    let page = page::law(&passend::Policy::builtin());
    std::io::stdout().write_all(page.as_bytes())
}
