package io.sennit.sync;

import io.sennit.dag.PackedRuns;
import io.sennit.event.EventId;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import java.util.List;
import java.util.Optional;

/// What machines say to each other.
public sealed interface Message {
  /// The version of the protocol that this build speaks.
  int VERSION = 2;

  /// Whether it carries runs, whose flow is bounded.
  default boolean gives() {
    return this instanceof Give || this instanceof Packed;
  }

  /// The first message of each side, both at once.
  ///
  /// @param root uuid of R
  /// @param listen `host:port` at which this machine can be dialled, or empty when it cannot
  /// @param open whether the other side is to give at once what this one lacks
  record Hello(int version, EventId root, String listen, boolean open, Snapshot snapshot)
      implements Message {}

  /// The first message, instead of [Hello], of a side that holds exactly what both held when they
  /// last proved that they hold the same.
  ///
  /// @param open whether the other side is to give at once what this one lacks
  /// @param count number of events
  /// @param digest of the DAG; it fixes R, too
  record Again(int version, String listen, boolean open, long count, EventId digest)
      implements Message {}

  /// The conversation ends here, for this reason.
  record Refuse(String reason) implements Message {}

  /// Other machines can be dialled at these addresses.
  record Peers(List<String> addresses) implements Message {
    /// Copies the list.
    public Peers {
      addresses = List.copyOf(addresses);
    }
  }

  /// I hold so many events, with this digest: do you hold the same?
  ///
  /// @param number counts what this side has said of its DAG on this link; that of Hello is 0
  record Compare(long number, long count, EventId digest) implements Message {}

  /// Here is my snapshot; tell me yours unless this is an answer.
  ///
  /// @param number counts on from that of [Compare]
  /// @param open whether the other side is to give at once what this one lacks
  record Describe(long number, boolean answer, boolean open, Snapshot snapshot)
      implements Message {}

  /// What I make of what you said with this number.
  record Verdict(long number, Knows knows) implements Message {}

  /// Whether a machine holds what another named.
  enum Knows {
    /// I hold all of it: you need not give me anything.
    ALL,
    /// I lack some of it: please give.
    LACKS,
    /// I cannot tell, or lack some of it and take nothing from you now; I will ask again.
    LATER,
    /// I hold the same.
    EQUAL
  }

  /// I lack some of what you hold; to find out what, here are my author tips above a height up to
  /// which we hold the same. Salted like my last snapshot.
  record Tips(AuthorTips authors) implements Message {}

  /// I lack some of what you hold; to find out what, here are the next symbols of a sketch of my
  /// author tips above a height up to which we hold the same. Salted like my last snapshot.
  record Sketch(long floor, List<Symbol> symbols) implements Message {
    /// Copies the list.
    public Sketch {
      symbols = List.copyOf(symbols);
    }
  }

  /// I cannot tell yet what you lack: go on with your sketch.
  ///
  /// @param inVain or rather not, because more symbols will not help
  record More(boolean inVain) implements Message {}

  /// I lack some of what you hold, and cannot say briefly what I hold: find out by [Ranges].
  record Seek() implements Message {}

  /// Whether I take events now; until I say otherwise, I do.
  ///
  /// @param why for people, when I do not; else empty
  record Takes(boolean events, String why) implements Message {}

  /// A step of the reconciliation. `answer` tells the asker's steps from the other side's.
  ///
  /// @param salt of the fingerprints, chosen by the asker
  record Ranges(boolean answer, long salt, List<Range> ranges) implements Message {
    /// Copies the list.
    public Ranges {
      ranges = List.copyOf(ranges);
    }
  }

  /// These events and their ancestors are all that we both hold: give me the rest.
  record Common(List<EventId> ids) implements Message {
    /// Copies the list.
    public Common {
      ids = List.copyOf(ids);
    }
  }

  /// Here are runs, parents before children.
  ///
  /// @param runs well formed; their seals are not checked yet
  /// @param fault what was wrong with the bytes after the last run, if they were no run
  record Give(List<Run> runs, Optional<Rejection> fault) implements Message {
    /// Copies the list.
    public Give {
      runs = List.copyOf(runs);
    }
  }

  /// Here are runs, parents before children, as my store keeps them: what is heard is a [Give].
  record Packed(PackedRuns runs) implements Message {}

  /// I hold these runs, named by their last events.
  record Have(List<EventId> ids) implements Message {
    /// Copies the list.
    public Have {
      ids = List.copyOf(ids);
    }
  }

  /// Please send the runs that end with these.
  record Want(List<EventId> ids) implements Message {
    /// Copies the list.
    public Want {
      ids = List.copyOf(ids);
    }
  }

  /// I hold these, but what I have of them is damaged: ask somebody else.
  ///
  /// @param ids last events of runs, or the first damaged event of a stream
  /// @param ends whether the stream of what you lack ends here
  record Damaged(List<EventId> ids, boolean ends) implements Message {
    /// Copies the list.
    public Damaged {
      ids = List.copyOf(ids);
    }
  }

  /// That was all that you lacked of what my last snapshot speaks of.
  record End() implements Message {}
}
