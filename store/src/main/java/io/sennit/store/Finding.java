package io.sennit.store;

/// Something in a store that is not as it should be.
///
/// @param position the event it is about, or 0 when it is about the store as a whole
/// @param what a sentence
public record Finding(long position, String what) {
  @Override
  public String toString() {
    return position == 0 ? what : "position " + position + ": " + what;
  }
}
