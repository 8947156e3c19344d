package io.sennit.event;

/// A reason, with a sentence for people that says where and what to change.
public record Rejection(Reason reason, String detail) {
  @Override
  public String toString() {
    return reason + ": " + detail;
  }
}
