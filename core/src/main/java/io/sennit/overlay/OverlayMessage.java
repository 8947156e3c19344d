package io.sennit.overlay;

import java.util.Arrays;
import java.util.List;

/// What overlays say to each other. Bytes: `docs/protocol.md`.
///
/// Whoever decodes one bounds it first: at most [#CONTACTS_MAX] contacts, [#RUNS_MAX] runs, walks
/// of [#STEPS_MAX] steps, trees below [#TREES].
public sealed interface OverlayMessage {
  /// No sample of contacts is longer.
  int CONTACTS_MAX = 8;

  /// No list of runs is longer.
  int RUNS_MAX = 512;

  /// No walk is longer.
  int STEPS_MAX = 6;

  /// Trees there are.
  int TREES = 4;

  /// What a link is for.
  enum Kind {
    /// It ties the whole together: not chosen by distance, not given up for a nearer one.
    RANDOM,
    /// It is short, and may be given up for a shorter one.
    NEAR
  }

  /// I am new. Said first on a link that was dialled for it; answered by [Welcome] and [Shuffled].
  record Join(Contact self) implements OverlayMessage {}

  /// Somebody is new. Passed on at random; who ends the walk links with the joiner.
  ///
  /// @param steps so many more
  record Walk(Contact joiner, int steps) implements OverlayMessage {}

  /// Will you be my neighbour? Said first on a link that was dialled for it; answered by [Welcome]
  /// or [Decline].
  ///
  /// @param urgent I have hardly any other: do not decline
  record Neighbour(Contact self, Kind kind, boolean urgent) implements OverlayMessage {}

  /// We are neighbours.
  record Welcome(Contact self, Kind kind) implements OverlayMessage {}

  /// We are not; try these. The asker hangs up.
  record Decline(List<Contact> contacts) implements OverlayMessage {}

  /// We are no longer; the first of these has room for you. The sender hangs up.
  record Leave(List<Contact> contacts) implements OverlayMessage {}

  /// Machines I know. Passed on at random; who ends the walk answers the one who brought it.
  record Shuffle(Contact origin, int steps, List<Contact> contacts) implements OverlayMessage {}

  /// Machines I know, in return, or for a new random neighbour.
  record Shuffled(List<Contact> contacts) implements OverlayMessage {}

  /// Answer at once.
  ///
  /// @param sentMicros the sender's clock, for its own use
  /// @param crowd whom the sender has counted
  record Ping(long sentMicros, Coordinate coordinate, Crowd crowd) implements OverlayMessage {}

  /// The answer.
  ///
  /// @param echoMicros what the ping said
  record Pong(long echoMicros, Coordinate coordinate) implements OverlayMessage {}

  /// The pulse of a tree, from its root to everybody; or only to those who asked for it. The
  /// greater term counts; in one term the root of lesser rank; of one root the greater sequence.
  ///
  /// @param term from 1; like the sequence of 31 bits, and beginning again at 1
  /// @param rank the root's rank in this tree, without sign
  /// @param sequence from 1
  /// @param labelMicros how far the sender is from the root, one way; not negative
  /// @param answer it is meant for whom it is sent to, and for those who asked that one
  record Beacon(int tree, int term, long rank, int sequence, int labelMicros, boolean answer)
      implements OverlayMessage {}

  /// You are my parent in this tree, or no longer. A parent answers with a [Beacon] if it said
  /// something else to everybody last.
  record Parent(int tree, boolean on) implements OverlayMessage {}

  /// I lost my way to the root. Answered with a [Beacon] newer than this, or passed on towards the
  /// root.
  ///
  /// @param term of the last beacon that was followed; 0: there was none
  record Renew(int tree, int term, int sequence) implements OverlayMessage {}

  /// I have these runs.
  ///
  /// @param runs first words of the uuids of their last events
  /// @param pullNow they are too large to be given unasked: ask at once
  @SuppressWarnings("ArrayRecordComponent") // on its way to a link; equality is by content, below
  record Announce(long[] runs, boolean pullNow) implements OverlayMessage {
    @Override
    public boolean equals(Object other) {
      return other instanceof Announce(long[] runs2, boolean pullNow2)
          && Arrays.equals(runs, runs2)
          && pullNow == pullNow2;
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(runs) * 2 + (pullNow ? 1 : 0);
    }

    @Override
    public String toString() {
      return "Announce[runs=" + hex(runs) + ", pullNow=" + pullNow + "]";
    }
  }

  /// Give me these.
  @SuppressWarnings("ArrayRecordComponent") // as above
  record Pull(long[] runs) implements OverlayMessage {
    @Override
    public boolean equals(Object other) {
      return other instanceof Pull(long[] runs2) && Arrays.equals(runs, runs2);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(runs);
    }

    @Override
    public String toString() {
      return "Pull[runs=" + hex(runs) + "]";
    }
  }

  /// Whether it is about who is linked with whom; the others are about trees, runs and distances.
  default boolean isMembership() {
    return switch (this) {
      case Join _, Walk _, Neighbour _, Welcome _, Decline _, Leave _, Shuffle _, Shuffled _ ->
          true;
      case Ping _, Pong _, Beacon _, Parent _, Renew _, Announce _, Pull _ -> false;
    };
  }

  private static List<String> hex(long[] runs) {
    return Arrays.stream(runs).mapToObj(Long::toHexString).toList();
  }
}
