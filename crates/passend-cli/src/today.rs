// SPDX-License-Identifier: EUPL-1.2
//! Today: the one place of passend that looks at a clock.

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use passend::Day;

use crate::journal;

/// The day it is by UTC. Dutch days begin one or two hours earlier; who needs them exact gives `--as-of`.
///
/// It is asked once, so that a run over midnight has one day; a replay has the day of the run that it replays.
pub(crate) fn today() -> Day {
    static TODAY: OnceLock<Day> = OnceLock::new();
    let today = journal::today().unwrap_or_else(|| *TODAY.get_or_init(by_the_clock));
    journal::note_day(today);
    today
}

fn by_the_clock() -> Day {
    const SECONDS_OF_A_DAY: u64 = 86_400;
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |passed| passed.as_secs());
    Day::from_days_since_1970(i32::try_from(seconds / SECONDS_OF_A_DAY).unwrap_or(i32::MAX))
}
