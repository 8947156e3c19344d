package io.sennit.store;

import io.sennit.dag.Placed;
import io.sennit.dag.Receipt;
import io.sennit.event.EventId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Events that were damaged in the log and came back from a peer, at their old positions.
///
/// A second log of the same form beside the first, so that a damaged place is never written to: a
/// crash in the middle of healing leaves at worst what was there before. Its records stand in the
/// order of healing; where two hold a position, the later one counts. It is looked at only where
/// the log is illegible. What is damaged here is damaged again, and healed again.
final class Heals implements AutoCloseable {
  static final String FOLDER = "heals";

  private final Path directory;
  private final EventId root;
  private final StoreOptions options;
  private final Disk disk;
  private final Map<Long, Long> addresses = new ConcurrentHashMap<>();
  private final List<Finding> opening = new ArrayList<>();
  private final List<Finding> gaps = new ArrayList<>();
  private @Nullable SegmentLog log;
  private @Nullable RecordCodec codec;

  /// Opens what is there; makes nothing.
  Heals(Path directory, EventId root, StoreOptions options, Disk disk) {
    this.directory = directory;
    this.root = root;
    this.options = options;
    this.disk = disk;
    if (Files.isDirectory(directory)) {
      open();
    }
  }

  private void open() {
    SegmentLog opened;
    try {
      opened = SegmentLog.open(directory, root, options, disk);
    } catch (StoreException e) {
      opening.add(Finding.of(FOLDER, "it was illegible and is begun anew: " + e.getMessage()));
      Index.delete(directory);
      opened = SegmentLog.open(directory, root, options, disk);
    }
    scan(opened);
  }

  /// Closes it unless it can be used.
  private void scan(SegmentLog opened) {
    try {
      read(opened);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private void read(SegmentLog opened) {
    var decoder = new RecordCodec(opened.identity());
    var scan = new LogScan(opened, decoder, 0);
    long end = scan.at();
    for (var record = scan.next(); record != null; record = scan.next()) {
      boolean nextFile = LogAddress.segment(end) != LogAddress.segment(record.address());
      if (record.address() != end && !nextFile) {
        gaps.add(
            new Finding(
                FOLDER + "/" + LogAddress.file(end),
                LogAddress.offset(end),
                0,
                null,
                "what was healed and kept here is damaged again"));
      }
      for (long at = record.firstPosition(); at <= record.lastPosition(); at++) {
        addresses.put(at, record.address());
      }
      end = record.nextAddress();
    }
    opened.continueAt(end, end, false);
    log = opened;
    codec = decoder;
  }

  /// What was wrong, and mended, when it was opened.
  List<Finding> opening() {
    return List.copyOf(opening);
  }

  /// Illegible stretches. They matter while an event is damaged that may have stood there.
  List<Finding> gaps() {
    return List.copyOf(gaps);
  }

  boolean isEmpty() {
    return addresses.isEmpty();
  }

  /// The highest position that was healed, or 0.
  long last() {
    return addresses.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
  }

  /// Address of the record here that holds the position, or 0.
  long address(long position) {
    return addresses.getOrDefault(position, 0L);
  }

  /// Whether any of these was healed, both ends included.
  boolean between(long first, long last) {
    return !addresses.isEmpty()
        && LongStream.rangeClosed(first, last).anyMatch(addresses::containsKey);
  }

  /// The record at this address, or null when it is illegible.
  @Nullable LogRecord read(long address) {
    var opened = log;
    var decoder = codec;
    return opened == null || decoder == null ? null : LogScan.read(opened, decoder, address);
  }

  /// The record that holds the position, or null when there is no whole one.
  @Nullable LogRecord recordOf(long position) {
    long address = address(position);
    return address == 0 ? null : read(address);
  }

  /// The receipts that came with what was healed.
  void eachReceipt(Consumer<Receipt> reader) {
    addresses.values().stream()
        .distinct()
        .sorted()
        .forEach(address -> {
          var record = read(address);
          if (record != null) {
            ReceiptNote.decode(record).values().forEach(reader);
          }
        });
  }

  /// Makes the events durable; from then on they are read here.
  ///
  /// @param events ascending by position
  synchronized void add(List<Placed> events, View view) throws IOException {
    if (log == null) {
      scan(SegmentLog.open(directory, root, options, disk));
      var parent = directory.getParent();
      if (parent != null) {
        Disk.syncDirectory(parent);
      }
    }
    var opened = log;
    var encoder = codec;
    if (opened == null || encoder == null) {
      throw new IllegalStateException("the log of healed events is not open");
    }
    var records = stretches(events);
    var placements = new ArrayList<SegmentLog.Placement>();
    try (var compressor = new Compressor()) {
      for (var record : records) {
        placements.add(
            encoder.encode(
                record.getFirst().position(),
                record.size(),
                0,
                false,
                Writer.parentIds(record, record, view),
                Writer.notes(record),
                EventBlock.encode(record),
                compressor));
      }
    }
    var written = opened.append(placements);
    for (int i = 0; i < written.length; i++) {
      for (var placed : records.get(i)) {
        addresses.put(placed.position(), written[i]);
      }
    }
  }

  /// Records of neighbouring positions, none much larger than those of the log.
  private List<List<Placed>> stretches(List<Placed> events) {
    var stretches = new ArrayList<List<Placed>>();
    int from = 0;
    long sizeBytes = 0;
    for (int i = 0; i < events.size(); i++) {
      sizeBytes += events.get(i).node().sizeBytes();
      boolean last = i == events.size() - 1;
      if (last
          || events.get(i + 1).position() != events.get(i).position() + 1
          || sizeBytes >= options.recordSizeBytes()) {
        stretches.add(events.subList(from, i + 1));
        from = i + 1;
        sizeBytes = 0;
      }
    }
    return stretches;
  }

  @Override
  public void close() {
    if (log != null) {
      log.close();
    }
  }
}
