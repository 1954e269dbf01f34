// SPDX-License-Identifier: EUPL-1.2
//! Plans under capacity: who goes where, so that a stated goal is met best, with the proof.
//!
//! Lists come from the index, the best assignment over them from `solve`; `beyond` asks the index for the pairs that the
//! lists left out and the prices would want. `place` sends whole households to regions with quotas, by `pack`.

mod beside;
mod beyond;
mod cover;
mod demands;
mod left;
mod lessons;
mod market;
mod pack;
mod page;
mod place;
mod pools;
mod record;
mod rooms;
mod school;
mod select;
mod shares;
mod solve;
mod turns;
mod weeks;
mod wishes;

pub use beside::{BesideLine, Wish};
pub use demands::{Demand, DemandAt, DemandLine};
pub use market::Assignment;
pub use place::{
    Household, Placement, PlacementError, PlacementLine, PlacementRequest, QuotaLine, Region,
    SecondRegion, Suitable,
};
pub use record::{
    AssignRequest, AssignedLine, Duals, EdgeLine, Goal, LessonsError, LessonsRequest, Placed,
    PoolLine, PoolRequest, Proof, Timetable, TimetableLine, UnplacedLine, UnplacedReason,
};
pub use school::{Capacity, LearnerGroup, LessonLine, LessonPlan, LessonTotals, OneMore, School};
pub use weeks::{JobLine, Weeks};
pub use wishes::{AssignError, AssignWishes, Coach, KeptPair};
