package io.sennit.recording;

import io.sennit.event.Draft;
import io.sennit.event.Event;
import io.sennit.event.EventReader;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import io.sennit.machine.Input;
import io.sennit.machine.RequestKey;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.OverlayCodec;
import io.sennit.overlay.OverlayMessage;
import io.sennit.overlay.Route;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Inputs as bytes, with all that they carry. `docs/recording.md` has the table.
final class InputCodec {
  private static final int LOADED = 1;
  private static final int LISTENING = 2;
  private static final int APPEND = 3;
  private static final int OFFER = 4;
  private static final int PERSISTED = 5;
  private static final int STORE_FULL = 6;
  private static final int STORE_ROOM = 7;
  private static final int STORE_FAILED = 8;
  private static final int DAMAGED = 9;
  private static final int HEALED = 10;
  private static final int PEER_UP = 11;
  private static final int PEER_DOWN = 12;
  private static final int RECEIVED = 13;
  private static final int RECEIVED_RUNS = 14;
  private static final int DRAINED = 15;
  private static final int TIMER_FIRED = 16;
  private static final int FENCE = 17;
  private static final int RESUME = 18;
  private static final int KNOWN = 19;
  private static final int UNREACHABLE = 20;
  private static final int CARRYING = 21;

  /// For messages without runs, which it codes one by one.
  private final MessageCodec messages = new MessageCodec();

  void write(ByteWriter out, Input input) {
    switch (input) {
      case Input.Loaded _ -> out.kind(LOADED);
      case Input.Listening(var address) -> out.kind(LISTENING).text(address);
      case Input.Carrying(var capacity) ->
          out.kind(CARRYING).number(Capacity.BY_NUMBER.indexOf(capacity));
      case Input.Append(var request, var drafts, var key) -> {
        out.kind(APPEND).number(request).list(drafts, draft -> out.bytes(draft.toJson()));
        key(out, key);
      }
      case Input.Offer(var request, var runs) ->
          out.kind(OFFER).number(request).list(runs, run -> run(out, run));
      case Input.Persisted(var position) -> out.kind(PERSISTED).number(position);
      case Input.StoreFull(var why) -> out.kind(STORE_FULL).text(why);
      case Input.StoreRoom _ -> out.kind(STORE_ROOM);
      case Input.StoreFailed(var why, var full) -> out.kind(STORE_FAILED).text(why).flag(full);
      case Input.Damaged(var positions) -> out.kind(DAMAGED).list(positions, out::number);
      case Input.Healed(var positions) -> out.kind(HEALED).list(positions, out::number);
      case Input.PeerUp(var peer, var machine, var dialled) ->
          out.kind(PEER_UP).number(peer).machine(machine).flag(dialled);
      case Input.PeerDown(var peer) -> out.kind(PEER_DOWN).number(peer);
      case Input.Received(var peer, Message.Give(var runs, var fault, var route)) -> {
        out.kind(RECEIVED_RUNS).number(peer).list(runs, run -> run(out, run));
        out.flag(fault.isPresent());
        fault.ifPresent(rejection -> out.text(rejection.reason().name()).text(rejection.detail()));
        out.flag(route.isPresent());
        route.ifPresent(by -> out.number(by.tree()).number(by.hops() - Route.PULLED));
      }
      case Input.Received(var peer, var message) ->
          out.kind(RECEIVED).number(peer).bytes(messages.encode(message));
      case Input.Drained(var peer) -> out.kind(DRAINED).number(peer);
      case Input.Known(var contacts) ->
          out.kind(KNOWN).list(contacts, contact -> contact(out, contact));
      case Input.Unreachable(var contact) -> contact(out.kind(UNREACHABLE), contact);
      case Input.TimerFired(var timer) -> TimerCodec.write(out.kind(TIMER_FIRED), timer);
      case Input.Fence _ -> out.kind(FENCE);
      case Input.Resume _ -> out.kind(RESUME);
    }
  }

  /// As the message in which it would speak of itself.
  private static void contact(ByteWriter out, Contact contact) {
    out.bytes(OverlayCodec.encode(new OverlayMessage.Join(contact)));
  }

  private static void key(ByteWriter out, @Nullable RequestKey key) {
    out.flag(key != null);
    if (key != null) {
      out.text(key.key()).text(key.fingerprint());
    }
  }

  private static void run(ByteWriter out, Run run) {
    out.list(run.events(), event -> out.bytes(event.body()));
  }

  Input read(ByteReader in) {
    int kind = in.kind();
    return switch (kind) {
      case LOADED -> new Input.Loaded();
      case LISTENING -> new Input.Listening(in.text());
      case CARRYING -> new Input.Carrying(capacity(in.number()));
      case APPEND -> new Input.Append(in.number(), in.list(() -> draft(in)), key(in));
      case OFFER -> new Input.Offer(in.number(), in.list(() -> run(in)));
      case PERSISTED -> new Input.Persisted(in.number());
      case STORE_FULL -> new Input.StoreFull(in.text());
      case STORE_ROOM -> new Input.StoreRoom();
      case STORE_FAILED -> new Input.StoreFailed(in.text(), in.flag());
      case DAMAGED -> new Input.Damaged(in.list(in::number));
      case HEALED -> new Input.Healed(in.list(in::number));
      case PEER_UP -> new Input.PeerUp(in.count(), in.machine(), in.flag());
      case PEER_DOWN -> new Input.PeerDown(in.count());
      case RECEIVED -> new Input.Received(in.count(), message(in.bytes()));
      case RECEIVED_RUNS ->
          new Input.Received(
              in.count(), new Message.Give(in.list(() -> run(in)), fault(in), route(in)));
      case DRAINED -> new Input.Drained(in.count());
      case TIMER_FIRED -> new Input.TimerFired(TimerCodec.read(in));
      case KNOWN -> new Input.Known(in.list(() -> contact(in)));
      case UNREACHABLE -> new Input.Unreachable(contact(in));
      case FENCE -> new Input.Fence();
      case RESUME -> new Input.Resume();
      default -> throw new MalformedRecordingException("no input has the number " + kind);
    };
  }

  private static Draft draft(ByteReader in) {
    return switch (Draft.of(in.bytes(), "")) {
      case Draft.Drafting.Drafted(var draft) -> draft;
      case Draft.Drafting.Refused(var rejection) ->
          throw new MalformedRecordingException("no draft: " + rejection);
    };
  }

  private static @Nullable RequestKey key(ByteReader in) {
    return in.flag() ? new RequestKey(in.text(), in.text()) : null;
  }

  private static Run run(ByteReader in) {
    var events = in.list(() -> event(in));
    if (events.isEmpty() || !events.getLast().sealed()) {
      throw new MalformedRecordingException("no run: its end has no seal");
    }
    return new Run(events);
  }

  static Event event(ByteReader in) {
    return switch (EventReader.read(in.bytes())) {
      case EventReader.Reading.Read(var event) -> event;
      case EventReader.Reading.Refused(var rejection) ->
          throw new MalformedRecordingException("no event: " + rejection);
    };
  }

  private static Contact contact(ByteReader in) {
    if (OverlayCodec.decode(in.bytes(), 0)
        instanceof OverlayCodec.Decoding.Decoded(OverlayMessage.Join(var contact))) {
      return contact;
    }
    throw new MalformedRecordingException("no contact");
  }

  private static Capacity capacity(long number) {
    if (number < 0 || number >= Capacity.BY_NUMBER.size()) {
      throw new MalformedRecordingException("no capacity has the number " + number);
    }
    return Capacity.BY_NUMBER.get((int) number);
  }

  private static Optional<Route> route(ByteReader in) {
    if (!in.flag()) {
      return Optional.empty();
    }
    int tree = in.count();
    int hops = in.count() + Route.PULLED;
    if (tree >= OverlayMessage.TREES || hops > Route.HOPS_MAX) {
      throw new MalformedRecordingException("no route: tree " + tree + ", " + hops + " hops");
    }
    return Optional.of(Route.of(tree, hops));
  }

  private static Optional<Rejection> fault(ByteReader in) {
    if (!in.flag()) {
      return Optional.empty();
    }
    var name = in.text();
    for (var reason : Reason.values()) {
      if (reason.name().equals(name)) {
        return Optional.of(new Rejection(reason, in.text()));
      }
    }
    throw new MalformedRecordingException("no reason has the name " + name);
  }

  private Message message(byte[] bytes) {
    return switch (messages.decode(bytes)) {
      case MessageCodec.Decoding.Decoded(var message) -> message;
      case MessageCodec.Decoding.Refused(var why) ->
          throw new MalformedRecordingException("no message: " + why);
    };
  }
}
