/// How many tips there are, and what they cost, when many machines write at once.
///
/// ```text
///   Setting ──▶ Federation ── ParentRule: the production rule ──▶ History, Figures
///                  │
///                  ▼
///   Place: what has arrived there, in causal order, and its tips     LinkMeter, DiskMeter: bytes
///                                                                    for each parent
///   Border ── all settings ──▶ table and drawing in docs/relaxations.md
/// ```
///
/// Events are numbers here, so that ten thousand machines fit; what is asked of the production code
/// is the choice of parents and the bytes they take. The unit of time is h, the mean delay.
///
/// Not modelled: who is linked with whom (a delay stands for the whole way), batches, clocks,
/// faults; and machines of one place see the same events of others at the same time.
@NullMarked
package io.sennit.simulator.tips;

import org.jspecify.annotations.NullMarked;
