package io.sennit.app.demo;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A small disk in memory, in a mount namespace of its own: it is gone with the process that holds
/// it, and nothing on this computer is mounted but there.
final class Tmpfs implements AutoCloseable {
  private final Process holder;
  private final List<String> entering;
  private final Path mounted;

  private Tmpfs(Process holder, List<String> entering, Path mounted) {
    this.holder = holder;
    this.entering = entering;
    this.mounted = mounted;
  }

  /// Mounts it at an empty folder; nothing where this computer does not let us.
  static Optional<Tmpfs> mount(Path folder, int sizeMegabytes) throws IOException {
    var asRoot = mount(List.of("unshare", "-m"), List.of("-m"), folder, sizeMegabytes);
    return asRoot.isPresent()
        ? asRoot
        : mount(
            List.of("unshare", "-r", "-m"),
            List.of("-U", "-m", "--preserve-credentials"),
            folder,
            sizeMegabytes);
  }

  private static Optional<Tmpfs> mount(
      List<String> unshare, List<String> namespaces, Path folder, int sizeMegabytes)
      throws IOException {
    var command = new ArrayList<>(unshare);
    command.addAll(
        List.of(
            "sh",
            "-c",
            "mount -t tmpfs -o size=%dm sennit '%s' && echo mounted && exec cat"
                .formatted(sizeMegabytes, folder)));
    Process holder;
    try {
      holder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException noUnshareHere) {
      return Optional.empty();
    }
    if (!"mounted".equals(holder.inputReader(StandardCharsets.UTF_8).readLine())) {
      holder.destroyForcibly();
      return Optional.empty();
    }
    var entering = new ArrayList<>(List.of("nsenter", "-t", String.valueOf(holder.pid())));
    entering.addAll(namespaces);
    return Optional.of(new Tmpfs(holder, entering, folder));
  }

  /// Words before a command that is to see the disk.
  List<String> entering() {
    return entering;
  }

  /// Where this process sees what the others see at the folder.
  Path seen() {
    return Path.of("/proc", String.valueOf(holder.pid()), "root" + mounted.toAbsolutePath());
  }

  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
