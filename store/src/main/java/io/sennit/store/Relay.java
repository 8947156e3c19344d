package io.sennit.store;

import io.sennit.dag.Head;
import io.sennit.dag.Placed;
import io.sennit.dag.Receipt;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// The last resort, when events are damaged and nothing here knows their uuids any more: a new log
/// of all that is whole and has its parents, in the same order. What is missing then is like what
/// was never here: peers give it.
///
/// ```text
///   D/relay.new   being made                       a crash: made anew
///   D/relay       complete                         a crash: the rest is done by the next repair
///   D/log         moved to D/log.damaged-N         what it holds is not thrown away
/// ```
final class Relay {
  private static final String FOLDER = "relay";
  private static final String UNFINISHED = "relay.new";
  private static final int BATCH_EVENTS = 1024;

  private final SegmentStore from;
  private final SegmentStore to;
  private final Head head;
  private final TreeMap<Long, Receipt> receipts = new TreeMap<>();
  private final List<Placed> batch = new ArrayList<>();
  private final List<Event> run = new ArrayList<>();
  private final List<Long> runPositions = new ArrayList<>();

  private Relay(SegmentStore from, SegmentStore to) {
    this.from = from;
    this.to = to;
    this.head = new Head(to);
  }

  /// Whether one was begun that is not done.
  static boolean begun(Path directory) {
    return Files.isDirectory(directory.resolve(FOLDER));
  }

  /// Lays the log again; nobody may have the store open.
  ///
  /// @return the folder where the damaged log lies now, or empty when there was none
  static String run(
      Path directory, Root root, StoreOptions options, Disk disk, LongConsumer progress) {
    try {
      if (!begun(directory)) {
        make(directory, root, options, disk, progress);
      }
      return swap(directory);
    } catch (IOException e) {
      throw new StoreException("cannot lay the log again in " + directory, e);
    }
  }

  private static void make(
      Path directory, Root root, StoreOptions options, Disk disk, LongConsumer progress)
      throws IOException {
    var unfinished = directory.resolve(UNFINISHED);
    Index.delete(unfinished);
    Files.createDirectories(unfinished);
    try (var to = SegmentStore.open(unfinished, root, options, disk)) {
      try (var from = SegmentStore.open(directory, root, options, disk)) {
        new Relay(from, to).copy(progress);
      } catch (StoreException e) {
        if (!e.logIllegible()) {
          throw e;
        }
      }
    }
    Disk.syncDirectory(unfinished);
    Files.move(unfinished, directory.resolve(FOLDER), StandardCopyOption.ATOMIC_MOVE);
    Disk.syncDirectory(directory);
  }

  private void copy(LongConsumer progress) {
    from.eachReceipt(receipt -> {
      receipts.put(receipt.first(), receipt);
      if (receipts.size() > Receipt.KEPT_MIN) {
        receipts.pollFirstEntry();
      }
    });
    var lost = new HashSet<>(from.lost());
    for (long position = 2; position <= from.count(); position++) {
      if (!lost.contains(position)) {
        from.intact(position).ifPresent(event -> add(event));
        if (!run.isEmpty() && runPositions.size() < run.size()) {
          runPositions.add(position);
        }
        enterRun();
      }
      if (batch.size() >= BATCH_EVENTS) {
        flush();
        progress.accept(position);
      }
    }
    flush();
  }

  /// Runs stand whole in the log, so an event without seal waits for the next of its machine.
  private void add(Event event) {
    if (!run.isEmpty() && !event.parents().contains(run.getLast().id())) {
      run.clear();
      runPositions.clear();
    }
    run.add(event);
  }

  private void enterRun() {
    if (run.isEmpty() || !run.getLast().sealed()) {
      return;
    }
    var inside = new HashSet<EventId>();
    boolean whole =
        run.stream()
            .allMatch(event -> {
              boolean here =
                  event.parents().stream().allMatch(id -> inside.contains(id) || head.contains(id));
              inside.add(event.id());
              return here && !head.contains(event.id());
            });
    for (int i = 0; i < run.size() && whole; i++) {
      batch.add(head.enter(run.get(i), receipt(runPositions.get(i))));
    }
    run.clear();
    runPositions.clear();
  }

  /// The receipt of the request that begins at this old position, if all its events are whole.
  private @Nullable Receipt receipt(long position) {
    var receipt = receipts.get(position);
    if (receipt == null) {
      return null;
    }
    var lost = from.lost();
    for (long at = position; at < position + receipt.count(); at++) {
      if (at > from.count() || lost.contains(at) || from.intact(at).isEmpty()) {
        return null;
      }
    }
    return new Receipt(receipt.key(), receipt.fingerprint(), head.count() + 1, receipt.count());
  }

  private void flush() {
    if (!batch.isEmpty()) {
      to.append(batch);
      head.persisted(batch.getLast().position());
      batch.clear();
    }
  }

  /// Each step may be done again.
  private static String swap(Path directory) throws IOException {
    var folder = directory.resolve(FOLDER);
    var log = directory.resolve("log");
    Index.delete(directory.resolve(Finding.INDEX));
    Index.delete(directory.resolve(Heals.FOLDER));
    var aside = "";
    if (Files.exists(folder.resolve("log"))) {
      if (Files.exists(log)) {
        int number = 1;
        while (Files.exists(directory.resolve("log.damaged-" + number))) {
          number++;
        }
        aside = "log.damaged-" + number;
        Files.move(log, directory.resolve(aside), StandardCopyOption.ATOMIC_MOVE);
      }
      Files.move(folder.resolve("log"), log, StandardCopyOption.ATOMIC_MOVE);
      Disk.syncDirectory(directory);
    }
    Index.delete(folder);
    Disk.syncDirectory(directory);
    return aside;
  }
}
