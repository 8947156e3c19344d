package io.sennit.event;

/// A broken rule, on its way up from the place where it was found.
final class Fault extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Rejection rejection;

  Fault(Reason reason, String detail) {
    super(detail, null, false, false);
    this.rejection = new Rejection(reason, detail);
  }

  Rejection rejection() {
    return rejection;
  }
}
