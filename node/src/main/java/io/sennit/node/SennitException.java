package io.sennit.node;

/// A request that was not carried out. The message says what to do.
public final class SennitException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /// What became of the request.
  public enum Kind {
    /// The request breaks a rule: it has to be changed.
    INVALID,
    /// Nothing was stored; it may work later.
    DECLINED,
    /// The disk is full: nothing was stored; it works again by itself when there is room.
    NO_ROOM,
    /// The key of the request was used for another one: nothing was stored.
    MISMATCH,
    /// The store failed on the way: the events may or may not be durable.
    UNKNOWN,
    /// The event is damaged here; it may be read again once a peer has given it.
    DAMAGED,
    /// The directory, the identity or the network refused.
    REFUSED
  }

  private final Kind kind;

  /// Without another exception behind it.
  public SennitException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /// With what caused it.
  public SennitException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /// What became of the request.
  public Kind kind() {
    return kind;
  }
}
