package io.sennit.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a reader must know of the computer; nothing that names it.
final class Surroundings {
  private static final int SYNCS = 200;

  private Surroundings() {}

  static Map<String, String> describe() throws IOException {
    var facts = new LinkedHashMap<String, String>();
    facts.put("cores", String.valueOf(Runtime.getRuntime().availableProcessors()));
    facts.put("processor", processor());
    facts.put("memory", memory());
    facts.put("kernel", System.getProperty("os.name") + " " + kernel());
    facts.put("file system", Files.getFileStore(Path.of(".")).type());
    facts.put("one fsync of 4 KiB", Figure.text(syncMicros()) + " µs (median)");
    facts.put("java", Runtime.version() + " " + System.getProperty("java.vm.vendor"));
    facts.put("heap", Runtime.getRuntime().maxMemory() / (1 << 20) + " MiB at most");
    return facts;
  }

  /// Only the first two numbers: a distribution's full string can name its builder.
  private static String kernel() {
    return System.getProperty("os.version").replaceFirst("^(\\d+\\.\\d+).*", "$1");
  }

  private static String processor() throws IOException {
    var info = Path.of("/proc/cpuinfo");
    if (Files.exists(info)) {
      for (var line : Files.readAllLines(info)) {
        if (line.startsWith("model name")) {
          return line.substring(line.indexOf(':') + 1).strip();
        }
      }
    }
    return System.getProperty("os.arch");
  }

  private static String memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.round(system.getTotalMemorySize() / (double) (1 << 30)) + " GiB"
        : "unknown";
  }

  private static double syncMicros() throws IOException {
    try (var folder = Folder.fresh();
        var file =
            FileChannel.open(
                folder.in("sync"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var block = ByteBuffer.allocateDirect(4096);
      var nanos = new long[SYNCS];
      for (int i = 0; i < SYNCS; i++) {
        block.clear();
        file.write(block, 0);
        long begin = System.nanoTime();
        file.force(false);
        nanos[i] = System.nanoTime() - begin;
      }
      Arrays.sort(nanos);
      return nanos[SYNCS / 2] / 1e3;
    }
  }
}
