package io.sennit.store;

import java.nio.file.Path;

/// Room on the disk.
///
/// @param where the store's directory
/// @param freeBytes what this process may still write there
/// @param neededBytes what the store must be able to write so that nothing that was begun fails:
///   the next segment of the log, what the index has in memory and merges next, and a reserve
public record Room(Path where, long freeBytes, long neededBytes) {
  /// Whether the store may go on writing.
  public boolean enough() {
    return freeBytes >= neededBytes;
  }

  /// Whether a store that stopped may write again: with a quarter more than it needs, so that it
  /// does not stop again at once.
  public boolean plenty() {
    return freeBytes >= neededBytes + neededBytes / 4;
  }

  /// For people.
  @Override
  public String toString() {
    return "disk full: %,d bytes free on %s, needs %,d".formatted(freeBytes, where, neededBytes);
  }
}
