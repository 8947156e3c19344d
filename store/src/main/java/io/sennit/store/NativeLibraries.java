package io.sennit.store;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.util.ZstdVersion;
import java.io.IOException;
import java.net.JarURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/// Unpacks the native libraries once for each user and version.
///
/// Left to themselves they unpack into the temporary folder at every start, and leave 18 MB there
/// when the process is killed. The folder is the user's own: a library in a shared one could be
/// somebody else's.
final class NativeLibraries {
  private static boolean loaded;

  private NativeLibraries() {}

  static synchronized void load() {
    if (loaded) {
      return;
    }
    var zstd = unpack(Zstd.class, zstdResource(), "libzstd-jni.so");
    if (zstd != null && System.getProperty("ZstdNativePath") == null) {
      System.setProperty("ZstdNativePath", zstd.toString());
    }
    // packed under one name, looked for under another
    var packed = "/" + Environment.getJniLibraryFileName("rocksdb");
    var rocks = unpack(RocksDB.class, packed, Environment.getJniLibraryFileName("rocksdbjni"));
    if (rocks == null) {
      RocksDB.loadLibrary();
    } else {
      RocksDB.loadLibrary(List.of(String.valueOf(rocks.getParent())));
    }
    loaded = true;
  }

  private static String zstdResource() {
    var arch = System.getProperty("os.arch", "");
    return "/linux/%s/libzstd-jni-%s.so"
        .formatted(arch.equals("x86_64") ? "amd64" : arch, ZstdVersion.VERSION);
  }

  /// The file, or null when this platform or this user has none: then the library does it its own
  /// way.
  private static @Nullable Path unpack(Class<?> neighbour, String resource, String name) {
    try {
      var url = neighbour.getResource(resource);
      if (url == null || !(url.openConnection() instanceof JarURLConnection packed)) {
        return null;
      }
      var entry = packed.getJarEntry();
      var folder = cache().resolve("native-%08x".formatted(entry.getCrc()));
      var file = folder.resolve(name);
      if (Files.isRegularFile(file) && Files.size(file) == entry.getSize()) {
        return file;
      }
      Files.createDirectories(folder);
      var fresh = Files.createTempFile(folder, "unpacking", null);
      try (var bytes = packed.getInputStream()) {
        Files.copy(bytes, fresh, StandardCopyOption.REPLACE_EXISTING);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException _) {
      return null;
    }
  }

  private static Path cache() {
    var xdg = System.getenv("XDG_CACHE_HOME");
    return (xdg == null || xdg.isEmpty()
            ? Path.of(System.getProperty("user.home", "."), ".cache")
            : Path.of(xdg))
        .resolve("sennit");
  }
}
