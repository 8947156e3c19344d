/// Whole-run measurements, each beside the limits and the peers it should be compared with.
///
/// ```text
///   Bench NAME ──▶ Measurement ──▶ Rounds: limit, peer, Sennit; peer, Sennit, limit; … ──▶ Result
///                      │                                                                    │
///                      ├─ Lineup: the peers that can be had                                 ▼
///                      └─ MachineProcess, Pair: machines in processes of their own       Report ──▶ RESULTS.md,
///                                                                                        results/NAME.json, .svg
/// ```
///
/// A figure alone says little: disks are shared and processors differ. So the limit and the machine
/// take turns in one run, and what counts is the ratio of the two. Start them with `bench/run`.
@NullMarked
package io.sennit.bench;

import org.jspecify.annotations.NullMarked;
