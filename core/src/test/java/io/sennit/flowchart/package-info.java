/// Writes `docs/flowchart.md` and its pictures from the tables the machine runs on.
///
/// ```text
///   Charts, Mode, Invariant ──▶ FlowchartPage ──▶ docs/flowchart.md
///   their doc comments    ──▶ (Words)         └─▶ PlantUml ──▶ Picture ──▶ docs/flowchart/*.svg
/// ```
///
/// The sentences on the page are the comments of the code: whoever changes a state changes its
/// words in the same place. `docs/rewrite` writes, the test compares.
@NullMarked
package io.sennit.flowchart;

import org.jspecify.annotations.NullMarked;
