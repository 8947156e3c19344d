/// Whole-run measurements, each beside the limit it should come near to.
///
/// ```text
///   Bench NAME ──▶ Rounds: limit, Sennit, limit, Sennit, … ──▶ Report ──▶ results/NAME.json, RESULTS.md
/// ```
///
/// A figure alone says little: disks are shared and processors differ. So the limit and the machine
/// take turns in one run, and what counts is the ratio of the two. Start them with `bench/run`.
@NullMarked
package io.sennit.bench;

import org.jspecify.annotations.NullMarked;
