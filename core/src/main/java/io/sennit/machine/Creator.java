package io.sennit.machine;

import io.sennit.dag.Head;
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
import java.util.List;
import java.util.stream.LongStream;

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

  /// A second batch is formed while the first is synced only when this much waits.
  private static final int EAGER_EVENTS = Limits.RUN_EVENTS_MAX;

  private final Head head;
  private final Signer signer;
  private final ParentChoice choice;
  private final Lifecycle lifecycle;
  private final Outbox out;
  private final ArrayDeque<Request> queued = new ArrayDeque<>();
  private final ArrayDeque<Batch> inFlight = new ArrayDeque<>();
  private int queuedEvents;

  Creator(Head head, Signer signer, ParentChoice choice, Lifecycle lifecycle, Outbox out) {
    this.head = head;
    this.signer = signer;
    this.choice = choice;
    this.lifecycle = lifecycle;
    this.out = out;
  }

  /// One call of an application, on its way along the chart.
  private static final class Request {
    final long number;
    final List<Draft> drafts;
    Creation state = Charts.CREATION.start();
    long first;

    Request(long number, List<Draft> drafts) {
      this.number = number;
      this.drafts = drafts;
    }

    void step(CreationStep step) {
      state = Charts.CREATION.next(state, step);
    }
  }

  private record Batch(List<Request> requests, long lastPosition) {}

  void append(Input.Append append) {
    var request = new Request(append.request(), append.drafts());
    if (lifecycle.mode().creates()) {
      request.step(CreationStep.MODE_ALLOWS);
      queued.add(request);
      queuedEvents += request.drafts.size();
    } else {
      decline(request, CreationStep.MODE_FORBIDS, whyNot());
    }
  }

  /// Forms batches as long as the store can take them.
  void formBatches() {
    if (!lifecycle.mode().creates()) {
      while (!queued.isEmpty()) {
        decline(queued.removeFirst(), CreationStep.MODE_FORBIDS, whyNot());
      }
      queuedEvents = 0;
    }
    while (!queued.isEmpty()
        && (inFlight.isEmpty() || (inFlight.size() == 1 && queuedEvents >= EAGER_EVENTS))) {
      formBatch();
    }
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
      sizeBytes += sizeBytes(request);
    }
    queuedEvents -= drafts.size();
    write(drafts);
    inFlight.add(new Batch(requests, head.count()));
  }

  private static boolean fits(Request request, int events, long sizeBytes) {
    return events + request.drafts.size() <= BATCH_EVENTS_MAX
        && sizeBytes + sizeBytes(request) <= BATCH_SIZE_BYTES_MAX;
  }

  private static long sizeBytes(Request request) {
    return request.drafts.stream().mapToLong(Draft::sizeBytes).sum();
  }

  /// Gives the drafts their places, one after the other, and seals each run's last.
  private void write(List<Draft> drafts) {
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
      enter(event);
      run.add(event);
      runSizeBytes += event.body().length;
      if (last) {
        check(run);
        run.clear();
        runSizeBytes = 0;
      }
    }
  }

  private static long sizeBytesMax(Draft draft) {
    return (long) draft.sizeBytes() + PLACE_SIZE_BYTES_MAX;
  }

  private void enter(Event event) {
    var placed = head.enter(event);
    choice.entered(placed.node());
    out.persist(placed);
  }

  /// Our own runs keep the rules like anybody's.
  private void check(List<Event> run) {
    Rules.fault(head, run)
        .ifPresent(fault -> {
          throw new IllegalStateException("our own run breaks a rule: " + fault.rejection());
        });
  }

  void persisted(long position) {
    while (!inFlight.isEmpty() && inFlight.getFirst().lastPosition <= position) {
      for (var request : inFlight.removeFirst().requests) {
        request.step(CreationStep.PERSISTED);
        var positions =
            LongStream.range(request.first, request.first + request.drafts.size()).boxed().toList();
        out.say(new Output.Acknowledge(request.number, positions));
      }
    }
  }

  void storeFailed(String why) {
    while (!inFlight.isEmpty()) {
      for (var request : inFlight.removeFirst().requests) {
        request.step(CreationStep.STORE_FAILED);
        out.say(new Output.Unknown(request.number, why));
      }
    }
    while (!queued.isEmpty()) {
      decline(queued.removeFirst(), CreationStep.STORE_FAILED, why);
    }
    queuedEvents = 0;
  }

  private void decline(Request request, CreationStep step, String why) {
    request.step(step);
    out.say(new Output.Decline(request.number, why));
  }

  private String whyNot() {
    return switch (lifecycle.mode()) {
      case LOADING -> "the store is being opened; try again in a moment";
      case FENCED, CONVERGED -> "the machine is fenced; resume it to append";
      case READ_ONLY -> "the store cannot write; see the log, mend the disk, and start again";
      case REFUSED -> "this directory belongs to another federation; see status";
      case ACTIVE, CATCHING_UP ->
          throw new IllegalStateException("this mode lets applications create");
    };
  }
}
