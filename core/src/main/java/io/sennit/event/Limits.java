package io.sennit.event;

/// The limits that format 1 writes into R. All machines agree on them, because all start from R.
public final class Limits {
  /// Canonical bytes of one event, without `uuid` and with `parents` as `[]`.
  public static final int EVENT_SIZE_BYTES_MAX = 64 * 1024;

  /// Parents of one event.
  public static final int PARENTS_MAX = 1024;

  /// Nesting of objects and arrays; the event object itself is depth 1.
  public static final int DEPTH_MAX = 64;

  /// Events of one run.
  public static final int RUN_EVENTS_MAX = 256;

  /// Bytes of one run, summed over the bytes hashed for each uuid.
  public static final int RUN_SIZE_BYTES_MAX = 4 * 1024 * 1024;

  private Limits() {}
}
