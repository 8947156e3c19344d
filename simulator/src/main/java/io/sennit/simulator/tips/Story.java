package io.sennit.simulator.tips;

import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.Signer;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Makes real events of the numbers: each alone in its run, with the uuids of its parents.
public final class Story implements Federation.Listener {
  private final IntFunction<Signer> signers;
  private final IntFunction<Draft> drafts;
  private final IntPredicate real;
  private final Federation.Listener also;
  private final EventId[] ids;
  private final @Nullable Event[] events;

  /// For one run.
  ///
  /// @param root the event 0
  /// @param count of the other events
  /// @param signers of machines, by number
  /// @param drafts what events say, by number
  /// @param real which events are made; others have a uuid and nothing else
  /// @param also is told after the event was made
  public Story(
      Event root,
      int count,
      IntFunction<Signer> signers,
      IntFunction<Draft> drafts,
      IntPredicate real,
      Federation.Listener also) {
    this.signers = signers;
    this.drafts = drafts;
    this.real = real;
    this.also = also;
    this.ids = new EventId[count + 1];
    this.events = new Event[count + 1];
    ids[0] = root.id();
    events[0] = root;
  }

  @Override
  public void written(History history, int event) {
    if (real.test(event)) {
      make(history, event);
    } else {
      ids[event] = new EventId(event, 0, 0, event * 0x9E3779B97F4A7C15L);
    }
    also.written(history, event);
  }

  private void make(History history, int event) {
    var parents =
        Arrays.stream(history.parents(event)).mapToObj(parent -> ids[parent]).sorted().toList();
    long tips = history.bounded(event) ? history.tips(event) : 0;
    var made =
        drafts.apply(event).finishSealed(signers.apply(history.author(event)), parents, tips);
    events[event] = made;
    ids[event] = made.id();
  }

  @Override
  public void arrived(History history, int place, int event, double time) {
    also.arrived(history, place, event, time);
  }

  /// An event that was made.
  public Event event(int number) {
    var event = events[number];
    if (event == null) {
      throw new IllegalStateException("event " + number + " was not made");
    }
    return event;
  }
}
