package io.sennit.documents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A bash in a folder that looks like a clone of this repository: `./sennit` is there, and starts
/// the program under test. What runs in the background ends with it.
///
/// The ports 7400 to 7499 of a page stand for free ones of this computer.
final class Terminal implements AutoCloseable {
  private static final long COMMAND_SECONDS_MAX = 120;
  private static final long STOP_SECONDS_MAX = 10;
  private static final Pattern PORT = Pattern.compile("(?<=:)74\\d\\d\\b");
  private static final Pattern REAL_PORT = Pattern.compile("(?<=:)\\d{5}\\b");

  /// What a bash without a terminal says of a background job that was killed.
  private static final Pattern JOB_ENDED =
      Pattern.compile("^\\S+/typed/\\d+\\.sh: line \\d+: +\\d+ (?:Killed|Terminated) ");

  /// Ports of all terminals of this process.
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private final Path folder;
  private final Path notes;
  private final Process bash;
  private final Writer in;
  private final BufferedReader status;
  private final Map<String, String> realPorts = new HashMap<>();
  private final Map<String, String> shownPorts = new HashMap<>();
  private int commands;
  private int last;

  /// A command that has ended, or goes on in the background.
  record Typed(Path out) {}

  /// Opens one. `notes` is a folder for what the page does not see.
  Terminal(Path folder, Path notes) throws IOException {
    this.folder = folder;
    this.notes = notes;
    installSennit();
    var builder =
        new ProcessBuilder("bash", "--noprofile", "--norc")
            .directory(folder.toFile())
            .redirectError(notes.resolve("bash-says").toFile());
    var environment = builder.environment();
    environment.keySet().removeIf(name -> name.startsWith("SENNIT_") || name.equals("CLASSPATH"));
    environment.put("PATH", folder + ":" + java().getParent() + ":" + System.getenv("PATH"));
    environment.put("HOME", folder.toString());
    environment.put("TMPDIR", notes.toString());
    environment.put("LC_ALL", "C.UTF-8");
    bash = builder.start();
    in = bash.outputWriter(StandardCharsets.UTF_8);
    status = bash.inputReader(StandardCharsets.UTF_8);
  }

  private static Path java() {
    return Path.of(System.getProperty("java.home"), "bin", "java");
  }

  /// `./sennit`, and below `.sennit/current` what a program that embeds Sennit has on its path.
  private void installSennit() throws IOException {
    var jars = Files.createDirectories(folder.resolve(".sennit/current"));
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    var path =
        Stream.of(System.getProperty("java.class.path").split(System.getProperty("path.separator")))
            .map(element -> Path.of(element).toUri().toString())
            .collect(Collectors.joining(" "));
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, path);
    new JarOutputStream(Files.newOutputStream(jars.resolve("sennit.jar")), manifest).close();
    var script = folder.resolve("sennit");
    Files.writeString(
        script,
        """
        #!/bin/sh
        exec '%s' --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m \
          -cp '%s/*' io.sennit.app.Main "$@"
        """
            .formatted(java(), jars));
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + script + " executable");
    }
  }

  /// Saves a file, as a reader would.
  void save(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), withRealPorts(text));
  }

  /// Types a command and waits until the prompt comes again.
  Typed type(String command, boolean stopsAtFailure) throws IOException, TimeoutException {
    int n = ++commands;
    var script = Files.createDirectories(notes.resolve("typed")).resolve(n + ".sh");
    var out = script.resolveSibling(n + ".out");
    Files.writeString(script, withRealPorts(command) + "\n");
    // One line: the status of the command before for $?, the command, its status.
    in.write(
        (stopsAtFailure ? "failed=0; trap 'failed=$?' ERR; " : "")
            + ("(exit " + last + "); ")
            + (". '" + script + "' </dev/null >'" + out + "' 2>&1; ")
            + (stopsAtFailure ? "trap - ERR; echo $failed\n" : "echo $?\n"));
    in.flush();
    last = Integer.parseInt(line());
    return new Typed(out);
  }

  private String line() throws IOException, TimeoutException {
    var line =
        CompletableFuture.supplyAsync(() -> {
          try {
            return status.readLine();
          } catch (IOException e) {
            return null;
          }
        });
    try {
      var text = line.get(COMMAND_SECONDS_MAX, TimeUnit.SECONDS);
      if (text == null) {
        throw new IOException("the shell ended");
      }
      return text;
    } catch (InterruptedException | java.util.concurrent.ExecutionException e) {
      throw new IOException(e);
    }
  }

  /// The exit code of the last command.
  int exitCode() {
    return last;
  }

  /// What a command has printed so far, with the ports that the page shows.
  List<String> printed(Typed typed) throws IOException {
    return REAL_PORT
        .matcher(Files.readString(typed.out()))
        .replaceAll(port -> shownPorts.getOrDefault(port.group(), port.group()))
        .lines()
        .filter(line -> !JOB_ENDED.matcher(line).find())
        .toList();
  }

  private String withRealPorts(String text) {
    return PORT.matcher(text)
        .replaceAll(port -> realPorts.computeIfAbsent(port.group(), this::free));
  }

  /// A port that nobody uses, below those that the system gives away by itself.
  private String free(String shown) {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(10_000, 32_000);
      try (var _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        if (TAKEN.add(port)) {
          shownPorts.put(Integer.toString(port), shown);
          return Integer.toString(port);
        }
      } catch (IOException _) {
        // Somebody uses it; another one will do.
      }
    }
  }

  /// Ends what still runs.
  @Override
  public void close() throws IOException {
    var running = bash.descendants().toList();
    running.forEach(ProcessHandle::destroy);
    for (var process : running) {
      try {
        process.onExit().get(STOP_SECONDS_MAX, TimeUnit.SECONDS);
      } catch (TimeoutException | java.util.concurrent.ExecutionException e) {
        process.destroyForcibly();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        process.destroyForcibly();
      }
    }
    bash.destroy();
  }
}
