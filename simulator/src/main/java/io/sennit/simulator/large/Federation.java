package io.sennit.simulator.large;

import io.sennit.event.MachineId;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Overlay;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The inhabitants of a rehearsal: on each machine a production [Overlay], what it holds
/// ([Knowledge]), and reconciliation with a neighbour now and then. What happens to the machines of
/// one sector is the business of its [District].
final class Federation implements Inhabitants {
  /// Every address is as good as any here, and as long as one of the internet.
  private static final String ADDRESS = "203.0.113.77:47474";

  /// Above so many tips a machine names only some of them.
  private static final int STRICT_TIPS_MAX = 256;

  private static final int BOUNDED_PARENTS = 32;

  /// Machines that a newcomer's ticket names.
  private static final int INVITERS = 3;

  private final Plan plan;
  private final World world;
  private final Knowledge knowledge;
  private final Sectors sectors;
  private final District[] districts = new District[Sectors.COUNT];
  private final @Nullable Overlay[] overlays;
  private final Contact[] contacts;

  /// What machines that crashed and will be back have kept.
  private final @Nullable List<Contact>[] books;

  private boolean churning;

  @SuppressWarnings({"unchecked", "rawtypes"})
  Federation(Plan plan, World world) {
    this.plan = plan;
    this.world = world;
    int machines = plan.machines();
    knowledge = new Knowledge(machines, plan.seed());
    overlays = new Overlay[machines];
    books = new List[machines];
    contacts = new Contact[machines];
    for (int machine = 0; machine < machines; machine++) {
      contacts[machine] = contact(machine, plan.seed(), world.places());
    }
    sectors = Sectors.among(machines);
    Arrays.setAll(districts, i -> new District(this));
  }

  /// What others know of a machine: the last word of its key is its number.
  static Contact contact(int machine, long seed, Places places) {
    long key = Dice.mix(seed ^ 0x5EED);
    return new Contact(
        new MachineId(
            Dice.mix(key + machine), Dice.mix(key - machine), Dice.mix(~key - machine), machine),
        places.dialable(machine) ? ADDRESS : "",
        places.capacity(machine),
        Coordinate.UNKNOWN);
  }

  /// Machines that began before this one, who can be dialled: what its ticket names.
  static List<Contact> ticket(int machine, Contact[] contacts, Dice dice) {
    var known = new ArrayList<Contact>(INVITERS);
    for (int tries = 0; tries < 10 * INVITERS && known.size() < INVITERS && machine > 0; tries++) {
      var contact = contacts[dice.below(machine, machine)];
      if (contact.dialable() && !known.contains(contact)) {
        known.add(contact);
      }
    }
    if (known.isEmpty() && machine > 0) {
      known.add(contacts[0]);
    }
    return known;
  }

  Plan plan() {
    return plan;
  }

  World world() {
    return world;
  }

  Knowledge knowledge() {
    return knowledge;
  }

  /// All that was counted in all districts.
  Ledger ledger() {
    var ledger = new Ledger(plan.machines());
    for (var district : districts) {
      ledger.add(district.ledger());
    }
    return ledger;
  }

  void forgetTraffic() {
    for (var district : districts) {
      district.ledger().forgetTraffic();
    }
  }

  private District district(int machine) {
    return districts[sectors.of(machine)];
  }

  // ---- machines

  Contact contact(int machine) {
    return contacts[machine];
  }

  /// What a machine knows of others when it begins.
  List<Contact> known(int machine) {
    var book = books[machine];
    books[machine] = null;
    return book == null ? ticket(machine, contacts, world.dice()) : book;
  }

  @Override
  public int touch(int machine) {
    var overlay = overlays[machine];
    return overlay == null ? 0 : overlay.touch();
  }

  Overlay overlay(int machine) {
    var overlay = overlays[machine];
    if (overlay == null) {
      throw new IllegalStateException("machine " + machine + " does not run");
    }
    return overlay;
  }

  void overlay(int machine, Overlay overlay) {
    overlays[machine] = overlay;
  }

  /// A machine crashed.
  ///
  /// @param keepsBook it will be back
  void gone(int machine, boolean keepsBook) {
    books[machine] = keepsBook ? overlay(machine).book() : null;
    overlays[machine] = null;
  }

  /// Machines come and go at present.
  boolean churning() {
    return churning;
  }

  /// From now on machines crash and come back; or those that are away come back, and it is over.
  void churn(boolean on) {
    churning = on && plan.faults().churn() > 0;
    world.churn(churning);
    for (int machine = 0; churning && machine < plan.machines(); machine++) {
      if (world.network().running(machine)) {
        district(machine).live(machine);
      }
    }
  }

  // ---- writing

  /// The machine writes an event and spreads it. Not to be called while time goes on.
  void write(int machine, Ledger.Purpose purpose) {
    var tips = knowledge.tips(machine);
    var parents = tips.length <= STRICT_TIPS_MAX ? tips : some(machine, tips);
    int event = knowledge.write(machine, parents, world.nowNanos());
    for (var district : districts) {
      district.ledger().written(event, purpose, tips.length, parents.length);
    }
    district(machine).wrote(machine, event);
  }

  /// Its own last event if it is a tip, the rest at random.
  private int[] some(int machine, int[] tips) {
    var chosen = tips.clone();
    int count = 0;
    for (int i = tips.length - 1; i >= 0 && count == 0; i--) {
      if (knowledge.writer(tips[i]) == machine) {
        chosen[i] = chosen[0];
        chosen[0] = tips[i];
        count = 1;
      }
    }
    for (; count < BOUNDED_PARENTS; count++) {
      int other = count + world.dice().below(machine, chosen.length - count);
      int taken = chosen[other];
      chosen[other] = chosen[count];
      chosen[count] = taken;
    }
    var parents = Arrays.copyOf(chosen, BOUNDED_PARENTS);
    Arrays.sort(parents);
    return parents;
  }

  // ---- what happens on a machine

  @Override
  public boolean independent() {
    return true;
  }

  @Override
  public void started(int machine) {
    district(machine).started(machine);
  }

  @Override
  public void crashed(int machine) {
    district(machine).crashed(machine);
  }

  @Override
  public void up(int machine, int link, int peer, boolean dialled) {
    district(machine).up(machine, link, peer, dialled);
  }

  @Override
  public void down(int machine, int link, int peer) {
    district(machine).down(machine, link);
  }

  @Override
  public void unreachable(int machine, int peer) {
    district(machine).unreachable(machine, peer);
  }

  @Override
  public void arrived(int machine, int link, int peer, Object body, int word) {
    district(machine).arrived(machine, link, body, word);
  }

  @Override
  public void rang(int machine, int which) {
    district(machine).rang(machine, which);
  }
}
