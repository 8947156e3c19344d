package io.sennit.node;

import io.sennit.dag.EventStore;
import io.sennit.event.Root;
import io.sennit.event.Run;
import io.sennit.event.Seals;
import io.sennit.event.Signer;
import io.sennit.machine.Input;
import io.sennit.machine.Machine;
import io.sennit.machine.Output;
import io.sennit.recording.Answer;
import io.sennit.recording.Beginning;
import io.sennit.recording.Witness;
import io.sennit.store.Room;
import io.sennit.sync.Message;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Writes down what happens to a machine, so that it can happen again: the flight recorder.
///
/// The driver's thread notes what the machine was told and said, and queues it; a thread of its own
/// makes bytes of it and writes them. That thread may be slow, and its disk full: then recording
/// ends, says why, and the machine goes on. Nothing that is recorded is secret but the events
/// themselves: no private key comes here.
final class Recorder implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Recorder.class.getName());

  /// What may wait for the disk.
  private static final long WAITING_SIZE_BYTES_MAX = 64L * 1024 * 1024;

  /// With so much, the writer is woken.
  private static final long WAITING_SIZE_BYTES_MUCH = 4L * 1024 * 1024;

  /// How long a step may wait until it is written, when few come.
  private static final long LINGER_NANOS = 50_000_000;

  /// What a step and an answer take besides what they carry.
  private static final int STEP_SIZE_BYTES = 256;

  private static final int ANSWER_SIZE_BYTES = 64;

  private final RecordingOptions options;
  private final PartFolder folder;
  private final Supplier<Room> room;
  private final boolean sharesTheDisk;
  private final ConcurrentLinkedQueue<Item> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicLong waitingSizeBytes = new AtomicLong();
  private final Thread thread = Thread.ofPlatform().name("sennit-recorder").unstarted(this::run);

  private @Nullable Witness witness;
  private @Nullable PartWriter part;
  private volatile long partNumber;
  private volatile long partSizeBytes;
  private volatile long olderSizeBytes;
  private volatile String ended = "";

  /// Machines that have begun, counted by the driver's thread.
  private long begun;

  /// The same, counted by the writer's.
  private long beginningsWritten;

  /// The part that is full or soon will be, counted as they are.
  private volatile long fullPart = -1;

  private volatile boolean closing;

  /// What the driver's thread hands to the writer's.
  private sealed interface Item {
    /// Roughly, while it waits.
    long sizeBytes();

    /// A machine has begun.
    record Began(Beginning beginning, long sizeBytes) implements Item {}

    /// It has dealt with an input.
    record Dealt(
        long nowNanos, Input input, Witness.Heard heard, List<Output> outputs, long sizeBytes)
        implements Item {}

    /// It broke off.
    record BrokeOff(
        long nowNanos, Input input, Witness.Heard heard, RuntimeException why, long sizeBytes)
        implements Item {}
  }

  /// Takes the folder for itself.
  ///
  /// @param room of the store, which comes first where both share a disk
  Recorder(RecordingOptions options, Supplier<Room> room) {
    this.options = options;
    this.folder = PartFolder.open(options.folder());
    this.room = room;
    this.sharesTheDisk = sharesTheDisk();
    this.partNumber = folder.last();
    this.olderSizeBytes = folder.sizeBytes();
    thread.start();
  }

  private boolean sharesTheDisk() {
    try {
      return Files.getFileStore(options.folder()).equals(Files.getFileStore(room.get().where()));
    } catch (IOException e) {
      throw new SennitException(
          SennitException.Kind.REFUSED, "nothing can be recorded: " + e.getMessage(), e);
    }
  }

  /// Makes a machine, and begins a part with it.
  ///
  /// @param why it begins, for people
  Machine begin(EventStore store, Root root, Signer signer, Seals seals, long seed, String why) {
    if (!ended.isEmpty()) {
      return new Machine(store, root, signer, seals, seed);
    }
    var fresh = new Witness(store, signer);
    var machine = new Machine(fresh, root, fresh, seals, seed);
    witness = fresh;
    begun++;
    var beginning =
        Beginning.of(root, signer, seed, store.count(), store.tips(), why, fresh.take());
    add(new Item.Began(beginning, STEP_SIZE_BYTES + sizeBytes(beginning.answers())));
    return machine;
  }

  /// Lets the machine deal with an input, and notes it.
  List<Output> handle(Machine machine, Input input, long nowNanos) {
    var present = witness;
    if (present == null) {
      return machine.handle(input, nowNanos);
    }
    if (!ended.isEmpty()) {
      present.rest();
      witness = null;
      return machine.handle(input, nowNanos);
    }
    List<Output> outputs;
    try {
      outputs = machine.handle(input, nowNanos);
    } catch (RuntimeException e) {
      add(new Item.BrokeOff(nowNanos, input, present.take(), e, STEP_SIZE_BYTES));
      throw e;
    }
    var heard = present.take();
    long sizeBytes = STEP_SIZE_BYTES + sizeBytes(input) + sizeBytes(heard.answers());
    add(new Item.Dealt(nowNanos, input, heard, outputs, sizeBytes));
    return outputs;
  }

  private void add(Item item) {
    long before = waitingSizeBytes.get();
    long after = before + item.sizeBytes();
    if (after > WAITING_SIZE_BYTES_MAX) {
      end("more happens to this machine than can be written to " + options.folder());
      return;
    }
    waitingSizeBytes.addAndGet(item.sizeBytes());
    waiting.add(item);
    if (before < WAITING_SIZE_BYTES_MUCH && after >= WAITING_SIZE_BYTES_MUCH) {
      LockSupport.unpark(thread);
    }
  }

  private static long sizeBytes(Input input) {
    return switch (input) {
      case Input.Append(_, var drafts, _) -> {
        long sum = 0;
        for (var draft : drafts) {
          sum += draft.sizeBytes();
        }
        yield sum;
      }
      case Input.Offer(_, var runs) -> sizeBytes(runs);
      case Input.Received(_, Message.Give(var runs, _, _)) -> sizeBytes(runs);
      default -> 0;
    };
  }

  private static long sizeBytes(Iterable<Run> runs) {
    long sum = 0;
    for (var run : runs) {
      sum += run.sizeBytes();
    }
    return sum;
  }

  private static long sizeBytes(List<Answer> answers) {
    long sum = (long) answers.size() * ANSWER_SIZE_BYTES;
    for (var answer : answers) {
      if (answer instanceof Answer.Whole(_, var event)) {
        sum += event.body().length;
      } else if (answer instanceof Answer.Packed(var runs) && runs != null) {
        sum += runs.block().length;
      }
    }
    return sum;
  }

  /// Whether a fresh machine should take over, so that the recording can go on.
  boolean wantsBeginning() {
    return fullPart == begun && ended.isEmpty();
  }

  RecordingStatus status() {
    return new RecordingStatus(options.folder(), partNumber, olderSizeBytes + partSizeBytes, ended);
  }

  private synchronized void end(String why) {
    if (ended.isEmpty()) {
      ended = why;
      LOG.log(Level.WARNING, "recording has ended: {0}; the machine goes on", why);
    }
  }

  private void run() {
    while (true) {
      boolean last = closing;
      var endedBefore = ended;
      try {
        write();
        if (last || !endedBefore.isEmpty()) {
          endPart(last ? "the machine was closed" : endedBefore);
        }
      } catch (IOException | RuntimeException e) { // whatever it is, the machine goes on
        LOG.log(Level.DEBUG, "the recorder failed", e);
        end("writing to " + options.folder() + " failed: " + e.getMessage());
        abandonPart();
      }
      if (last) {
        return;
      }
      LockSupport.parkNanos(LINGER_NANOS);
    }
  }

  private void write() throws IOException {
    for (var item = waiting.poll(); item != null; item = waiting.poll()) {
      waitingSizeBytes.addAndGet(-item.sizeBytes());
      write(item);
    }
    if (part != null) {
      part.writeAll();
      watch(part);
    }
  }

  private void write(Item item) throws IOException {
    if (item instanceof Item.Began(var beginning, _)) {
      endPart(beginning.why());
      beginPart(beginning);
    }
    var present = part;
    if (present == null) {
      return;
    }
    switch (item) {
      case Item.Began _ -> present.writeAll();
      case Item.Dealt(var nowNanos, var input, var heard, var outputs, _) ->
          present.steps().step(nowNanos, input, heard, outputs);
      case Item.BrokeOff(var nowNanos, var input, var heard, var why, _) ->
          present.steps().brokeOff(nowNanos, input, heard, why);
    }
    if (present.writeIfMuch()) {
      watch(present);
    }
  }

  private void beginPart(Beginning beginning) throws IOException {
    olderSizeBytes = folder.makeRoom(options.sizeBytesMax() - options.partSizeBytesMax());
    long number = partNumber + 1;
    partNumber = number;
    beginningsWritten++;
    part =
        new PartWriter(
            PartFormat.file(options.folder(), number), beginning, options.partSizeBytesMax());
  }

  /// Ends the part before it is full, if a fresh machine is to take over, or when it is full.
  private void watch(PartWriter present) throws IOException {
    partSizeBytes = present.sizeBytes();
    boolean last = options.keep() == RecordingOptions.Keep.LAST;
    if (present.full()) {
      endPart("there was no room for more");
      if (!last) {
        end("the recording is full, and what happened first is kept");
      }
    }
    if (last && (present.full() || partSizeBytes >= options.partSizeBytesMax() / 4 * 3)) {
      fullPart = beginningsWritten;
    }
    if (sharesTheDisk) {
      var left = room.get();
      if (left.freeBytes() < 2 * left.neededBytes()) {
        end("the rest of the disk is left to the store: " + left.freeBytes() + " bytes are free");
        endPart("the disk is nearly full");
      }
    }
  }

  private void endPart(String why) throws IOException {
    var present = part;
    if (present != null) {
      part = null;
      try (present) {
        present.writeAll();
        present.end(why);
        partSizeBytes = present.sizeBytes();
      }
    }
  }

  private void abandonPart() {
    var present = part;
    part = null;
    if (present != null) {
      try {
        present.close();
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "a part of the recording could not be closed", e);
      }
    }
  }

  /// Writes what waits, and leaves the folder to others.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    folder.close();
  }
}
