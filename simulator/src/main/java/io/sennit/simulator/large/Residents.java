package io.sennit.simulator.large;

import io.sennit.dag.Node;
import io.sennit.dag.Placed;
import io.sennit.dag.Positions;
import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.event.Root;
import io.sennit.machine.Input;
import io.sennit.overlay.Contact;
import io.sennit.overlay.OverlayMessage;
import io.sennit.simulator.PretendKey;
import io.sennit.simulator.large.Ledger.Purpose;
import io.sennit.sync.Message;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Inhabitants of full fidelity: on each machine a production [io.sennit.machine.Machine] with a
/// store in memory, and on the links the bytes that it sends. What takes a few hundred bytes of
/// state in a [Federation] takes hundreds of kilobytes here; so they are fewer.
final class Residents implements Inhabitants {
  private static final String TIME = "2026-01-01T00:00:00.000Z";

  private final World world;
  private final Ledger ledger;
  private final Root root;
  private final Contact[] contacts;
  private final @Nullable Resident[] residents;

  /// What each event is called here: they are numbered as they are written.
  private final Map<EventId, Integer> numbers = new HashMap<>();

  /// Likewise, by the first word of its uuid.
  private final Map<Long, Integer> byName = new HashMap<>();

  private final List<Long> writtenNanos = new ArrayList<>();

  /// What has arrived at each machine at least once, whatever became of it.
  private final BitSet[] seen;

  Residents(World world, long seed) {
    this.world = world;
    int machines = world.machines();
    ledger = new Ledger(machines);
    contacts = new Contact[machines];
    residents = new Resident[machines];
    seen = new BitSet[machines];
    for (int machine = 0; machine < machines; machine++) {
      seen[machine] = new BitSet();
      contacts[machine] = Federation.contact(machine, seed, world.places());
    }
    root = Root.found(new PretendKey(contacts[0].machine()), "pretended", new byte[16], TIME);
  }

  Ledger ledger() {
    return ledger;
  }

  World world() {
    return world;
  }

  Root root() {
    return root;
  }

  MachineId id(int machine) {
    return contacts[machine].machine();
  }

  /// R at position 1.
  Placed first() {
    var event = root.event();
    var node =
        new Node(1, event.id(), 0, event.machine(), true, event.body().length, Positions.of());
    return new Placed(node, event);
  }

  /// Numbers of the events that the machine holds.
  BitSet held(int machine) {
    var held = new BitSet();
    var store = resident(machine).store();
    for (long position = 2; position <= store.count(); position++) {
      held.set(number(store.node(position).id()));
    }
    return held;
  }

  private int number(EventId id) {
    var number = numbers.get(id);
    if (number == null) {
      throw new IllegalStateException("nobody wrote " + id);
    }
    return number;
  }

  private Resident resident(int machine) {
    var resident = residents[machine];
    if (resident == null) {
      throw new IllegalStateException("machine " + machine + " does not run");
    }
    return resident;
  }

  /// The machine writes an event.
  void write(int machine, Purpose purpose, int payloadBytes) {
    int number = writtenNanos.size();
    writtenNanos.add(world.nowNanos());
    var text = "{\"n\":" + number + ",\"text\":\"" + "x".repeat(payloadBytes) + "\"}";
    var draft =
        switch (Draft.of(text.getBytes(StandardCharsets.UTF_8), TIME)) {
          case Draft.Drafting.Drafted(var drafted) -> drafted;
          case Draft.Drafting.Refused(var rejection) ->
              throw new IllegalArgumentException(rejection.toString());
        };
    int tips = resident(machine).machine().status().tips().size();
    ledger.written(number, purpose, tips, tips);
    resident(machine).handle(new Input.Append(number, List.of(draft)));
    if (!numbers.containsValue(number)) {
      throw new IllegalStateException("event " + number + " was not acknowledged at once");
    }
  }

  /// What was written is durable.
  void acknowledged(long request, EventId id) {
    numbers.put(id, (int) request);
    byName.put(id.a(), (int) request);
  }

  /// Events became durable on a machine.
  void admitted(int machine, List<Placed> batch) {
    for (var placed : batch) {
      if (!placed.node().machine().equals(id(machine))) {
        int number = number(placed.event().id());
        ledger.delivered(number, world.nowNanos(machine) - writtenNanos.get(number));
      }
    }
  }

  // ---- machines

  @Override
  public void started(int machine) {
    var known = Federation.ticket(machine, contacts, world.dice());
    var resident = new Resident(this, machine, world.dice().next(machine));
    residents[machine] = resident;
    resident.handle(new Input.Loaded());
    resident.handle(new Input.Carrying(contacts[machine].capacity()));
    if (contacts[machine].dialable()) {
      resident.handle(new Input.Listening(contacts[machine].address()));
    }
    resident.handle(new Input.Known(known));
  }

  @Override
  public void crashed(int machine) {
    residents[machine] = null;
  }

  @Override
  public void up(int machine, int link, int peer, boolean dialled) {
    resident(machine).up(link, id(peer), dialled);
  }

  @Override
  public void down(int machine, int link, int peer) {
    resident(machine).down(link);
  }

  @Override
  public void unreachable(int machine, int peer) {
    resident(machine).handle(new Input.Unreachable(contacts[peer]));
  }

  @Override
  public void rang(int machine, int which) {
    resident(machine).rang();
  }

  @Override
  public void arrived(int machine, int link, int peer, Object body, int word) {
    resident(machine).arrived(link, (byte[]) body);
  }

  // ---- counting

  void sent(int machine, Message message, int sizeBytes) {
    int kind =
        switch (message) {
          case Message.Overlay(var said) -> FrameSizes.kind(said);
          case Message.Give _, Message.Packed _ -> FrameSizes.PAYLOAD;
          default -> FrameSizes.COMPARISON;
        };
    ledger.sent(machine, kind, sizeBytes);
    if (message instanceof Message.Overlay(OverlayMessage.Announce(var runs, _))) {
      for (long run : runs) {
        var number = byName.get(run);
        if (number != null) {
          ledger.announced(number);
        }
      }
    }
  }

  void payload(int machine, Event event, boolean spread, boolean pulled) {
    int number = number(event.id());
    ledger.payload(number, pulled);
    if (seen[machine].get(number)) {
      ledger.duplicate(number);
    } else if (!spread) {
      ledger.reconciled(number);
    }
    seen[machine].set(number);
  }
}
