// SPDX-License-Identifier: EUPL-1.2
//! Plans under capacity: who goes where, so that a stated goal is met best, with the proof.
//!
//! Lists come from the index, the best assignment over them from `solve`; `market` asks the index for the pairs that the
//! lists left out and the prices would want. `place` sends whole households to regions with quotas, by `pack`.

mod cover;
mod lessons;
mod market;
mod pack;
mod place;
mod pools;
mod record;
mod solve;

pub use market::Assignment;
pub use place::{
    Household, Placement, PlacementError, PlacementLine, PlacementRequest, QuotaLine, Region,
    SecondRegion, Suitable,
};
pub use record::{
    AssignRequest, AssignedLine, Duals, EdgeLine, Goal, LessonsError, LessonsRequest, Placed,
    PoolLine, PoolRequest, Proof, Timetable, TimetableLine, UnplacedLine, UnplacedReason,
};
