package io.sennit.simulator;

/// The other end of a link, when it is none of the machines.
interface Visitor extends Line {
  /// It is over, whatever was still to be said; and the visitor does not come again.
  void leave();
}
