package io.sennit.machine;

import io.sennit.dag.EventStore;
import io.sennit.dag.Head;
import io.sennit.dag.Receipt;
import io.sennit.dag.Rules;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Limits;
import io.sennit.event.Signer;
import io.sennit.machine.Charts.Creation;
import io.sennit.machine.Charts.CreationStep;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Makes events of what applications append: queues, forms a batch when the store can take one, and
/// answers when it is durable.
///
/// While one batch is synced the next one collects, so one sync acknowledges all that waited. A
/// batch is one or more runs; one call's events are never split over two batches.
final class Creator {
  /// Bytes that 1,024 parents and the system members add to a draft, at most.
  private static final int PLACE_SIZE_BYTES_MAX =
      Limits.PARENTS_MAX * (EventId.TEXT_LENGTH + 3) + 512;

  private static final int BATCH_EVENTS_MAX = 4096;
  private static final long BATCH_SIZE_BYTES_MAX = 4L * 1024 * 1024;

  /// A second batch is formed while the first is synced only when so much waits, a third only when
  /// twice that does, and so on: a seal for fewer would cost more than it saves.
  private static final int EAGER_EVENTS = 32;

  private static final int IN_FLIGHT_MAX = 8;

  private final EventStore store;
  private final Head head;
  private final Signer signer;
  private final ParentChoice choice;
  private final Lifecycle lifecycle;
  private final Outbox out;
  private final Spreading spreading;
  private final ArrayDeque<Request> queued = new ArrayDeque<>();
  private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();

  /// Requests with a key that are not answered yet.
  private final Map<String, Request> keyed = new HashMap<>();

  private int queuedEvents;

  Creator(
      EventStore store,
      Head head,
      Signer signer,
      ParentChoice choice,
      Lifecycle lifecycle,
      Outbox out,
      Spreading spreading) {
    this.store = store;
    this.head = head;
    this.signer = signer;
    this.choice = choice;
    this.lifecycle = lifecycle;
    this.out = out;
    this.spreading = spreading;
  }

  /// One call of an application, on its way along the chart, with those that repeat it.
  private static final class Request {
    final List<Long> numbers = new ArrayList<>(1);
    final List<Draft> drafts;
    final @Nullable RequestKey key;
    final long sizeBytes;
    Creation state = Charts.CREATION.start();
    long first;

    Request(Input.Append append) {
      this.numbers.add(append.request());
      this.drafts = append.drafts();
      this.key = append.key();
      long sum = 0;
      for (var draft : drafts) {
        sum += draft.sizeBytes();
      }
      this.sizeBytes = sum;
    }

    void step(CreationStep step) {
      state = Charts.CREATION.next(state, step);
    }

    boolean asksFor(RequestKey other) {
      return key != null && key.fingerprint().equals(other.fingerprint());
    }

    @Nullable Receipt receipt() {
      return key == null ? null : new Receipt(key.key(), key.fingerprint(), first, drafts.size());
    }
  }

  /// @param last its last event
  private record Written(EventId last, long position, long sizeBytes) {}

  private record Batch(List<Request> requests, List<Written> runs, long lastPosition) {}

  /// Is told of each run that has become durable.
  interface Spreading {
    /// A run of this machine is durable.
    ///
    /// @param last its last event
    void wrote(EventId last, long position, long sizeBytes, long nowNanos);
  }

  void append(Input.Append append) {
    if (append.key() != null && repeats(append, append.key())) {
      return;
    }
    var request = new Request(append);
    if (lifecycle.mode().creates()) {
      request.step(CreationStep.MODE_ALLOWS);
      queued.add(request);
      queuedEvents += request.drafts.size();
      if (request.key != null) {
        keyed.put(request.key.key(), request);
      }
    } else {
      decline(request, CreationStep.MODE_FORBIDS, whyNot());
    }
  }

  /// Whether the key was used before; then the answer is the same, or that the key is taken.
  private boolean repeats(Input.Append append, RequestKey key) {
    var before = keyed.get(key.key());
    if (before != null) {
      if (before.asksFor(key)) {
        before.numbers.add(append.request());
      } else {
        refuseKey(append, key);
      }
      return true;
    }
    var receipt = store.receipt(key.key());
    if (receipt.isEmpty()) {
      return false;
    }
    if (receipt.get().fingerprint().equals(key.fingerprint())) {
      new Request(append).step(CreationStep.REPEATED);
      out.say(new Output.Acknowledge(append.request(), receipt.get().positions().boxed().toList()));
    } else {
      refuseKey(append, key);
    }
    return true;
  }

  private void refuseKey(Input.Append append, RequestKey key) {
    new Request(append).step(CreationStep.OTHER_REQUEST);
    out.say(
        new Output.Mismatch(
            append.request(),
            "the key "
                + key.key()
                + " was used for another request: give each request a key of its own"));
  }

  /// Forms batches as long as the store can take them.
  void formBatches() {
    if (!lifecycle.mode().creates()) {
      while (!queued.isEmpty()) {
        decline(queued.removeFirst(), CreationStep.MODE_FORBIDS, whyNot());
      }
      queuedEvents = 0;
    }
    while (!queued.isEmpty() && worthABatch()) {
      formBatch();
    }
  }

  private boolean worthABatch() {
    int synced = inFlight.size();
    return synced == 0 || (synced < IN_FLIGHT_MAX && queuedEvents >= EAGER_EVENTS << (synced - 1));
  }

  private void formBatch() {
    var requests = new ArrayList<Request>();
    var drafts = new ArrayList<Draft>();
    long sizeBytes = 0;
    while (!queued.isEmpty()
        && (requests.isEmpty() || fits(queued.getFirst(), drafts.size(), sizeBytes))) {
      var request = queued.removeFirst();
      request.step(CreationStep.STORE_READY);
      request.first = head.count() + drafts.size() + 1;
      requests.add(request);
      drafts.addAll(request.drafts);
      sizeBytes += request.sizeBytes;
    }
    queuedEvents -= drafts.size();
    var runs = write(requests, drafts);
    inFlight.add(new Batch(requests, runs, head.count()));
  }

  private static boolean fits(Request request, int events, long sizeBytes) {
    return events + request.drafts.size() <= BATCH_EVENTS_MAX
        && sizeBytes + request.sizeBytes <= BATCH_SIZE_BYTES_MAX;
  }

  /// Gives the drafts their places, one after the other, and seals each run's last.
  private List<Written> write(List<Request> requests, List<Draft> drafts) {
    var written = new ArrayList<Written>();
    var receipts = new HashMap<Long, Receipt>();
    for (var request : requests) {
      var receipt = request.receipt();
      if (receipt != null) {
        receipts.put(receipt.first(), receipt);
      }
    }
    var run = new ArrayList<Event>();
    long runSizeBytes = 0;
    for (int i = 0; i < drafts.size(); i++) {
      var draft = drafts.get(i);
      var place = choice.choose(head);
      boolean last =
          i == drafts.size() - 1
              || run.size() == Limits.RUN_EVENTS_MAX - 1
              || runSizeBytes + sizeBytesMax(draft) + sizeBytesMax(drafts.get(i + 1))
                  > Limits.RUN_SIZE_BYTES_MAX;
      var event =
          last
              ? draft.finishSealed(signer, place.parents(), place.tips())
              : draft.finish(signer.machine(), place.parents(), place.tips());
      var placed = head.enter(event, receipts.get(head.count() + 1));
      choice.entered(placed.node());
      out.persist(placed);
      run.add(event);
      runSizeBytes += event.body().length;
      if (last) {
        check(run);
        written.add(new Written(event.id(), placed.position(), runSizeBytes));
        run.clear();
        runSizeBytes = 0;
      }
    }
    return written;
  }

  private static long sizeBytesMax(Draft draft) {
    return (long) draft.sizeBytes() + PLACE_SIZE_BYTES_MAX;
  }

  /// Our own runs keep the rules like anybody's.
  private void check(List<Event> run) {
    Rules.fault(head, run)
        .ifPresent(fault -> {
          throw new IllegalStateException("our own run breaks a rule: " + fault.rejection());
        });
  }

  void persisted(long position, long nowNanos) {
    while (!inFlight.isEmpty() && inFlight.getFirst().lastPosition <= position) {
      var batch = inFlight.removeFirst();
      for (var request : batch.requests) {
        request.step(CreationStep.PERSISTED);
        var positions = positions(request);
        answer(request, number -> new Output.Acknowledge(number, positions));
      }
      batch.runs.forEach(run -> spreading.wrote(run.last, run.position, run.sizeBytes, nowNanos));
    }
  }

  private static List<Long> positions(Request request) {
    return request.drafts.size() == 1
        ? List.of(request.first)
        : LongStream.range(request.first, request.first + request.drafts.size()).boxed().toList();
  }

  void storeFailed(String why) {
    while (!inFlight.isEmpty()) {
      for (var request : inFlight.removeFirst().requests) {
        request.step(CreationStep.STORE_FAILED);
        answer(request, number -> new Output.Unknown(number, why));
      }
    }
    while (!queued.isEmpty()) {
      decline(queued.removeFirst(), CreationStep.STORE_FAILED, why);
    }
    queuedEvents = 0;
  }

  private void decline(Request request, CreationStep step, String why) {
    request.step(step);
    answer(
        request,
        number ->
            lifecycle.full() ? new Output.NoRoom(number, why) : new Output.Decline(number, why));
  }

  private void answer(Request request, LongFunction<Output> output) {
    if (request.key != null) {
      keyed.remove(request.key.key());
    }
    request.numbers.forEach(number -> out.say(output.apply(number)));
  }

  private String whyNot() {
    return switch (lifecycle.mode()) {
      case LOADING -> "the store is being opened; try again in a moment";
      case FENCED, CONVERGED -> "the machine is fenced; resume it to append";
      case READ_ONLY -> lifecycle.why();
      case REFUSED -> "this directory belongs to another federation; see status";
      case ACTIVE, CATCHING_UP ->
          throw new IllegalStateException("this mode lets applications create");
    };
  }
}
