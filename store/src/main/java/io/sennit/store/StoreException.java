package io.sennit.store;

import org.jspecify.annotations.Nullable;

/// The disk refused, or holds something else than it should. The message says what to do.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Whether it helps to build the index again.
  private final boolean indexIllegible;

  /// Without another exception behind it.
  public StoreException(String message) {
    super(message);
    indexIllegible = false;
  }

  /// Translates what the disk or RocksDB threw.
  public StoreException(String message, Throwable cause) {
    super(message, cause);
    indexIllegible = false;
  }

  private StoreException(String message, @Nullable Throwable cause, boolean indexIllegible) {
    super(message, cause);
    this.indexIllegible = indexIllegible;
  }

  /// The index holds something else than it should; the log may be sound.
  static StoreException indexIllegible(String message, @Nullable Throwable cause) {
    return new StoreException(message, cause, true);
  }

  /// Whether the disk, or this user's share of it, is full.
  public boolean full() {
    for (Throwable cause = this; cause != null; cause = cause.getCause()) {
      if (saysFull(String.valueOf(cause.getMessage()))) {
        return true;
      }
    }
    return false;
  }

  /// The words of ENOSPC and EDQUOT, which is all that Java and RocksDB pass on.
  static boolean saysFull(String message) {
    return message.contains("No space left on device") || message.contains("quota exceeded");
  }

  /// Whether it is one of [#indexIllegible(String, Throwable)].
  boolean indexIllegible() {
    return indexIllegible;
  }
}
