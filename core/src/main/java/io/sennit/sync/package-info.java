/// How two machines compare what they hold and exchange the difference.
///
/// ```text
///   Frontier ──▶ equal?             in sync
///            ──▶ I know all yours?  stream exactly ancestors(mine) − ancestors(yours)
///            ──▶ neither knows      Reconciliation over (height, uuid), then stream
/// ```
///
/// Correctness never rests on a fingerprint: a wrong one shows up as a missing parent or as
/// different digests at the end, and starts the exchange again. Messages are specified in
/// `docs/protocol.md`.
@NullMarked
package io.sennit.sync;

import org.jspecify.annotations.NullMarked;
