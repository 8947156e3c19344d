package io.sennit.node;

import io.sennit.event.Seals;
import io.sennit.recording.MalformedRecordingException;
import io.sennit.recording.StepReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a [RecordingOptions#folder] holds: parts that can be replayed.
public final class Recording {
  private Recording() {}

  /// The parts, the oldest first. There is one at least.
  public static List<Part> parts(Path folder) {
    try {
      var parts = new ArrayList<Part>();
      for (var file : PartFolder.parts(folder)) {
        parts.add(new Part(file, PartFormat.number(file), Files.size(file)));
      }
      if (parts.isEmpty()) {
        throw refused(folder + " holds no recording: `sennit run --record DIR` makes one", null);
      }
      return parts;
    } catch (IOException e) {
      throw refused(folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static SennitException refused(String why, @Nullable Exception e) {
    return e == null
        ? new SennitException(SennitException.Kind.REFUSED, why)
        : new SennitException(SennitException.Kind.REFUSED, why, e);
  }

  /// A part on the disk.
  ///
  /// @param sizeBytes of its file
  public record Part(Path file, long number, long sizeBytes) {
    /// Opens it.
    ///
    /// @throws SennitException when its beginning is no beginning of a part
    public Reader open() {
      return new Reader(file);
    }
  }

  /// Reads one part. What is damaged is refused when it is reached, with the place in the file.
  public static final class Reader implements AutoCloseable {
    private final Path path;
    private final FileChannel file;
    private final Seals seals = new Ed25519Seals();
    private final StepReader steps;
    private long at;
    private String ending = "";

    private Reader(Path path) {
      this.path = path;
      try {
        this.file = FileChannel.open(path);
      } catch (IOException e) {
        throw refused(path + " cannot be read: " + e.getMessage(), e);
      }
      try {
        requireMark();
        this.steps = new StepReader(this::piece, seals);
      } catch (RuntimeException e) {
        close();
        throw e instanceof MalformedRecordingException
            ? refused(path + " is no part of a recording: " + e.getMessage(), e)
            : e;
      }
    }

    /// Its beginning and its steps.
    public StepReader steps() {
      return steps;
    }

    /// What checks the seals in it.
    public Seals seals() {
      return seals;
    }

    /// How it ended, once all steps were read.
    public String ending() {
      return ending;
    }

    /// How far it has been read.
    public long readSizeBytes() {
      return at;
    }

    private void requireMark() {
      var mark = bytes(PartFormat.MARK.length);
      if (mark == null || !Arrays.equals(mark, PartFormat.MARK)) {
        throw damaged(0);
      }
    }

    /// The next piece, or null at the end.
    byte @Nullable [] piece() {
      long begin = at;
      if (at == size()) {
        return torn("the process ended without a word");
      }
      var bytes = bytes(PartFormat.HEADER_SIZE_BYTES);
      if (bytes == null) {
        return torn("its end, from byte %d on, was not written whole, and is cut".formatted(begin));
      }
      var header = PartFormat.header(ByteBuffer.wrap(bytes), begin);
      if (header == null) {
        if (zerosFrom(begin)) {
          return torn("its end, from byte %d on, was never written, and is cut".formatted(begin));
        }
        throw damaged(begin);
      }
      var payload = bytes(header.length());
      if (payload == null) {
        return torn("its end, from byte %d on, was not written whole, and is cut".formatted(begin));
      }
      if (!PartFormat.matches(header, payload)) {
        if (zerosFrom(
            at)) { // or at the end: nothing tells a bit that was flipped from one that was never
          // written
          return torn("its end, from byte %d on, is not whole, and is cut".formatted(begin));
        }
        throw damaged(begin);
      }
      if (header.kind() == PartFormat.END) {
        ending = new String(payload, StandardCharsets.UTF_8);
        return null;
      }
      var found = PartFormat.steps(payload);
      if (found == null) {
        throw damaged(begin);
      }
      return found;
    }

    private byte @Nullable [] torn(String how) {
      ending = how;
      return null;
    }

    private SennitException damaged(long where) {
      return refused("%s is damaged: byte %d".formatted(path, where), null);
    }

    private long size() {
      try {
        return file.size();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }

    /// So many bytes, or null when there are not that many any more.
    private byte @Nullable [] bytes(int length) {
      if (length < 0 || length > size() - at) {
        return null;
      }
      var buffer = ByteBuffer.allocate(length);
      try {
        while (buffer.hasRemaining()) {
          if (file.read(buffer, at + buffer.position()) < 0) {
            return null;
          }
        }
      } catch (IOException e) {
        throw unreadable(e);
      }
      at += length;
      return buffer.array();
    }

    /// A file that grew, and whose bytes did not come to the disk before the power failed.
    private boolean zerosFrom(long begin) {
      at = begin;
      while (at < size()) {
        var some = bytes((int) Math.min(64 * 1024, size() - at));
        if (some == null || !Arrays.equals(some, new byte[some.length])) {
          return false;
        }
      }
      return true;
    }

    private SennitException unreadable(IOException e) {
      return refused(path + " cannot be read: " + e.getMessage(), e);
    }

    @Override
    public void close() {
      try {
        file.close();
      } catch (IOException e) {
        throw unreadable(e);
      }
    }
  }
}
