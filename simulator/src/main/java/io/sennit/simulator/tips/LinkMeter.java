package io.sennit.simulator.tips;

import io.sennit.event.Event;
import io.sennit.event.Run;
import io.sennit.event.Stripped;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/// A link between two places, with the production codec at both ends: each event crosses it once,
/// in a message of its own, from the place that has it first.
///
/// What an end has said is at the other one a tenth of h later; so each knows of its own order, and
/// late of the other's.
public final class LinkMeter implements Federation.Listener {
  private static final double ON_THE_WAY = 0.1;

  private final IntFunction<Event> events;
  private final IntPredicate carries;
  private final int firstCounted;
  private final Sight sight;
  private final List<MessageCodec> ends = List.of(new MessageCodec(), new MessageCodec());
  private final List<ArrayDeque<Underway>> underWay =
      List.of(new ArrayDeque<>(), new ArrayDeque<>());
  private final BitSet crossed = new BitSet();
  private long parents;
  private long parentSizeBytes;

  @SuppressWarnings("ArrayRecordComponent") // on its way; never compared
  private record Underway(double due, byte[] message, Event event) {}

  /// Looks at messages that count.
  public interface Sight {
    /// A message with one event.
    ///
    /// @param without the same bytes but those that say which its parents are
    void said(byte[] message, byte[] without, int parents);
  }

  /// A fresh link.
  ///
  /// @param events by number, as long as they may cross
  /// @param carries whether the link is on the way of this event
  /// @param firstCounted bytes of events before this are not counted
  public LinkMeter(IntFunction<Event> events, IntPredicate carries, int firstCounted, Sight sight) {
    this.events = events;
    this.carries = carries;
    this.firstCounted = firstCounted;
    this.sight = sight;
  }

  @Override
  public void arrived(History history, int place, int number, double time) {
    deliver(time);
    if (place > 1 || crossed.get(number) || !carries.test(number)) {
      return;
    }
    crossed.set(number);
    var event = events.apply(number);
    var message =
        ends.get(place)
            .encode(new Message.Give(List.of(new Run(List.of(event))), Optional.empty()));
    underWay.get(place).add(new Underway(time + ON_THE_WAY, message, event));
    if (number >= firstCounted) {
      count(message, event);
    }
  }

  private void count(byte[] message, Event event) {
    int body = Stripped.length(event);
    int head = 2 + numberSizeBytes(message, 2); // type, one event, base
    int size = numberSizeBytes(Stripped.parentsAt(event)) + numberSizeBytes(body);
    var without = new byte[head + size + body];
    System.arraycopy(message, 0, without, 0, head);
    System.arraycopy(message, message.length - body, without, head + size, body);
    parents += event.parents().size();
    parentSizeBytes += message.length - without.length;
    sight.said(message, without, event.parents().size());
  }

  private static int numberSizeBytes(byte[] message, int at) {
    int size = 1;
    while (message[at + size - 1] < 0) {
      size++;
    }
    return size;
  }

  private static int numberSizeBytes(int number) {
    return Math.max(1, (38 - Integer.numberOfLeadingZeros(number)) / 7);
  }

  /// What has been on its way for long enough; the other end must understand it.
  private void deliver(double time) {
    for (int from = 0; from < 2; from++) {
      var queue = underWay.get(from);
      while (!queue.isEmpty() && queue.getFirst().due <= time) {
        var next = queue.removeFirst();
        if (!(ends.get(1 - from).decode(next.message)
                instanceof MessageCodec.Decoding.Decoded(Message.Give(var runs, _, _)))
            || !runs.getFirst().last().equals(next.event)) {
          throw new IllegalStateException(next.event + " did not arrive as it was");
        }
      }
    }
  }

  /// Parents named by messages that count.
  public long parents() {
    return parents;
  }

  /// Bytes of all that says which the parents are, for each of them.
  public double bytesPerParent() {
    return (double) parentSizeBytes / parents;
  }
}
