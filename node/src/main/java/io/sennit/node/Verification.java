package io.sennit.node;

import io.sennit.dag.Digests;
import io.sennit.event.EventId;
import io.sennit.store.Finding;
import io.sennit.store.Home;
import io.sennit.store.StoreException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// What is wrong with a directory that no machine has open, file by file.
///
/// @param findings empty when all is well
/// @param events number of events, 0 when the store cannot be opened
/// @param digest of the DAG, or null when the store cannot be opened
public record Verification(List<Finding> findings, long events, @Nullable EventId digest) {
  /// Copies the list.
  public Verification {
    findings = List.copyOf(findings);
  }

  /// Reads everything again. Opening the store mends an index that cannot be opened; that is told.
  ///
  /// @param progress told how many events were checked so far
  public static Verification of(Path directory, LongConsumer progress) {
    var papers = Papers.read(directory);
    var findings = new ArrayList<>(papers.findings());
    var root = papers.root();
    boolean sound = findings.stream().allMatch(each -> each.file().equals("peers.json"));
    if (root == null || !sound) {
      return new Verification(findings, 0, null);
    }
    try (var home = Home.open(directory);
        var store = home.openStore(root)) {
      findings.addAll(store.opening());
      try {
        findings.addAll(store.audit(root, new Ed25519Seals(), progress));
      } catch (StoreException e) {
        findings.add(finding(e));
      }
      return new Verification(findings, store.count(), Digests.ofTips(store.tips()));
    } catch (StoreException e) {
      findings.add(finding(e));
      return new Verification(findings, 0, null);
    }
  }

  /// @throws SennitException when it is not about damage
  private static Finding finding(StoreException e) {
    if (e.indexIllegible()) {
      return Finding.of("index", String.valueOf(e.getMessage()));
    }
    if (e.logIllegible()) {
      return Finding.of("log", String.valueOf(e.getMessage()));
    }
    throw new SennitException(SennitException.Kind.REFUSED, String.valueOf(e.getMessage()), e);
  }
}
