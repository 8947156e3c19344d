package io.sennit.store;

import io.sennit.event.EventId;
import io.sennit.store.Disk.LogFile;
import io.sennit.store.Segment.Header;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The files of the log: bytes at addresses, no meaning.
///
/// Segments are filled with zeros before they are used, the next one in the background once the
/// present one is half full, so that a sync has no metadata to write. One thread appends, any
/// thread reads.
final class SegmentLog implements AutoCloseable {
  private static final String SUFFIX = ".log";

  private final Path directory;
  private final Disk disk;
  private final ConcurrentSkipListMap<Integer, Segment> segments;
  private final Header identity;
  private final Spare spare;
  private final AtomicLong end = new AtomicLong();
  private @Nullable LogFile writing;
  private long capacityBytes;
  private int openFilesMax = 64;

  private SegmentLog(
      Path directory,
      StoreOptions options,
      Disk disk,
      Header identity,
      ConcurrentSkipListMap<Integer, Segment> segments) {
    this.directory = directory;
    this.disk = disk;
    this.identity = identity;
    this.segments = segments;
    this.spare = new Spare(directory.resolve("spare"), options, disk);
  }

  /// Opens the log, or makes an empty one. [#continueAt] must follow before the first append.
  static SegmentLog open(Path directory, EventId root, StoreOptions options, Disk disk) {
    return open(directory, root, options, disk, Optional::empty);
  }

  /// As the other one.
  ///
  /// @param elsewhere asked for the log's name when no header is legible
  static SegmentLog open(
      Path directory,
      EventId root,
      StoreOptions options,
      Disk disk,
      Supplier<Optional<Header>> elsewhere) {
    try {
      Files.createDirectories(directory);
      var segments = new ConcurrentSkipListMap<Integer, Segment>();
      try (var files = Files.list(directory)) {
        for (var path : files.toList()) {
          var name = path.getFileName().toString();
          if (name.matches("[0-9]{8}\\" + SUFFIX)) {
            segments.put(Integer.parseInt(name.substring(0, 8)), new Segment(path));
          }
        }
      }
      Files.deleteIfExists(directory.resolve("spare"));
      var identity = identity(segments, root, directory, elsewhere);
      return new SegmentLog(directory, options, disk, identity, segments);
    } catch (IOException e) {
      throw new StoreException("cannot open the log in " + directory, e);
    }
  }

  /// What the first legible header says, or else the index, or that of a new log.
  private static Header identity(
      ConcurrentSkipListMap<Integer, Segment> segments,
      EventId root,
      Path directory,
      Supplier<Optional<Header>> elsewhere) {
    boolean written = false;
    for (var segment : segments.values()) {
      var bytes = segment.read(0, Segment.HEADER_SIZE_BYTES);
      var header = Header.read(bytes);
      if (header != null) {
        if (!header.root().equals(root)) {
          throw new StoreException(
              "the log in %s belongs to root %s, not to %s"
                  .formatted(directory, header.root(), root));
        }
        return header;
      }
      written |= !Zeros.only(segment);
    }
    var named = segments.isEmpty() ? Optional.<Header>empty() : elsewhere.get();
    if (named.isPresent()) {
      return named.get();
    }
    if (written) {
      throw StoreException.logIllegible(
          "no file in %s has a legible header, and nothing else knows the log's name: `sennit repair`"
                  .formatted(directory)
              + " sets the log aside and fetches its events from peers");
    }
    var random = new SecureRandom();
    return new Header(0, random.nextLong(), random.nextLong(), root);
  }

  Header identity() {
    return identity;
  }

  /// Addresses of the first record of every segment, ascending.
  List<Integer> segmentNumbers() {
    return new ArrayList<>(segments.keySet());
  }

  /// Whether this segment's own header can be read.
  boolean legible(int segment) {
    var header = Header.read(segment(segment).read(0, Segment.HEADER_SIZE_BYTES));
    return header != null
        && header.number() == segment
        && header.logHigh() == identity.logHigh()
        && header.logLow() == identity.logLow();
  }

  private Segment segment(int number) {
    var segment = segments.get(number);
    if (segment == null) {
      throw new StoreException("there is no segment %d in %s".formatted(number, directory));
    }
    return segment;
  }

  long segmentSizeBytes(int segment) {
    return segment(segment).sizeBytes();
  }

  /// Up to `length` bytes at this address; fewer where the segment ends, none where there is none.
  byte[] read(long address, int length) {
    var segment = segments.get(LogAddress.segment(address));
    return segment == null ? new byte[0] : segment.read(LogAddress.offset(address), length);
  }

  /// Whether there is a file with a byte at this address.
  boolean holds(long address) {
    return read(address, 1).length > 0;
  }

  /// Where the next record will stand, unless it needs a new segment.
  long end() {
    return end.get();
  }

  /// What must be free so that the next segment can be made.
  long neededBytes() {
    return spare.neededBytes();
  }

  /// Bytes of records and segment headers.
  long usedSizeBytes() {
    long used = LogAddress.offset(end.get());
    int last = LogAddress.segment(end.get());
    for (int number : segments.headMap(last).keySet()) {
      used += segmentSizeBytes(number);
    }
    return used;
  }

  /// The log ends at this address: what stands behind is wiped, what stands from `rewriteFrom` on
  /// is written again, because a read after a failed sync may show what is not on the disk; and all
  /// of it is synced.
  ///
  /// @param afterDamage what stands before the end is illegible; the next record goes into a new
  ///   segment
  void continueAt(long address, long rewriteFrom, boolean afterDamage) {
    try {
      if (segments.isEmpty()) {
        startSegment(1);
        return;
      }
      int last = LogAddress.segment(address);
      for (int from = LogAddress.segment(rewriteFrom); from <= last; from++) {
        if (segments.containsKey(from)) {
          rewrite(from, rewriteFrom, address);
        }
      }
      for (int beyond : new ArrayList<>(segments.tailMap(last, false).keySet())) {
        var segment = segment(beyond);
        segments.remove(beyond);
        segment.close();
        Files.delete(segment.path());
      }
      Disk.syncDirectory(directory);
      if (afterDamage || !segments.containsKey(last)) {
        startSegment(last + 1);
      } else {
        var segment = segment(last);
        writing = disk.open(segment.path());
        if (!legible(last)) { // made, but not begun
          writeHeader(last, writing);
        }
        capacityBytes = segment.sizeBytes();
        end.set(address);
        spare.grow(capacityBytes);
      }
    } catch (IOException e) {
      throw new StoreException("cannot make the end of the log durable in " + directory, e);
    }
  }

  private void rewrite(int number, long rewriteFrom, long address) throws IOException {
    var segment = segment(number);
    long size = segment.sizeBytes();
    long from = number == LogAddress.segment(rewriteFrom) ? LogAddress.offset(rewriteFrom) : 0;
    boolean last = number == LogAddress.segment(address);
    long to = last ? LogAddress.offset(address) : size;
    try (var file = disk.open(segment.path())) {
      Zeros.copyOnto(segment, file, from, to);
      if (last) {
        Zeros.wipe(segment, file, to, size);
      }
      file.sync();
    }
  }

  /// Writes the records one after the other and syncs; when it returns they are durable.
  ///
  /// @param encoder makes a record's bytes for the address it is given
  /// @return where each record stands
  long[] append(List<Placement> encoder) throws IOException {
    var addresses = new long[encoder.size()];
    var pending = new ByteSink(1 << 16);
    long at = LogAddress.offset(end.get());
    for (int i = 0; i < addresses.length; i++) {
      var record = encoder.get(i);
      if (at + pending.size() + record.sizeBytes() > capacityBytes) {
        flush(pending, at);
        startSegment(LogAddress.segment(end.get()) + 1, record.sizeBytes());
        at = LogAddress.offset(end.get());
      }
      addresses[i] = LogAddress.of(LogAddress.segment(end.get()), at + pending.size());
      pending.bytes(record.bytesAt(addresses[i]));
    }
    long length = pending.size();
    flush(pending, at);
    end.set(LogAddress.of(LogAddress.segment(end.get()), at + length));
    if (at + length > capacityBytes / 2) {
      spare.prepare();
    }
    return addresses;
  }

  private void flush(ByteSink pending, long at) throws IOException {
    if (pending.size() > 0) {
      requireWriting().write(ByteBuffer.wrap(pending.shared(), 0, pending.size()), at);
      requireWriting().sync();
      pending.clear();
    }
  }

  /// A record that does not know yet where it will stand.
  interface Placement {
    /// Its size, wherever it stands.
    int sizeBytes();

    /// Its bytes for this address.
    byte[] bytesAt(long address);
  }

  private void startSegment(int number) throws IOException {
    startSegment(number, 0);
  }

  private void startSegment(int number, long recordSizeBytes) throws IOException {
    if (writing != null) {
      writing.close();
      writing = null;
    }
    var path = directory.resolve("%08d".formatted(number) + SUFFIX);
    capacityBytes = spare.take(path, Segment.HEADER_SIZE_BYTES + recordSizeBytes);
    var file = disk.open(path);
    writing = file;
    writeHeader(number, file);
    Disk.syncDirectory(directory);
    segments.put(number, new Segment(path));
    restOldFiles();
    end.set(LogAddress.of(number, Segment.HEADER_SIZE_BYTES));
  }

  private void writeHeader(int number, LogFile file) throws IOException {
    var header = new Header(number, identity.logHigh(), identity.logLow(), identity.root());
    file.write(ByteBuffer.wrap(header.toBytes()), 0);
    file.sync();
  }

  /// Writes every header again that cannot be read. It is known what stands there, so a crash
  /// meanwhile leaves it illegible at worst, as it was.
  void mendHeaders() {
    for (var each : segments.entrySet()) {
      if (!legible(each.getKey())) {
        try (var file = disk.open(each.getValue().path())) {
          writeHeader(each.getKey(), file);
        } catch (IOException e) {
          throw new StoreException("cannot write " + each.getValue().path(), e);
        }
      }
    }
  }

  private void restOldFiles() throws IOException {
    int surplus = segments.size() - openFilesMax;
    for (var segment : segments.values()) {
      if (surplus-- <= 0) {
        return;
      }
      segment.rest();
    }
  }

  private LogFile requireWriting() {
    if (writing == null) {
      throw new StoreException("the log is not open for writing");
    }
    return writing;
  }

  @Override
  public void close() {
    try {
      spare.close();
      if (writing != null) {
        writing.close();
        writing = null;
      }
      for (var segment : segments.values()) {
        segment.close();
      }
    } catch (IOException e) {
      throw new StoreException("cannot close the log in " + directory, e);
    }
  }
}
