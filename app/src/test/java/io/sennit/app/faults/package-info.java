/// Faults done to real processes: kill −9, a stopped process, a copied or restored directory, a
/// clock that is years off, tickets that are wrong.
///
/// Each [Fault] runs a few rounds in every check, and many with `scripts/faults`. A round is a
/// function of its seed as far as processes allow; the moment of a kill is chosen by what was seen
/// to happen, never by a clock.
@NullMarked
package io.sennit.app.faults;

import org.jspecify.annotations.NullMarked;
