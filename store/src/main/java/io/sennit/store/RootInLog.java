package io.sennit.store;

import io.sennit.store.Segment.Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// R as the log has it, for a directory whose own copy is damaged.
final class RootInLog {
  private static final String FIRST = "00000001.log";

  private RootInLog() {}

  /// R, whole, if the beginning of the log is legible.
  static Optional<byte[]> read(Path log) {
    var header = header(log);
    if (header.isEmpty() || !Files.isRegularFile(log.resolve(FIRST))) {
      return Optional.empty();
    }
    try (var segment = new Segment(log.resolve(FIRST))) {
      long address = LogAddress.of(1, Segment.HEADER_SIZE_BYTES);
      int from = Segment.HEADER_SIZE_BYTES;
      int size = RecordCodec.claimedSizeBytes(segment.read(from, RecordCodec.HEADER_SIZE_BYTES));
      var record = new RecordCodec(header.get()).decode(address, segment.read(from, size));
      if (record == null || record.firstPosition() != 1) {
        return Optional.empty();
      }
      var event = Records.rebuild(EventBlock.decode(record), 1, record.parentIds(), _ -> null);
      return event == null ? Optional.empty() : Optional.of(event.toJson());
    } catch (IOException e) {
      throw new StoreException("cannot read " + log.resolve(FIRST), e);
    }
  }

  /// The first header that can be read: it names the log.
  private static Optional<Header> header(Path log) {
    for (var file : files(log)) {
      try (var segment = new Segment(file)) {
        var header = Header.read(segment.read(0, Segment.HEADER_SIZE_BYTES));
        if (header != null) {
          return Optional.of(header);
        }
      } catch (IOException e) {
        throw new StoreException("cannot read " + file, e);
      }
    }
    return Optional.empty();
  }

  private static List<Path> files(Path log) {
    if (!Files.isDirectory(log)) {
      return List.of();
    }
    try (var files = Files.list(log)) {
      var sorted = new ArrayList<Path>();
      files.filter(file -> file.toString().endsWith(".log")).sorted().forEach(sorted::add);
      return sorted;
    } catch (IOException e) {
      throw new StoreException("cannot list " + log, e);
    }
  }
}
