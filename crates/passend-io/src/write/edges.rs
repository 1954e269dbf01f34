// SPDX-License-Identifier: EUPL-1.2
//! The pairs from which a plan was chosen, as CSV.

use std::io::{self, Write};

use passend::EdgeLine;

/// Writes pairs with their scores as CSV: `candidate,vacancy,score`, a line for each pair.
///
/// # Errors
///
/// Writing failed.
///
/// ```
/// use passend::EdgeLine;
///
/// let edge = EdgeLine { candidate: "c1".to_owned(), vacancy: "v1".to_owned(), score: 7_908 };
/// let mut table = Vec::new();
/// passend_io::write::edges(&mut table, &[edge])?;
/// assert_eq!(table, b"candidate,vacancy,score\nc1,v1,7908\n");
/// # Ok::<(), std::io::Error>(())
/// ```
pub fn edges(out: &mut dyn Write, edges: &[EdgeLine]) -> io::Result<()> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["candidate", "vacancy", "score"])?;
    for edge in edges {
        table.write_record([edge.candidate.as_str(), &edge.vacancy, &edge.score.to_string()])?;
    }
    table.flush()
}
