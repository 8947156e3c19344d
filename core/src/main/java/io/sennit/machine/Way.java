package io.sennit.machine;

/// How a run came here.
enum Way {
  /// An application handed it in.
  LOCAL,
  /// A peer passed on what is new.
  SPREAD,
  /// A comparison found that it was missing.
  FOUND,
  /// One of many that a comparison found missing: others lack them too, and find it by comparisons
  /// of their own.
  COPIED
}
