package io.sennit.store;

import java.nio.charset.StandardCharsets;

/// RocksDB's column families. `docs/store.md` says what stands in each.
enum Family {
  /// Checkpoint, tips, and the machines' numbers.
  META(0, "default"),
  /// Pages and filters of the sorted lists of uuids.
  LISTS(1, "lists"),
  /// Page → the nodes of 32 positions.
  NODES(2, "nodes"),
  /// Block of 32 heights → (height, position) of its events, in the order they came.
  HEIGHTS(3, "heights"),
  /// (level, block) → count and sum of the uuids in it.
  SUMS(4, "sums"),
  /// Machine → its number and the positions of its tips.
  AUTHORS(5, "authors"),
  /// Receipts by key, and their keys by position.
  RECEIPTS(6, "receipts");

  private final int number;
  private final String text;

  Family(int number, String text) {
    this.number = number;
    this.text = text;
  }

  /// Which RocksDB gave it, in the order they were made.
  int number() {
    return number;
  }

  byte[] familyName() {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
