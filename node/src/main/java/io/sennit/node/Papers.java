package io.sennit.node;

import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.store.Finding;
import io.sennit.store.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The files that say whose directory it is: who, of which federation, with which key, and whom to
/// dial. Each but the key says what another one says, too, so that one damaged file can be told and
/// written again.
///
/// @param findings what is wrong with them
/// @param root R, if its file is sound
/// @param key the machine's key, if its file has the right size; another key passes for sound here
///   when nothing contradicts it
/// @param identityMachine the machine by `sennit.json`, or empty
record Papers(
    List<Finding> findings, @Nullable Root root, @Nullable MachineKey key, String identityMachine) {
  private static final int KEY_SIZE_BYTES = 32;

  /// Copies the list.
  Papers {
    findings = List.copyOf(findings);
  }

  /// Reads them; changes nothing.
  static Papers read(Path directory) {
    var said = Home.said(directory);
    var findings = new ArrayList<Finding>();
    var root = root(Home.rootBytes(directory));
    if (said.root().isEmpty()) {
      findings.add(Finding.of("sennit.json", missingOr(directory, "sennit.json")));
    }
    if (root.isEmpty()) {
      findings.add(Finding.of("root.json", missingOr(directory, "root.json")));
    } else if (!said.root().isEmpty() && !root.get().event().id().toString().equals(said.root())) {
      findings.add(
          Finding.of(
              "sennit.json", "it names another root than root.json: one of them is damaged"));
    }
    MachineKey key = null;
    var privateKey = Home.keyBytes(directory);
    if (privateKey.length != KEY_SIZE_BYTES) {
      findings.add(Finding.of("machine.key", missingOr(directory, "machine.key")));
    } else {
      key = new MachineKey(privateKey);
      if (!said.machine().isEmpty() && !said.machine().equals(key.machine().toString())) {
        findings.add(
            Finding.of(
                "machine.key",
                "it is not the key of the machine in sennit.json: one of them is damaged"));
      }
    }
    try {
      var book = new AddressBook(directory.resolve("peers.json"));
      book.entries().keySet().forEach(Address::parse);
    } catch (SennitException | IllegalArgumentException e) {
      findings.add(Finding.of("peers.json", String.valueOf(e.getMessage())));
    }
    return new Papers(findings, root.orElse(null), key, said.machine());
  }

  private static String missingOr(Path directory, String name) {
    return Files.exists(directory.resolve(name)) ? "it is damaged" : "it is missing";
  }

  private static Optional<Root> root(byte[] json) {
    return json.length > 0
            && Root.read(json, new Ed25519Seals()) instanceof Root.Reading.Read(var root)
        ? Optional.of(root)
        : Optional.empty();
  }

  /// R from wherever it can be had: its file, the log, a ticket.
  static Optional<Root> rootFromAnywhere(
      Path directory, @Nullable Root inFile, Optional<Ticket> ticket) {
    if (inFile != null) {
      return Optional.of(inFile);
    }
    return Home.rootInLog(directory).flatMap(Papers::root).or(() -> ticket.map(Ticket::root));
  }

  /// Whether the text is a machine that wrote something into the log of this directory.
  static boolean wroteHere(Path directory, Root root, String machine) {
    try (var home = Home.open(directory);
        var store = home.openStore(root)) {
      return store.authorTips(MachineId.parse(machine)).size() > 0;
    } catch (IllegalArgumentException _) {
      return false; // no machine can be called that
    }
  }
}
