package io.sennit.bench.peer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// git: an event is a commit without files, its message the body; two bare repositories.
public final class Git implements Peer.Joins, Peer.Heals {
  private final Path folder;
  private final String program;
  private final int port = Server.freePort();
  private final Server daemon;
  private long said;
  private boolean diverged;

  /// Makes two empty repositories, and serves them.
  public Git(Path folder) throws Missing, IOException, InterruptedException {
    this.folder = folder;
    this.program = Setup.folder("git").resolve("git").toString();
    init("a.git");
    init("b.git");
    daemon =
        new Server(
            List.of(
                program,
                "daemon",
                "--reuseaddr",
                "--listen=127.0.0.1",
                "--port=" + port,
                "--base-path=" + folder,
                "--export-all",
                "--enable=receive-pack",
                folder.toString()),
            folder.resolve("log.txt"),
            port);
  }

  private void init(String repository) throws IOException, InterruptedException {
    git(".", "init", "-q", "--bare", repository);
    for (var setting : List.of("gc.auto 0", "receive.autogc false", "core.fsync all")) {
      var words = setting.split(" ", -1);
      git(repository, "config", words[0], words[1]);
    }
  }

  private String git(String where, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(program));
    command.addAll(List.of(words));
    return Server.run(folder.resolve(where), command);
  }

  @Override
  public String name() {
    return "git";
  }

  @Override
  public String about() {
    try {
      return git(".", "version").replaceFirst("^git version ", "git ")
          + ", an event a commit without files, its message the record, `core.fsync all`, commit-graph written on"
          + " both sides before they meet; over `git://`. It has a DAG and checks hashes (SHA-1), but no seals and"
          + " no TLS; copies are made by one command, nothing follows live.";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /// Adds commits to a branch.
  ///
  /// @param from the branch it begins at, or empty when the branch is there or begins here
  private void commit(String repository, String branch, String from, int records)
      throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(program, "fast-import", "--quiet")
            .directory(folder.resolve(repository).toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (var out = new BufferedOutputStream(process.getOutputStream(), 1 << 16)) {
      for (int i = 0; i < records; i++) {
        var body = new Order(0, said++).body();
        line(out, "commit refs/heads/" + branch);
        line(out, "committer a <a@example.org> " + (1_795_000_000 + said) + " +0000");
        line(out, "data " + body.length);
        out.write(body);
        out.write('\n');
        if (i == 0 && !from.isEmpty()) {
          line(out, "from refs/heads/" + from + "^0");
        }
      }
    }
    if (process.waitFor() != 0) {
      throw new IOException("git fast-import failed");
    }
  }

  private static void line(OutputStream out, String words) throws IOException {
    out.write((words + "\n").getBytes(StandardCharsets.US_ASCII));
  }

  private String url(String repository) {
    return "git://127.0.0.1:" + port + "/" + repository;
  }

  @Override
  public void fill(int records) throws IOException, InterruptedException {
    commit("a.git", "main", "", records);
  }

  @Override
  public double joinSeconds() throws IOException, InterruptedException {
    Server.run(folder, List.of("rm", "-rf", "b.git"));
    init("b.git");
    long begin = System.nanoTime();
    git("b.git", "fetch", "-q", url("a.git"), "refs/heads/main:refs/heads/main");
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public long joinedDiskBytes() {
    return Server.diskBytes(folder.resolve("b.git"));
  }

  @Override
  public void share(int records) throws IOException, InterruptedException {
    fill(records);
    joinSeconds();
  }

  @Override
  public void diverge(int records) throws IOException, InterruptedException {
    commit("a.git", "a", diverged ? "a" : "main", records);
    commit("b.git", "b", diverged ? "b" : "main", records);
    diverged = true;
    for (var repository : List.of("a.git", "b.git")) {
      git(repository, "commit-graph", "write", "--reachable");
    }
  }

  @Override
  public double healSeconds() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    git("b.git", "fetch", "-q", url("a.git"), "refs/heads/a:refs/heads/a");
    git("b.git", "push", "-q", url("a.git"), "refs/heads/b:refs/heads/b");
    return (System.nanoTime() - begin) / 1e9;
  }

  @Override
  public void close() {
    daemon.close();
  }
}
