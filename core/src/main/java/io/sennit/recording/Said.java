package io.sennit.recording;

import io.sennit.dag.PackedRuns;
import io.sennit.dag.Placed;
import io.sennit.machine.Output;
import io.sennit.overlay.OverlayCodec;
import io.sennit.overlay.OverlayMessage;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// The hash over all that a machine says in one step: the first 64 bits of a SHA-256. An event is
/// stood for by its uuid, which is the hash of its bytes.
public final class Said {
  private static final int PERSIST = 1;
  private static final int HEAL = 2;
  private static final int ACKNOWLEDGE = 3;
  private static final int DECLINE = 4;
  private static final int NO_ROOM = 5;
  private static final int MISMATCH = 6;
  private static final int UNKNOWN = 7;
  private static final int PUBLISH = 8;
  private static final int SEND = 9;
  private static final int DISCONNECT = 10;
  private static final int SET_TIMER = 11;
  private static final int REPORT = 12;
  private static final int LET_GO = 13;
  private static final int DIAL = 14;
  private static final int BROKE_OFF = 255;

  private final MessageDigest sha256;
  private final MessageCodec messages = new MessageCodec();
  private final ByteWriter out = new ByteWriter();

  /// One thread uses it.
  public Said() {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /// Of these outputs.
  public long of(List<Output> outputs) {
    outputs.forEach(this::add);
    return hash();
  }

  /// Of a machine that broke off, which says why and nothing else.
  public long of(RuntimeException brokeOff) {
    out.kind(BROKE_OFF).text(String.valueOf(brokeOff.getMessage()));
    return hash();
  }

  private long hash() {
    return new ByteReader(sha256.digest(out.take())).word();
  }

  private void add(Output output) {
    switch (output) {
      case Output.Persist(var batch) -> out.kind(PERSIST).list(batch, this::placed);
      case Output.Heal(var events) -> out.kind(HEAL).list(events, this::placed);
      case Output.Acknowledge(var request, var positions) ->
          out.kind(ACKNOWLEDGE).number(request).list(positions, out::number);
      case Output.Decline(var request, var why) -> out.kind(DECLINE).number(request).text(why);
      case Output.NoRoom(var request, var why) -> out.kind(NO_ROOM).number(request).text(why);
      case Output.Mismatch(var request, var why) -> out.kind(MISMATCH).number(request).text(why);
      case Output.Unknown(var request, var why) -> out.kind(UNKNOWN).number(request).text(why);
      case Output.Publish(var position) -> out.kind(PUBLISH).number(position);
      case Output.Send(var peer, var message) -> message(out.kind(SEND).number(peer), message);
      case Output.Disconnect(var peer, var why) -> out.kind(DISCONNECT).number(peer).text(why);
      case Output.LetGo(var peer, var why) -> out.kind(LET_GO).number(peer).text(why);
      case Output.Dial(var contact) ->
          out.kind(DIAL).bytes(OverlayCodec.encode(new OverlayMessage.Join(contact)));
      case Output.SetTimer(var timer, var delayNanos) ->
          TimerCodec.write(out.kind(SET_TIMER), timer).number(delayNanos);
      case Output.Report(var peer, var what) -> out.kind(REPORT).number(peer).text(what);
    }
  }

  private void placed(Placed placed) {
    AnswerCodec.place(out.number(placed.position()), placed.node());
    AnswerCodec.receipt(out, placed.receipt());
  }

  private void message(ByteWriter to, Message message) {
    if (message instanceof Message.Give(var runs, var fault, var route)) {
      to.flag(true).list(runs, run -> to.list(run.events(), event -> to.id(event.id())));
      to.text(fault.map(Object::toString).orElse(""));
      to.text(route.map(Object::toString).orElse(""));
    } else if (message instanceof Message.Packed(PackedRuns runs)) {
      AnswerCodec.packed(to.flag(true), runs);
    } else {
      to.flag(false).bytes(messages.encode(message));
    }
  }
}
