package io.sennit.dag;

/// What a walk over ancestors needs: places by position.
@FunctionalInterface
public interface Graph {
  /// The place at this position.
  ///
  /// @throws IndexOutOfBoundsException when there is none
  Node node(long position);
}
