/// The deterministic core of Sennit: all that an embedder of the protocol needs.
///
/// Data enters in `event` and only ever moves right: `event → dag → sync, overlay → machine →
/// recording`. Nothing in here reads a clock, opens a file or a socket, or draws a random number
/// that was not handed in.
module io.sennit.core {
  requires static transitive org.jspecify;
  requires tools.jackson.core;

  exports io.sennit.event;
  exports io.sennit.dag;
  exports io.sennit.sync;
  exports io.sennit.overlay;
  exports io.sennit.machine;
  exports io.sennit.recording;
}
