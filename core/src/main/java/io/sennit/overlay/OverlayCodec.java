package io.sennit.overlay;

import io.sennit.event.MachineId;
import io.sennit.overlay.OverlayMessage.Announce;
import io.sennit.overlay.OverlayMessage.Beacon;
import io.sennit.overlay.OverlayMessage.Decline;
import io.sennit.overlay.OverlayMessage.Join;
import io.sennit.overlay.OverlayMessage.Kind;
import io.sennit.overlay.OverlayMessage.Leave;
import io.sennit.overlay.OverlayMessage.Neighbour;
import io.sennit.overlay.OverlayMessage.Parent;
import io.sennit.overlay.OverlayMessage.Ping;
import io.sennit.overlay.OverlayMessage.Pong;
import io.sennit.overlay.OverlayMessage.Pull;
import io.sennit.overlay.OverlayMessage.Renew;
import io.sennit.overlay.OverlayMessage.Shuffle;
import io.sennit.overlay.OverlayMessage.Shuffled;
import io.sennit.overlay.OverlayMessage.Walk;
import io.sennit.overlay.OverlayMessage.Welcome;
import java.util.ArrayList;
import java.util.List;

/// What overlays say to each other as bytes: one for the type, then what the table in
/// `docs/protocol.md` says. Every length is checked before anything is made of it.
public final class OverlayCodec {
  /// The least of the types; all others of the protocol are below.
  public static final int TYPE_MIN = 32;

  private static final int JOIN = 32;
  private static final int WALK = 33;
  private static final int NEIGHBOUR = 34;
  private static final int WELCOME = 35;
  private static final int DECLINE = 36;
  private static final int LEAVE = 37;
  private static final int SHUFFLE = 38;
  private static final int SHUFFLED = 39;
  private static final int PING = 40;
  private static final int PONG = 41;
  private static final int BEACON = 42;
  private static final int PARENT = 43;
  private static final int RENEW = 44;
  private static final int ANNOUNCE = 45;
  private static final int PULL = 46;

  /// Numbered as on the wire.
  private static final List<Kind> KINDS = List.of(Kind.RANDOM, Kind.NEAR);

  /// Added to the number of a capacity when a coordinate follows.
  private static final int LOCATED = 4;

  /// Added to the number of a tree when a beacon answers.
  private static final int ANSWER = OverlayMessage.TREES;

  /// A key, the length of an empty address, a capacity.
  private static final int CONTACT_SIZE_BYTES_MIN = MachineId.SIZE_BYTES + 2;

  private OverlayCodec() {}

  /// What became of the bytes.
  public sealed interface Decoding {
    /// Something an overlay says.
    record Decoded(OverlayMessage message) implements Decoding {}

    /// Nothing that an overlay says.
    record Refused(String why) implements Decoding {}
  }

  /// The message as bytes.
  public static byte[] encode(OverlayMessage message) {
    var out = new Octets.Writer(new byte[sizeBytes(message)]);
    write(message, out);
    return out.bytes();
  }

  /// How many bytes [#encode] makes of it.
  public static int sizeBytes(OverlayMessage message) {
    var counter = new Octets.Writer(null);
    write(message, counter);
    return counter.size();
  }

  private static void write(OverlayMessage message, Octets.Writer out) {
    switch (message) {
      case Join(var self) -> contact(out.octet(JOIN), self);
      case Walk(var joiner, var steps) -> contact(out.octet(WALK).number(steps), joiner);
      case Neighbour(var self, var kind, var urgent) ->
          contact(out.octet(NEIGHBOUR).octet(KINDS.indexOf(kind)).flag(urgent), self);
      case Welcome(var self, var kind) ->
          contact(out.octet(WELCOME).octet(KINDS.indexOf(kind)), self);
      case Decline(var contacts) -> contacts(out.octet(DECLINE), contacts);
      case Leave(var contacts) -> contacts(out.octet(LEAVE), contacts);
      case Shuffle(var origin, var steps, var contacts) -> {
        contact(out.octet(SHUFFLE).number(steps), origin);
        contacts(out, contacts);
      }
      case Shuffled(var contacts) -> contacts(out.octet(SHUFFLED), contacts);
      case Ping(var sentMicros, var coordinate, var crowd) -> {
        out.octet(PING).word(sentMicros).flag(located(coordinate));
        coordinate(out, coordinate);
        out.number(crowd.epoch());
        out.word(crowd.a()).word(crowd.b()).word(crowd.c()).word(crowd.d());
      }
      case Pong(var echoMicros, var coordinate) -> {
        out.octet(PONG).word(echoMicros).flag(located(coordinate));
        coordinate(out, coordinate);
      }
      case Beacon(var tree, var term, var rank, var sequence, var labelMicros, var answer) ->
          out.octet(BEACON)
              .octet(tree + (answer ? ANSWER : 0))
              .number(term)
              .word(rank)
              .number(sequence)
              .number(labelMicros);
      case Parent(var tree, var on) -> out.octet(PARENT).octet(tree).flag(on);
      case Renew(var tree, var term, var sequence) ->
          out.octet(RENEW).octet(tree).number(term).number(sequence);
      case Announce(var runs, var pullNow) -> runs(out.octet(ANNOUNCE).flag(pullNow), runs);
      case Pull(var runs) -> runs(out.octet(PULL), runs);
    }
  }

  private static void runs(Octets.Writer out, long[] runs) {
    out.number(runs.length);
    for (long run : runs) {
      out.word(run);
    }
  }

  private static void contacts(Octets.Writer out, List<Contact> contacts) {
    out.number(contacts.size());
    contacts.forEach(contact -> contact(out, contact));
  }

  private static void contact(Octets.Writer out, Contact contact) {
    var machine = contact.machine();
    out.word(machine.a()).word(machine.b()).word(machine.c()).word(machine.d());
    out.ascii(contact.address());
    int located = located(contact.coordinate()) ? LOCATED : 0;
    out.octet(Capacity.BY_NUMBER.indexOf(contact.capacity()) + located);
    coordinate(out, contact.coordinate());
  }

  private static boolean located(Coordinate coordinate) {
    return !coordinate.equals(Coordinate.UNKNOWN);
  }

  private static void coordinate(Octets.Writer out, Coordinate coordinate) {
    if (located(coordinate)) {
      out.real(coordinate.x()).real(coordinate.y()).real(coordinate.height());
    }
  }

  /// The message that these bytes are, from the type on.
  public static Decoding decode(byte[] bytes, int from) {
    try {
      var in = new Octets.Reader(bytes, from);
      var message = read(in);
      return in.atEnd()
          ? new Decoding.Decoded(message)
          : new Decoding.Refused("bytes follow the end of the message");
    } catch (Octets.MalformedException e) {
      return new Decoding.Refused(String.valueOf(e.getMessage()));
    }
  }

  private static OverlayMessage read(Octets.Reader in) throws Octets.MalformedException {
    int type = in.octet();
    return switch (type) {
      case JOIN -> new Join(contact(in));
      case WALK -> {
        int steps = in.atMost(OverlayMessage.STEPS_MAX, "a walk of too many steps");
        yield new Walk(contact(in), steps);
      }
      case NEIGHBOUR -> {
        var kind = kind(in);
        boolean urgent = in.flag();
        yield new Neighbour(contact(in), kind, urgent);
      }
      case WELCOME -> {
        var kind = kind(in);
        yield new Welcome(contact(in), kind);
      }
      case DECLINE -> new Decline(contacts(in));
      case LEAVE -> new Leave(contacts(in));
      case SHUFFLE -> {
        int steps = in.atMost(OverlayMessage.STEPS_MAX, "a walk of too many steps");
        yield new Shuffle(contact(in), steps, contacts(in));
      }
      case SHUFFLED -> new Shuffled(contacts(in));
      case PING -> {
        long sentMicros = in.word();
        var coordinate = coordinate(in, in.flag());
        yield new Ping(sentMicros, coordinate, crowd(in));
      }
      case PONG -> new Pong(in.word(), coordinate(in, in.flag()));
      case BEACON -> {
        int tree = in.atMost(ANSWER + OverlayMessage.TREES - 1, "a tree that there is not");
        int term = in.atMost(Integer.MAX_VALUE, "a term beyond all");
        long rank = in.word();
        int sequence = in.atMost(Integer.MAX_VALUE, "a sequence beyond all");
        int label = in.atMost(Integer.MAX_VALUE, "too far");
        yield new Beacon(tree % ANSWER, term, rank, sequence, label, tree >= ANSWER);
      }
      case PARENT -> new Parent(tree(in), in.flag());
      case RENEW -> {
        int tree = tree(in);
        int term = in.atMost(Integer.MAX_VALUE, "a term beyond all");
        yield new Renew(tree, term, in.atMost(Integer.MAX_VALUE, "a sequence beyond all"));
      }
      case ANNOUNCE -> {
        boolean pullNow = in.flag();
        yield new Announce(runs(in), pullNow);
      }
      case PULL -> new Pull(runs(in));
      default -> throw new Octets.MalformedException("no message has the type " + type);
    };
  }

  private static Crowd crowd(Octets.Reader in) throws Octets.MalformedException {
    int epoch = in.atMost(Integer.MAX_VALUE, "an epoch beyond all");
    return new Crowd(epoch, registers(in), registers(in), registers(in), registers(in));
  }

  private static long registers(Octets.Reader in) throws Octets.MalformedException {
    long registers = in.word();
    if (!Crowd.isPossible(registers)) {
      throw new Octets.MalformedException("a register beyond " + Crowd.REGISTER_MAX);
    }
    return registers;
  }

  private static int tree(Octets.Reader in) throws Octets.MalformedException {
    return in.atMost(OverlayMessage.TREES - 1, "a tree that there is not");
  }

  private static Kind kind(Octets.Reader in) throws Octets.MalformedException {
    return KINDS.get(in.atMost(KINDS.size() - 1, "a kind of link that there is not"));
  }

  private static long[] runs(Octets.Reader in) throws Octets.MalformedException {
    int size = in.atMost(OverlayMessage.RUNS_MAX, "too many runs at once");
    in.require((long) size * Long.BYTES);
    var runs = new long[size];
    for (int i = 0; i < size; i++) {
      runs[i] = in.word();
    }
    return runs;
  }

  private static List<Contact> contacts(Octets.Reader in) throws Octets.MalformedException {
    int size = in.atMost(OverlayMessage.CONTACTS_MAX, "too many contacts at once");
    in.require((long) size * CONTACT_SIZE_BYTES_MIN);
    var contacts = new ArrayList<Contact>(size);
    for (int i = 0; i < size; i++) {
      contacts.add(contact(in));
    }
    return List.copyOf(contacts);
  }

  private static Contact contact(Octets.Reader in) throws Octets.MalformedException {
    var machine = new MachineId(in.word(), in.word(), in.word(), in.word());
    var address = in.ascii(Contact.ADDRESS_LENGTH_MAX);
    int capacity = in.octet();
    boolean located = capacity >= LOCATED;
    int number = located ? capacity - LOCATED : capacity;
    if (number >= Capacity.BY_NUMBER.size()) {
      throw new Octets.MalformedException("no capacity has the number " + number);
    }
    return new Contact(machine, address, Capacity.BY_NUMBER.get(number), coordinate(in, located));
  }

  private static Coordinate coordinate(Octets.Reader in, boolean located)
      throws Octets.MalformedException {
    return located ? new Coordinate(in.real(), in.real(), in.real()) : Coordinate.UNKNOWN;
  }
}
