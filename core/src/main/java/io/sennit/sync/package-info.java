/// How two machines compare what they hold and exchange the difference.
///
/// ```text
///   Compare ──▶ same count and digest?   in sync
///   Snapshot ─▶ I know all yours?        give exactly ancestors(mine) − ancestors(yours)
///            ─▶ neither knows            Comparison: what your author tips do not cover, above the
///                                        highest rung of the ladder on which we agree
///            ─▶ many authors             TipSketch, until a TipDecoder has your author tips
///            ─▶ too many, or in vain     Reconciliation over (height, uuid)
/// ```
///
/// Correctness never rests on a fingerprint: a wrong one shows up as something missing at the end,
/// and starts the exchange again. Messages are specified in `docs/protocol.md`.
@NullMarked
package io.sennit.sync;

import org.jspecify.annotations.NullMarked;
