package io.sennit.store;

import io.sennit.event.Event;
import io.sennit.event.EventId;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
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
///   D/heals/        events that were damaged in the log and came back from a peer
///   D/peers.json    address book
/// ```
public final class Home implements AutoCloseable {
  private static final int FORMAT = 1;
  private static final int KEY_SIZE_BYTES = 32;
  private static final String IDENTITY_FILE = "sennit.json";
  private static final String ROOT_FILE = "root.json";
  private static final String KEY_FILE = "machine.key";
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
      writeNew(directory, KEY_FILE, privateKey, true);
      writeNew(directory, ROOT_FILE, rootJson, false);
      writeIdentity(directory, machine, root.id());
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
    if (!Files.isRegularFile(directory.resolve(IDENTITY_FILE))) {
      if (Files.isDirectory(directory.resolve("log"))) {
        throw new StoreException(incomplete(directory, IDENTITY_FILE));
      }
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
      throw new StoreException(incomplete(directory, e.getFile()), e);
    } catch (IOException e) {
      throw new StoreException("cannot read " + directory, e);
    }
  }

  private static String incomplete(Path directory, String missing) {
    return "%s is incomplete, %s is missing: run `sennit repair --dir %s`"
        .formatted(directory, missing, directory);
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
    var text = Files.readString(directory.resolve(IDENTITY_FILE), StandardCharsets.ISO_8859_1);
    var format = FORMAT_ONLY.matcher(text);
    if (format.find() && Integer.parseInt(format.group(1)) > FORMAT) {
      throw new StoreException(
          "%s has format %s, this build knows formats up to %d: use a newer build"
              .formatted(directory, format.group(1), FORMAT));
    }
    var identity = IDENTITY.matcher(text);
    if (!identity.matches()) {
      throw new StoreException(
          "%s is damaged: run `sennit repair --dir %s`"
              .formatted(directory.resolve(IDENTITY_FILE), directory));
    }
    var rootJson = Files.readAllBytes(directory.resolve(ROOT_FILE));
    var root = readRoot(directory, rootJson);
    if (!root.id().toString().equals(identity.group(3))) {
      throw new StoreException(
          "%s belongs to root %s, but root.json is %s: run `sennit repair --dir %s`"
              .formatted(directory, identity.group(3), root.id(), directory));
    }
    var key = Files.readAllBytes(directory.resolve(KEY_FILE));
    if (key.length != KEY_SIZE_BYTES) {
      throw new StoreException(
          "%s is damaged, it does not hold a key of 32 bytes: restore it from a backup, or let"
                  .formatted(directory.resolve(KEY_FILE))
              + " `sennit repair --new-key` make another one");
    }
    return new Home(directory, lock, rootJson, key, identity.group(2), root);
  }

  private static Event readRoot(Path directory, byte[] json) {
    return switch (EventReader.readWhole(json)) {
      case EventReader.Reading.Read(var event) -> event;
      case EventReader.Reading.Refused(var rejection) ->
          throw new StoreException(
              "%s is damaged (%s): run `sennit repair --dir %s`"
                  .formatted(directory.resolve(ROOT_FILE), rejection, directory));
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
    if (Relay.begun(directory)) {
      throw new StoreException(
          "a repair of %s was interrupted: run `sennit repair --dir %s` again"
              .formatted(directory, directory));
    }
    return new ReopenableStore(
        () -> SegmentStore.open(directory, opened, StoreOptions.DEFAULT, Disk.REAL));
  }

  /// Whether laying the log again was interrupted.
  public boolean layingAgain() {
    return Relay.begun(directory);
  }

  /// Makes a new log of all that is whole and has its parents, and sets the old one aside. Events
  /// before the first hole keep their positions, those behind it move up. The store must be closed.
  ///
  /// @param progress told the old position reached, now and then
  /// @return the folder where the damaged log lies now, or empty when there was none
  public String layAgain(Root opened, LongConsumer progress) {
    return Relay.run(directory, opened, StoreOptions.DEFAULT, Disk.REAL, progress);
  }

  /// Deletes what is derived from the log; it is built again when the store is opened.
  public void dropIndex() {
    Index.delete(directory.resolve(Finding.INDEX));
  }

  /// Writes what the directory says of itself again.
  public static void writeIdentity(Path directory, String machine, EventId root) {
    var identity =
        "{\"format\":%d,\"machine\":\"%s\",\"root\":\"%s\"}\n".formatted(FORMAT, machine, root);
    write(directory, IDENTITY_FILE, identity.getBytes(StandardCharsets.UTF_8), false);
  }

  /// Writes R again.
  public static void writeRoot(Path directory, byte[] rootJson) {
    write(directory, ROOT_FILE, rootJson, false);
  }

  /// Writes another private key; the old one is kept as `machine.key.damaged`.
  ///
  /// @param privateKey 32 bytes
  public static void writeKey(Path directory, byte[] privateKey) {
    try {
      var old = directory.resolve(KEY_FILE);
      if (Files.exists(old)) {
        Files.move(
            old, directory.resolve(KEY_FILE + ".damaged"), StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw new StoreException("cannot set the damaged key in " + directory + " aside", e);
    }
    write(directory, KEY_FILE, privateKey, true);
  }

  private static void write(Path directory, String name, byte[] bytes, boolean secret) {
    try {
      Files.deleteIfExists(directory.resolve(name + ".new"));
      writeNew(directory, name, bytes, secret);
    } catch (IOException e) {
      throw new StoreException("cannot write " + directory.resolve(name), e);
    }
  }

  /// What `sennit.json` says, as far as it can be read.
  ///
  /// @param machine public key as text, or empty
  /// @param root uuid of R as text, or empty
  public record Said(String machine, String root) {}

  /// Reads `sennit.json`, however damaged it is.
  public static Said said(Path directory) {
    var identity =
        IDENTITY.matcher(
            new String(bytes(directory.resolve(IDENTITY_FILE)), StandardCharsets.ISO_8859_1));
    return identity.matches() && identity.group(1).equals(String.valueOf(FORMAT))
        ? new Said(identity.group(2), identity.group(3))
        : new Said("", "");
  }

  /// The bytes of `root.json`, none when it is missing.
  public static byte[] rootBytes(Path directory) {
    return bytes(directory.resolve(ROOT_FILE));
  }

  /// The bytes of `machine.key`, none when it is missing.
  public static byte[] keyBytes(Path directory) {
    return bytes(directory.resolve(KEY_FILE));
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
    } catch (IOException e) {
      throw new StoreException("cannot read " + file, e);
    }
  }

  /// Takes the lock only, so that the files can be mended; closing the answer releases it.
  public static AutoCloseable lockOnly(Path directory) {
    try {
      return lock(directory);
    } catch (IOException e) {
      throw new StoreException("cannot lock " + directory, e);
    }
  }

  /// R, whole, as the log has it, if its beginning is legible.
  public static Optional<byte[]> rootInLog(Path directory) {
    return RootInLog.read(directory.resolve("log"));
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
