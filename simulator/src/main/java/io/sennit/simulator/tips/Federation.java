package io.sennit.simulator.tips;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/// Machines that write at random times, each on what has reached it: what has arrived at its place,
/// and its own events, which it knows at once.
public final class Federation {
  /// Told of everything that happens.
  public interface Listener {
    /// An event was written; its parents are known for as long as the call lasts.
    default void written(History history, int event) {}

    /// An event joined the others at a place.
    default void arrived(History history, int place, int event, double time) {}
  }

  private final Setting setting;
  private final Listener listener;
  private final History history;
  private final SplittableRandom random;
  private final List<Place> places = new ArrayList<>();
  private final PriorityQueue<Arrival> underWay = new PriorityQueue<>();

  /// Events of a machine that have not arrived at its own place yet. Only looked up.
  private final Map<Integer, ArrayDeque<Integer>> unseen = new HashMap<>();

  /// A machine's last event. Only looked up.
  private final Map<Integer, Integer> last = new HashMap<>();

  /// Places an event has arrived at.
  private final byte[] arrivals;

  private final Integer[] numbers;

  private record Arrival(double time, int event, int place) implements Comparable<Arrival> {
    @Override
    public int compareTo(Arrival other) {
      int order = Double.compare(time, other.time);
      if (order == 0) {
        order = Integer.compare(event, other.event);
      }
      return order == 0 ? Integer.compare(place, other.place) : order;
    }
  }

  private Federation(Setting setting, Listener listener) {
    this.setting = setting;
    this.listener = listener;
    this.history = new History(setting.events());
    this.random = new SplittableRandom(setting.seed());
    this.arrivals = new byte[setting.events() + 1];
    this.numbers = new Integer[setting.events() + 1];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    for (int i = 0; i < setting.places(); i++) {
      places.add(new Place(history));
    }
  }

  /// Runs until all events are written.
  public static History run(Setting setting, Listener listener) {
    var federation = new Federation(setting, listener);
    double time = 0;
    for (int i = 0; i < setting.events(); i++) {
      time -= Math.log(1 - federation.random.nextDouble()) / setting.lambdaH();
      federation.arriveUntil(time);
      federation.write(federation.random.nextInt(setting.machines()), time);
    }
    federation.arriveUntil(Double.POSITIVE_INFINITY);
    return federation.history;
  }

  private void arriveUntil(double time) {
    while (!underWay.isEmpty() && underWay.element().time <= time) {
      var arrival = underWay.remove();
      for (int event : places.get(arrival.place).arrive(arrival.event)) {
        listener.arrived(history, arrival.place, event, arrival.time);
        if (++arrivals[event] == setting.places()) {
          history.forgetParents(event);
        }
      }
    }
  }

  private void write(int machine, double time) {
    var choice = setting.choice().choose(tips(machine), last.get(machine), random);
    var parents = choice.parents().stream().mapToInt(Integer::intValue).toArray();
    long tips = Math.max(choice.tips(), parents.length);
    int event = history.add(machine, time, parents, tips);
    last.put(machine, event);
    unseen.computeIfAbsent(machine, _ -> new ArrayDeque<>()).add(event);
    listener.written(history, event);
    for (int place = 0; place < setting.places(); place++) {
      underWay.add(new Arrival(time + setting.delay().draw(random), event, place));
    }
  }

  /// As the machine sees them.
  private List<Integer> tips(int machine) {
    var place = places.get(machine % setting.places());
    var tips = place.tips();
    var own = unseen.get(machine);
    if (own != null) {
      while (!own.isEmpty() && place.has(own.getFirst())) {
        own.removeFirst();
      }
      for (int event : own) {
        for (int parent : history.parents(event)) {
          tips.clear(parent);
        }
      }
      var newest = own.peekLast(); // the others are its ancestors
      if (newest != null) {
        tips.set(newest);
      }
    }
    var list = new ArrayList<Integer>(tips.cardinality());
    for (int tip = tips.nextSetBit(0); tip >= 0; tip = tips.nextSetBit(tip + 1)) {
      list.add(numbers[tip]);
    }
    return list;
  }
}
