package io.sennit.bench.peer;

import java.nio.file.Path;
import java.util.Optional;

/// Another system that takes part in a measurement.
public interface Peer extends AutoCloseable {
  /// As the result calls it.
  String name();

  /// Version, configuration, and what it does not do that Sennit does.
  String about();

  @Override
  void close();

  /// It can keep records.
  interface Appends extends Peer {
    /// A writer that has nothing yet.
    ///
    /// @param folder where it may keep it; does not exist
    /// @param clients that wait for their answers, or 0 for one that does not wait
    /// @return empty where the peer has no way to serve them
    Optional<Writer> writer(Path folder, int clients) throws Exception;
  }

  /// It can copy a whole history to a machine that has nothing.
  interface Joins extends Peer {
    /// How many records it copies when so many are wanted: fewer, where more would take hours.
    default int fills(int wanted) {
      return wanted;
    }

    /// Writes so many records at the provider, and makes them durable.
    void fill(int records) throws Exception;

    /// A fresh copy is made of everything.
    ///
    /// @return how long it took
    double joinSeconds() throws Exception;

    /// What the last copy takes on the disk.
    long joinedDiskBytes() throws Exception;
  }

  /// It can bring two copies together that were both written to.
  interface Heals extends Peer {
    /// How many records it shares when so many are wanted: fewer, where more would take hours.
    default int shares(int wanted) {
      return wanted;
    }

    /// Whether its sides talk over the network, so that bytes can be counted.
    default boolean networked() {
      return true;
    }

    /// How far apart its sides can be without taking hours.
    default int divergesMax() {
      return Integer.MAX_VALUE;
    }

    /// Writes so many records and makes a copy of them, so that both sides share them.
    void share(int records) throws Exception;

    /// Writes so many more on each side, apart from each other.
    void diverge(int records) throws Exception;

    /// Both sides meet until both have everything.
    ///
    /// @return how long it took
    double healSeconds() throws Exception;
  }

  /// It can copy while it is written to.
  interface Replicates extends Peer {
    /// Writes so many records as fast as it can, until the copy has them all.
    ///
    /// @return how long it took
    double replicateSeconds(int records) throws Exception;

    /// Writes so many records at even times.
    ///
    /// @return for each, from before it was written until a reader of the copy had it
    double[] liveMicros(int records, long everyNanos) throws Exception;
  }
}
