package io.sennit.node;

import io.sennit.event.EventId;
import io.sennit.event.Root;
import io.sennit.store.Finding;
import io.sennit.store.Home;
import io.sennit.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Makes a damaged directory whole again.
///
/// ```text
///   files that say whose it is ──▶ log ──▶ damaged events, by uuid, from peers ──▶ index ──▶ verified again
///   (written from one another)     (laid again when nothing knows the uuids)      (built from the log)
/// ```
///
/// What is set aside keeps its name with `.damaged` behind it; nothing is deleted but what can be
/// derived.
public final class Repair {
  private static final long PAUSE_MILLIS = 20;
  private static final int ROUNDS_MAX = 3;

  /// What a repair may use.
  ///
  /// @param peers whom to dial besides those in the address book
  /// @param ticket knows R and peers, too
  /// @param newKey whether to go on as a new machine when the key cannot be had
  /// @param patience how long nothing may move before what remains is given up
  public record Options(
      List<Address> peers, Optional<Ticket> ticket, boolean newKey, Duration patience) {
    /// Copies the list.
    public Options {
      peers = List.copyOf(peers);
    }
  }

  /// How it ended.
  ///
  /// @param remaining what is still wrong; empty when the directory is whole
  /// @param done sentences: what was mended
  /// @param events number of events, 0 when the machine cannot be opened
  /// @param digest of the DAG, or null when the machine cannot be opened
  public record Outcome(
      List<Finding> remaining, List<String> done, long events, @Nullable EventId digest) {
    /// Copies the lists.
    public Outcome {
      remaining = List.copyOf(remaining);
      done = List.copyOf(done);
    }
  }

  private final Path directory;
  private final Options options;
  private final Consumer<String> say;
  private final List<String> done = new ArrayList<>();
  private boolean laidAgain;

  private Repair(Path directory, Options options, Consumer<String> say) {
    this.directory = directory;
    this.options = options;
    this.say = say;
  }

  /// Repairs the directory, which no other process may hold.
  ///
  /// @param say told in a sentence whatever is done, as it is done
  public static Outcome run(Path directory, Options options, Consumer<String> say) {
    try {
      return new Repair(directory, options, say).run();
    } catch (StoreException e) {
      throw new SennitException(SennitException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
    }
  }

  /// What is wrong with the files beside the store, without opening it.
  public static List<Finding> examine(Path directory) {
    return Papers.read(directory).findings();
  }

  private Outcome run() {
    requireSomething();
    mendPapers();
    var left = examine(directory);
    if (!left.isEmpty()) {
      return new Outcome(left, done, 0, null);
    }
    mendLog();
    List<Finding> findings = List.of();
    for (int round = 0; round < ROUNDS_MAX; round++) {
      try (var sennit = Sennit.open(directory)) {
        sennit.opening().forEach(finding -> did(finding.toString()));
        findings = mend(sennit);
        boolean onlyIndex = !findings.isEmpty() && findings.stream().allMatch(Finding::inIndex);
        if (!onlyIndex) {
          return new Outcome(findings, done, sennit.count(), sennit.status().digest());
        }
      } catch (SennitException e) {
        if (!(e.getCause() instanceof StoreException cause && cause.indexIllegible())) {
          throw e;
        }
        findings = List.of(Finding.of("index", String.valueOf(e.getMessage())));
      }
      dropIndex();
    }
    return new Outcome(findings, done, 0, null);
  }

  private void requireSomething() {
    if (!Files.isDirectory(directory.resolve("log"))
        && !Files.exists(directory.resolve("sennit.json"))) {
      throw new SennitException(
          SennitException.Kind.REFUSED,
          directory + " is not a Sennit directory: make one with `init` or `join`");
    }
  }

  private void did(String what) {
    done.add(what);
    say.accept(what);
  }

  // The files that say whose directory it is.

  private void mendPapers() {
    try (AutoCloseable _ = Home.lockOnly(directory)) {
      var papers = Papers.read(directory);
      var root = Papers.rootFromAnywhere(directory, papers.root(), options.ticket());
      if (papers.root() == null && root.isPresent()) {
        Home.writeRoot(directory, root.get().event().toJson());
        did("root.json: written again");
      }
      if (names(papers.findings(), "peers.json")) {
        setAside("peers.json");
      }
      if (root.isPresent() && papers.key() != null) {
        mendIdentity(papers, root.get(), papers.key());
      } else if (root.isPresent() && options.newKey()) {
        newKey(root.get());
      }
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "cannot release the lock of " + directory, e);
    }
    judgeKey();
  }

  private static boolean names(List<Finding> findings, String file) {
    return findings.stream().anyMatch(finding -> finding.file().equals(file));
  }

  /// Says again which federation it is; whose the directory is, only where nothing contradicts.
  private void mendIdentity(Papers papers, Root root, MachineKey key) {
    if (names(Papers.read(directory).findings(), "sennit.json")) {
      var machine = papers.identityMachine();
      Home.writeIdentity(
          directory, machine.isEmpty() ? key.machine().toString() : machine, root.event().id());
      did("sennit.json: written again");
    }
  }

  /// Where key and identity contradict each other, the one that has written into the log is right.
  private void judgeKey() {
    var papers = Papers.read(directory);
    var key = papers.key();
    var root = papers.root();
    if (key == null || root == null || !names(papers.findings(), "machine.key")) {
      return;
    }
    boolean keyIsDamaged = wroteHere(root, papers.identityMachine());
    if (!keyIsDamaged) {
      Home.writeIdentity(directory, key.machine().toString(), root.event().id());
      did("sennit.json: written again");
    } else if (options.newKey()) {
      newKey(root);
    }
  }

  private boolean wroteHere(Root root, String machine) {
    try {
      return Papers.wroteHere(directory, root, machine);
    } catch (StoreException e) {
      if (e.logIllegible()) {
        return false;
      }
      throw e;
    }
  }

  private void newKey(Root root) {
    var key = MachineKey.generate();
    Home.writeKey(directory, key.privateKey());
    Home.writeIdentity(directory, key.machine().toString(), root.event().id());
    did("machine.key: made anew; this directory goes on as machine " + key.machine());
  }

  private void setAside(String name) {
    try {
      Files.move(
          directory.resolve(name),
          directory.resolve(name + ".damaged"),
          StandardCopyOption.REPLACE_EXISTING);
      did(name + ": set aside as " + name + ".damaged");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // The log.

  /// Lays the log again when it cannot be opened, or when nothing knows what was lost.
  private void mendLog() {
    try (var home = Home.open(directory)) {
      var root = Papers.read(directory).root();
      if (root == null) {
        throw new IllegalStateException("R was read a moment ago");
      }
      if (home.layingAgain() || !opensWhole(home, root)) {
        var aside = home.layAgain(root, position -> say.accept("position " + position));
        laidAgain = true;
        did(
            "log: laid again from what is whole; the rest is fetched"
                + (aside.isEmpty() ? "" : "; the damaged one is kept as " + aside));
      }
    }
  }

  private boolean opensWhole(Home home, Root root) {
    try (var store = home.openStore(root)) {
      store.opening().forEach(finding -> did(finding.toString()));
      store.mendHeaders();
      return store.lost().isEmpty();
    } catch (StoreException e) {
      if (e.logIllegible()) {
        return false;
      }
      if (e.indexIllegible()) {
        return true; // found again when the machine is opened
      }
      throw e;
    }
  }

  private void dropIndex() {
    try (var home = Home.open(directory)) {
      home.dropIndex();
    }
    did("index: built again from the log");
    mendLog();
  }

  // The events.

  private List<Finding> mend(Sennit sennit) {
    var findings = verify(sennit);
    if (sennit.damaged() == 0 && !comparing()) {
      return findings;
    }
    connect(sennit);
    int before = sennit.damaged();
    await(sennit);
    if (before > sennit.damaged()) {
      did("log: %d damaged events came back from peers".formatted(before - sennit.damaged()));
    }
    return verify(sennit);
  }

  private static List<Finding> verify(Sennit sennit) {
    var findings = new ArrayList<>(sennit.verify(_ -> {}));
    findings.removeAll(sennit.opening()); // mended already
    return findings;
  }

  private void connect(Sennit sennit) {
    sennit.connectKnownPeers();
    options.ticket().ifPresent(ticket -> ticket.addresses().forEach(sennit::connect));
    options.peers().forEach(sennit::connect);
  }

  /// Until nothing is damaged and, where they are to be compared, a peer has no more; or until
  /// nothing moves any more.
  private void await(Sennit sennit) {
    if (sennit.status().peers().isEmpty()) {
      say.accept("no peer is known: name one with --peer HOST:PORT");
      return;
    }
    long untilNanos = System.nanoTime() + options.patience().toNanos();
    int damaged = sennit.damaged();
    long count = sennit.count();
    while (!settled(sennit) && System.nanoTime() < untilNanos) {
      if (sennit.damaged() != damaged || sennit.count() != count) {
        damaged = sennit.damaged();
        count = sennit.count();
        untilNanos = System.nanoTime() + options.patience().toNanos();
      }
      try {
        Thread.sleep(PAUSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /// Whether it is to end with what a peer has: because somebody named one, or because nobody knows
  /// what is missing here.
  private boolean comparing() {
    return laidAgain || !options.peers().isEmpty() || options.ticket().isPresent();
  }

  private boolean settled(Sennit sennit) {
    return sennit.damaged() == 0
        && (!comparing()
            || sennit.status().peers().stream().anyMatch(peer -> peer.state().equals("in-sync")));
  }
}
