package io.sennit.store;

import io.sennit.event.Root;
import java.nio.file.Path;

/// A machine's directory: whose it is, which federation it belongs to, and the lock that keeps a
/// second process out.
///
/// ```text
///   D/sennit.json   format of this directory, uuid of R, public key of the machine
///   D/root.json     R, whole
///   D/machine.key   the private key: 32 bytes, readable by its owner alone
///   D/LOCK          held by the process that uses the directory
///   D/log/          segments
///   D/index/        RocksDB; may be deleted, is rebuilt from the log
///   D/peers.json    address book
/// ```
public final class Home implements AutoCloseable {
  private Home() {}

  /// Makes a new directory for a machine of this federation.
  ///
  /// @param privateKey 32 bytes
  /// @throws StoreException when the directory exists and is not empty, or cannot be written
  public static void create(Path directory, byte[] rootJson, byte[] privateKey, String machine) {
    throw new UnsupportedOperationException();
  }

  /// Takes the lock and checks that all parts belong together.
  ///
  /// @throws StoreException in words: not a Sennit directory, in use by another process, key and
  ///   identity do not match, …
  public static Home open(Path directory) {
    throw new UnsupportedOperationException();
  }

  /// R, whole, as it lies in the directory.
  public byte[] rootJson() {
    throw new UnsupportedOperationException();
  }

  /// The machine's private key: 32 bytes, a fresh copy.
  public byte[] privateKey() {
    throw new UnsupportedOperationException();
  }

  /// The machine's public key as text, as the directory says it; the caller checks it against the
  /// private one.
  public String machine() {
    throw new UnsupportedOperationException();
  }

  /// Opens the store; an empty one is given R at position 1.
  public SegmentStore openStore(Root root) {
    throw new UnsupportedOperationException();
  }

  /// Where the address book lies.
  public Path addressBook() {
    throw new UnsupportedOperationException();
  }

  /// Releases the lock.
  @Override
  public void close() {
    throw new UnsupportedOperationException();
  }
}
