package io.sennit.store;

/// The disk refused, or holds something else than it should. The message says what to do.
public final class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// Without another exception behind it.
  public StoreException(String message) {
    super(message);
  }

  /// Translates what the disk or RocksDB threw.
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
