package io.sennit.node;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// What happens to files: five ways to damage one.
enum Harm {
  FLIP {
    @Override
    void to(RandomAccessFile file, SplittableRandom random) throws IOException {
      long at = written(file, random);
      file.seek(at);
      int value = file.read();
      file.seek(at);
      file.write(value ^ (1 << random.nextInt(8)));
    }
  },
  TRUNCATE {
    @Override
    void to(RandomAccessFile file, SplittableRandom random) throws IOException {
      file.setLength(written(file, random));
    }
  },
  ZERO_A_PAGE {
    @Override
    void to(RandomAccessFile file, SplittableRandom random) throws IOException {
      long from = written(file, random) / PAGE_SIZE_BYTES * PAGE_SIZE_BYTES;
      file.seek(from);
      file.write(new byte[(int) Math.min(PAGE_SIZE_BYTES, file.length() - from)]);
    }
  },
  TEAR_THE_END {
    @Override
    void to(RandomAccessFile file, SplittableRandom random) throws IOException {
      long end = end(file);
      long from = Math.max(0, end - random.nextInt(1, 2000));
      file.seek(from);
      file.write(new byte[(int) (end - from)]);
    }
  },
  DELETE {
    @Override
    void to(RandomAccessFile file, SplittableRandom random) {
      // The name is what goes.
    }
  };

  private static final int PAGE_SIZE_BYTES = 4096;

  abstract void to(RandomAccessFile file, SplittableRandom random) throws IOException;

  /// Damages the file.
  void inflict(Path path, SplittableRandom random) {
    try {
      if (this == DELETE) {
        Files.delete(path);
        return;
      }
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        if (file.length() > 0) {
          to(file, random);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Behind the last byte that is not zero.
  static long end(RandomAccessFile file) throws IOException {
    var bytes = new byte[(int) file.length()];
    file.seek(0);
    file.readFully(bytes);
    int end = bytes.length;
    while (end > 1 && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /// Somewhere in what was written, not in the zeros that wait behind it.
  private static long written(RandomAccessFile file, SplittableRandom random) throws IOException {
    return random.nextLong(end(file));
  }

  /// All files below the directory whose path there matches.
  static List<Path> files(Path directory, String regex) {
    try (var files = Files.walk(directory)) {
      var found = new ArrayList<Path>();
      files
          .filter(Files::isRegularFile)
          .filter(file -> directory.relativize(file).toString().matches(regex))
          .sorted()
          .forEach(found::add);
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
