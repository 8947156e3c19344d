package io.sennit.app.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Looks at a machine's directory from outside, without opening the machine.
public final class Directory {
  private static final long FREE_SIZE_BYTES_LITTLE = 1L << 30;
  private static final long FREE_SIZE_BYTES_TOO_LITTLE = 128L << 20;

  private static final Set<PosixFilePermission> OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private Directory() {}

  /// Whose it is, who may use it, and whether there is room.
  public static List<Sign> look(Path dir) {
    var signs = new ArrayList<Sign>();
    if (!Files.isRegularFile(dir.resolve("sennit.json"))) {
      signs.add(
          Sign.bad(
              "directory",
              dir + (Files.exists(dir) ? " holds no machine" : " does not exist"),
              "make a machine with 'sennit init' or 'sennit join', or name its directory"));
      return signs;
    }
    try {
      signs.add(owner(dir));
      signs.add(writable(dir));
      signs.add(room(Files.getFileStore(dir).getUsableSpace()));
      if (Files.exists(dir.resolve("machine.key"))) {
        signs.add(key(dir.resolve("machine.key")));
      }
    } catch (IOException e) {
      signs.add(
          Sign.bad(
              "directory",
              dir + " cannot be examined: " + e.getMessage(),
              "run doctor as the user who runs the daemon"));
    }
    return signs;
  }

  private static Sign owner(Path dir) throws IOException {
    var owner = Files.getOwner(dir).getName();
    var user = System.getProperty("user.name");
    return owner.equals(user)
        ? Sign.ok("directory", dir + " belongs to " + owner)
        : Sign.warn(
            "directory",
            dir + " belongs to " + owner + ", and you are " + user,
            "use one user for the daemon and for commands: files that one makes, the other may"
                + " not open");
  }

  /// Makes a file there: that needs permission, a file system that is not read-only, and an inode.
  private static Sign writable(Path dir) {
    var file = dir.resolve("doctor-" + ProcessHandle.current().pid() + ".tmp");
    try {
      Files.createFile(file);
      Files.delete(file);
      return Sign.ok("writable", "files can be made in " + dir);
    } catch (IOException e) {
      return Sign.bad(
          "writable",
          "no file can be made in " + dir + ": " + e.getMessage(),
          "look at its permissions (ls -ld), its mount (read-only?) and its inodes (df -i)");
    }
  }

  static Sign room(long freeSizeBytes) {
    var found = "%,d MiB are free".formatted(freeSizeBytes >> 20);
    var remedy = "make room: events are never deleted";
    if (freeSizeBytes < FREE_SIZE_BYTES_TOO_LITTLE) {
      return Sign.bad("space", found + ": too little to go on", remedy);
    }
    return freeSizeBytes < FREE_SIZE_BYTES_LITTLE
        ? Sign.warn("space", found, remedy)
        : Sign.ok("space", found);
  }

  private static Sign key(Path key) throws IOException {
    if (!Files.isReadable(key)) {
      return Sign.bad(
          "key",
          key + " is not readable by you",
          "run commands as the user who made the machine; the key is for its owner alone");
    }
    if (key.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      var permissions = Files.getPosixFilePermissions(key);
      if (permissions.removeAll(OTHERS)) {
        return Sign.warn(
            "key",
            key + " is open to other users: whoever reads it can write in this machine's name",
            "chmod 600 " + key);
      }
    }
    return Sign.ok("key", key + " is for its owner alone");
  }
}
