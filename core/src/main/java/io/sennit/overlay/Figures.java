package io.sennit.overlay;

import java.util.List;

/// What an overlay can tell of itself.
///
/// @param capacity how many links it carries
/// @param active links that both sides count on
/// @param passive contacts it could link with
/// @param machines how many machines there are, as far as the roots' ranks tell: right within a
///   factor of two, mostly
/// @param roundTripMicrosMedian over the active links; −1 before the first measurement
/// @param trees one of each tree
/// @param runs how many runs it remembers now
/// @param given payloads handed to peers
/// @param payloads payloads that came and were new
/// @param duplicates payloads that came and were known
/// @param pulled payloads that came because they were asked for
/// @param announced runs named to peers, one for each run and peer
/// @param heard runs named by peers
public record Figures(
    Capacity capacity,
    int active,
    int passive,
    long machines,
    int roundTripMicrosMedian,
    List<Tree> trees,
    int runs,
    long given,
    long payloads,
    long duplicates,
    long pulled,
    long announced,
    long heard) {
  /// One tree, as seen from one machine.
  ///
  /// @param term of the root that is followed; 0: none ever was
  /// @param rank the root's, without sign
  /// @param sequence of its last beacon
  /// @param labelMicros how far it is, one way
  /// @param parent the peer towards it; −1: none
  /// @param root this machine is the root
  /// @param children peers that have this machine as parent
  public record Tree(
      int term, long rank, int sequence, int labelMicros, int parent, boolean root, int children) {}
}
