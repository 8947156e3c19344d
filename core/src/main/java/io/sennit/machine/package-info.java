/// What is decided: one deterministic state machine that holds the DAG.
///
/// ```text
///            ┌──────────────── Machine ────────────────┐
///   Input ──▶│ Creation    Reception ── Orphans        │──▶ List<Output>, to be obeyed in this order
///            │ Sessions ── Exchange (sync)    Lifecycle│
///            └─────────────────────────────────────────┘
/// ```
///
/// `handle(input, now)` is the whole contract: no clock, no disk, no socket, no randomness but the
/// seed. What must be durable before it is said stands first in the answer. The transitions are
/// tables (`Charts`) that the code runs on and that `docs/flowchart.md` is generated from.
@NullMarked
package io.sennit.machine;

import org.jspecify.annotations.NullMarked;
