package io.sennit.store;

import org.jspecify.annotations.Nullable;

/// The disk refused, or holds something else than it should. The message says what to do.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private enum About {
    THE_WORLD,
    THE_INDEX,
    THE_LOG,
    AN_EVENT
  }

  private final About about;

  /// Without another exception behind it.
  public StoreException(String message) {
    super(message);
    about = About.THE_WORLD;
  }

  /// Translates what the disk or RocksDB threw.
  public StoreException(String message, Throwable cause) {
    super(message, cause);
    about = About.THE_WORLD;
  }

  private StoreException(String message, @Nullable Throwable cause, About about) {
    super(message, cause);
    this.about = about;
  }

  /// The index holds something else than it should; the log may be sound.
  static StoreException indexIllegible(String message, @Nullable Throwable cause) {
    return new StoreException(message, cause, About.THE_INDEX);
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

  /// Nothing of the log can be read.
  static StoreException logIllegible(String message) {
    return new StoreException(message, null, About.THE_LOG);
  }

  /// One event is damaged; all others may be sound.
  static StoreException damaged(String message) {
    return new StoreException(message, null, About.AN_EVENT);
  }

  /// Whether building the index again may help.
  public boolean indexIllegible() {
    return about == About.THE_INDEX;
  }

  /// Whether nothing of the log can be read.
  public boolean logIllegible() {
    return about == About.THE_LOG;
  }

  /// Whether it is one damaged event that was asked for, which a peer may give again.
  public boolean damaged() {
    return about == About.AN_EVENT;
  }
}
