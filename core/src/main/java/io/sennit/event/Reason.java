package io.sennit.event;

/// Why an event can never join, on any machine, whatever arrives later.
///
/// Every reason is a pure function of the event and its ancestors. What depends on a clock, a disk,
/// a rate or on what has arrived so far is no reason: it may only defer.
public enum Reason {
  /// Not a JSON text.
  NOT_JSON,
  /// Not valid UTF-8, or it begins with a byte order mark.
  NOT_UTF8,
  /// A JSON text, but not an object.
  NOT_AN_OBJECT,
  /// Not in the form of RFC 8785: written again, it would be other bytes.
  NOT_CANONICAL,
  /// One object has two members of one name.
  DUPLICATE_NAME,
  /// Half of a surrogate pair.
  LONE_SURROGATE,
  /// A number too large for an IEEE double.
  NUMBER_NOT_FINITE,
  /// A number x with 2^53 ≤ |x| < 10^21: readers disagree about it.
  NUMBER_AMBIGUOUS,
  /// Non-zero text that no double but zero is nearest to.
  NUMBER_UNDERFLOW,
  /// Nesting over 64.
  TOO_DEEP,
  /// More than 64 KiB.
  TOO_LARGE,
  /// More than 1,024 parents.
  TOO_MANY_PARENTS,
  /// The application set a member that belongs to the system, or `sennit` stands outside R.
  RESERVED_NAME,
  /// A system member is absent or not of its form.
  MALFORMED_MEMBER,
  /// The parents are not sorted ascending, or not unique.
  PARENTS_NOT_SORTED,
  /// The uuid is not the hash of the rest.
  WRONG_UUID,
  /// No parents, and not R: at the reader, because it has no object `sennit`.
  NOT_THE_ROOT,
  /// A parent without seal that is not the event's one predecessor of the same machine.
  FOREIGN_UNSEALED_PARENT,
  /// The run has more than 256 events or 4 MiB, or is not one machine's chain with one seal at its
  /// end.
  MALFORMED_RUN,
  /// The seal does not vouch for the run.
  WRONG_SEAL,
  /// An ancestor was rejected.
  REJECTED_ANCESTOR
}
