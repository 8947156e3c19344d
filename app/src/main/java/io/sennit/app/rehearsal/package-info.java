/// A rehearsal of a federation, told to people: in words, as JSON, and as a page with plots. What
/// happens in it is up to the simulator.
///
/// ```text
///   Plan ──▶ simulator ──▶ Summary ──┬──▶ Words   for a terminal
///              │                     ├──▶ Figures as JSON
///              ▼                     └──▶ Page    HTML, with a Chart for each plot
///        RehearsalBar
/// ```
///
/// Every form says the command line that repeats it, the seed, and what is not modelled.
@NullMarked
package io.sennit.app.rehearsal;

import org.jspecify.annotations.NullMarked;
