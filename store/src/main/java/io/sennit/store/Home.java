package io.sennit.store;

import io.sennit.event.Event;
import io.sennit.event.EventReader;
import io.sennit.event.Root;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.regex.Pattern;

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
  private static final int FORMAT = 1;
  private static final int KEY_SIZE_BYTES = 32;
  private static final Pattern IDENTITY =
      Pattern.compile(
          "\\s*\\{\\s*\"format\"\\s*:\\s*(\\d{1,9})\\s*,"
              + "\\s*\"machine\"\\s*:\\s*\"([A-Za-z0-9_-]{43})\"\\s*,"
              + "\\s*\"root\"\\s*:\\s*\"([0-9a-f]{64})\"\\s*}\\s*");
  private static final Pattern FORMAT_ONLY = Pattern.compile("\"format\"\\s*:\\s*(\\d{1,9})");

  private final Path directory;
  private final FileChannel lockChannel;
  private final byte[] rootJson;
  private final byte[] privateKey;
  private final String machine;
  private final Event root;

  private Home(
      Path directory,
      FileChannel lockChannel,
      byte[] rootJson,
      byte[] privateKey,
      String machine,
      Event root) {
    this.directory = directory;
    this.lockChannel = lockChannel;
    this.rootJson = rootJson;
    this.privateKey = privateKey;
    this.machine = machine;
    this.root = root;
  }

  /// Makes a new directory for a machine of this federation.
  ///
  /// The file that makes it a Sennit directory is written last: one that was begun and not finished
  /// is refused by [#open] and may be deleted.
  ///
  /// @param privateKey 32 bytes
  /// @throws StoreException when the directory exists and is not empty, or cannot be written
  public static void create(Path directory, byte[] rootJson, byte[] privateKey, String machine) {
    if (privateKey.length != KEY_SIZE_BYTES) {
      throw new IllegalArgumentException("a private key has 32 bytes, not " + privateKey.length);
    }
    var root = readRoot(directory, rootJson);
    try {
      Files.createDirectories(directory);
      try (var files = Files.list(directory)) {
        if (files.findAny().isPresent()) {
          throw new StoreException(
              directory + " is not empty: choose another directory, or empty this one");
        }
      }
      writeNew(directory, "machine.key", privateKey, true);
      writeNew(directory, "root.json", rootJson, false);
      var identity =
          "{\"format\":%d,\"machine\":\"%s\",\"root\":\"%s\"}\n"
              .formatted(FORMAT, machine, root.id());
      writeNew(directory, "sennit.json", identity.getBytes(StandardCharsets.UTF_8), false);
      var parent = directory.toAbsolutePath().getParent();
      if (parent != null) {
        Disk.syncDirectory(parent);
      }
    } catch (FileAlreadyExistsException e) {
      throw new StoreException(directory + " is a file, not a directory", e);
    } catch (IOException | UncheckedIOException e) {
      throw new StoreException("cannot make the directory " + directory, e);
    }
  }

  /// Written beside its place, synced, then moved there: it is whole or not there.
  private static void writeNew(Path directory, String name, byte[] bytes, boolean secret)
      throws IOException {
    var fresh = directory.resolve(name + ".new");
    var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    boolean posix = Files.getFileStore(directory).supportsFileAttributeView("posix");
    var attributes =
        secret && posix
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    try (var channel = FileChannel.open(fresh, options, attributes)) {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
    Files.move(fresh, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    Disk.syncDirectory(directory);
  }

  /// Takes the lock and checks that all parts belong together.
  ///
  /// @throws StoreException in words: not a Sennit directory, in use by another process, key and
  ///   identity do not match, …
  public static Home open(Path directory) {
    if (!Files.isRegularFile(directory.resolve("sennit.json"))) {
      throw new StoreException(
          directory + " is not a Sennit directory: make one with `init` or `join`");
    }
    try {
      var lock = lock(directory);
      try {
        return read(directory, lock);
      } catch (RuntimeException | IOException e) {
        lock.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new StoreException(
          "%s is incomplete, %s is missing: restore it from a backup"
              .formatted(directory, e.getFile()),
          e);
    } catch (IOException e) {
      throw new StoreException("cannot read " + directory, e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.resolve("LOCK"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      FileLock lock = channel.tryLock();
      if (lock != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      channel.close();
      throw new StoreException(directory + " is in use by this process already");
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    channel.close();
    throw new StoreException(directory + " is in use by another process");
  }

  private static Home read(Path directory, FileChannel lock) throws IOException {
    var text = Files.readString(directory.resolve("sennit.json"));
    var format = FORMAT_ONLY.matcher(text);
    if (format.find() && Integer.parseInt(format.group(1)) > FORMAT) {
      throw new StoreException(
          "%s has format %s, this build knows formats up to %d: use a newer build"
              .formatted(directory, format.group(1), FORMAT));
    }
    var identity = IDENTITY.matcher(text);
    if (!identity.matches()) {
      throw new StoreException(
          directory.resolve("sennit.json") + " is damaged: restore it from a backup");
    }
    var rootJson = Files.readAllBytes(directory.resolve("root.json"));
    var root = readRoot(directory, rootJson);
    if (!root.id().toString().equals(identity.group(3))) {
      throw new StoreException(
          "%s belongs to root %s, but root.json is %s: the files are of two machines"
              .formatted(directory, identity.group(3), root.id()));
    }
    var key = Files.readAllBytes(directory.resolve("machine.key"));
    if (key.length != KEY_SIZE_BYTES) {
      throw new StoreException(
          directory.resolve("machine.key") + " does not hold a key of 32 bytes");
    }
    return new Home(directory, lock, rootJson, key, identity.group(2), root);
  }

  private static Event readRoot(Path directory, byte[] json) {
    return switch (EventReader.readWhole(json)) {
      case EventReader.Reading.Read(var event) -> event;
      case EventReader.Reading.Refused(var rejection) ->
          throw new StoreException("R of %s is no event: %s".formatted(directory, rejection));
    };
  }

  /// R, whole, as it lies in the directory.
  public byte[] rootJson() {
    return rootJson.clone();
  }

  /// The machine's private key: 32 bytes, a fresh copy.
  public byte[] privateKey() {
    return privateKey.clone();
  }

  /// The machine's public key as text, as the directory says it; the caller checks it against the
  /// private one.
  public String machine() {
    return machine;
  }

  /// Opens the store; an empty one is given R at position 1. The caller closes it before this
  /// directory.
  public ReopenableStore openStore(Root opened) {
    if (!opened.event().id().equals(root.id())) {
      throw new StoreException(
          "%s belongs to root %s, not to %s".formatted(directory, root.id(), opened.event().id()));
    }
    return new ReopenableStore(
        () -> SegmentStore.open(directory, opened, StoreOptions.DEFAULT, Disk.REAL));
  }

  /// Where the address book lies.
  public Path addressBook() {
    return directory.resolve("peers.json");
  }

  /// Releases the lock.
  @Override
  public void close() {
    try {
      lockChannel.close();
    } catch (IOException e) {
      throw new StoreException("cannot release the lock of " + directory, e);
    }
  }
}
