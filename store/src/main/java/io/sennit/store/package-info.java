/// The embedded store.
///
/// The truth is an append-only, checksummed log of whole runs in preallocated segments; RocksDB
/// holds what is derived from it, follows behind, and is caught up from the log on opening.
@NullMarked
package io.sennit.store;

import org.jspecify.annotations.NullMarked;
