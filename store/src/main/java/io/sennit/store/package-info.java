/// The embedded store: a log that is the truth, and an index that follows it.
///
/// ```text
///   Home ──▶ SegmentStore ─┬─ write ───▶ Writer ──▶ RecordCodec, EventBlock ──▶ SegmentLog
///                          ├─ publish ─▶ Visible ──▶ IndexThread ──▶ Indexer ──▶ Index (RocksDB)
///                          ├─ reads ───▶ View (a Moment of RocksDB + the tail), Ranges, Records
///                          ├─ open ────▶ Recovery (LogScan)
///                          └─ audit ───▶ Audit
/// ```
///
/// Invariants: nothing is visible before it is durable; a write is on the disk whole or not at all;
/// an event is only served when its hash is its uuid; RocksDB says nothing that the log does not.
/// The bytes are in `docs/store.md`.
@NullMarked
package io.sennit.store;

import org.jspecify.annotations.NullMarked;
