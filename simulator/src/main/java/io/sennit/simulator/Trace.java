package io.sennit.simulator;

import io.sennit.dag.Placed;
import io.sennit.event.EventId;
import io.sennit.machine.Input;
import io.sennit.machine.Output;
import io.sennit.machine.Timer;
import io.sennit.sync.Message;
import java.nio.BufferOverflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/// A hash over everything that happened, in order: every input, every output, the bytes of every
/// message, the uuid of every event. And the last of it in words, for whoever looks for a fault.
final class Trace {
  private static final int TAIL_MAX = 80;

  private final MessageDigest hash;
  private final ByteBuffer buffer = ByteBuffer.allocate(8192);
  private final ArrayDeque<Moment> tail = new ArrayDeque<>();

  /// @param what an input, an output, or words
  private record Moment(long atNanos, int site, Object what) {}

  Trace() {
    try {
      hash = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  void words(long atNanos, int site, String words) {
    remember(atNanos, site, words);
    bytes(words.getBytes(StandardCharsets.UTF_8));
  }

  void input(long atNanos, int site, Input input) {
    remember(atNanos, site, input);
    switch (input) { // a message was hashed when it was sent
      case Input.Received(var peer, _) -> number(peer);
      case Input.Append(var request, var drafts, _) -> number(request).number(drafts.size());
      case Input.Offer(var request, var runs) -> number(request).number(runs.size());
      case Input.Persisted(var position) -> number(position);
      case Input.PeerUp(var peer, var machine, _) -> number(peer).number(machine.a());
      case Input.PeerDown(var peer) -> number(peer);
      case Input.Drained(var peer) -> number(peer);
      case Input.TimerFired(var timer) -> timer(timer);
      case Input.StoreFailed(var why, _) -> text(why);
      default -> number(input.getClass().getSimpleName().length());
    }
  }

  void output(long atNanos, int site, Output output) {
    remember(atNanos, site, output);
    switch (output) {
      case Output.Persist(var batch) -> {
        for (Placed placed : batch) {
          number(placed.position()).id(placed.node().id());
        }
      }
      case Output.Acknowledge(var request, var positions) -> {
        number(request);
        positions.forEach(this::number);
      }
      case Output.Decline(var request, var why) -> number(request).text(why);
      case Output.Unknown(var request, var why) -> number(request).text(why);
      case Output.Publish(var position) -> number(position);
      case Output.Send(var peer, _) -> number(peer);
      case Output.Disconnect(var peer, var why) -> number(peer).text(why);
      case Output.SetTimer(var timer, var delayNanos) -> timer(timer).number(delayNanos);
      case Output.Report(var peer, var what) -> number(peer).text(what);
      default -> text(output.getClass().getSimpleName());
    }
  }

  private void remember(long atNanos, int site, Object what) {
    number(atNanos).number(site);
    if (tail.size() == TAIL_MAX) {
      tail.removeFirst();
    }
    tail.add(new Moment(atNanos, site, what));
  }

  private Trace timer(Timer timer) {
    return number(timer instanceof Timer.Prove(var peer) ? peer : -timer.toString().length());
  }

  private Trace id(EventId id) {
    return number(id.a()).number(id.b()).number(id.c()).number(id.d());
  }

  private void text(String text) {
    bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private Trace number(long number) {
    try {
      buffer.putLong(number);
    } catch (BufferOverflowException _) {
      flush();
      buffer.putLong(number);
    }
    return this;
  }

  void bytes(byte[] bytes) {
    flush();
    hash.update(bytes);
  }

  private void flush() {
    hash.update(buffer.array(), 0, buffer.position());
    buffer.clear();
  }

  /// The hash of all so far; adding goes on from there.
  String hash() {
    flush();
    try {
      return HexFormat.of().formatHex(((MessageDigest) hash.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the JDK's SHA-256 can be cloned", e);
    }
  }

  /// The last of what happened, one line each.
  List<String> tail() {
    var lines = new ArrayList<String>(tail.size());
    for (var moment : tail) {
      lines.add(
          String.format(
              Locale.ROOT,
              "%10.3f ms  site %2d  %s",
              moment.atNanos / 1e6,
              moment.site,
              describe(moment.what)));
    }
    return lines;
  }

  /// An input or an output, for people.
  static String describe(Object what) {
    return switch (what) {
      case Input.Received(var peer, var message) -> "received from " + peer + ": " + brief(message);
      case Input.Append(var request, var drafts, _) ->
          "append " + request + " of " + drafts.size() + " events";
      case Input.Offer(var request, var runs) ->
          "offer " + request + " of " + runs.size() + " runs";
      case Input input -> input.toString();
      case Output.Persist(var batch) ->
          "  → persist "
              + batch.getFirst().position()
              + " to "
              + batch.getLast().position()
              + ", "
              + batch.getFirst().node().id().toString().substring(0, 8)
              + " …";
      case Output.Acknowledge(var request, _) -> "  → acknowledge " + request;
      case Output.Send(var peer, var message) -> "  → to " + peer + ": " + brief(message);
      case Output output -> "  → " + output;
      default -> "** " + what;
    };
  }

  private static String brief(Message message) {
    return switch (message) {
      case Message.Give(var runs, _, var fault) ->
          "Give of "
              + runs.size()
              + " runs"
              + (runs.isEmpty()
                  ? ""
                  : ", the last " + runs.getLast().last().id().toString().substring(0, 8))
              + (fault.isPresent() ? ", and something faulty" : "");
      case Message.Packed(var runs) -> "Packed of " + runs.events() + " events";
      case Message.Have(var ids) -> "Have of " + ids.size();
      case Message.Want(var ids) -> "Want of " + ids.size();
      case Message.Ranges(var answer, _, var ranges) ->
          (answer ? "Ranges answered, " : "Ranges asked, ") + ranges.size();
      case Message.Hello hello ->
          "Hello with "
              + hello.snapshot().frontier().count()
              + " events"
              + (hello.open() ? ", open" : "");
      case Message.Again again ->
          "Again with " + again.count() + " events" + (again.open() ? ", open" : "");
      case Message.Compare(var number, var count, _) -> "Compare " + number + " with " + count;
      case Message.Describe(var number, var answer, var open, var snapshot) ->
          "Describe "
              + number
              + " with "
              + snapshot.frontier().count()
              + (answer ? " events, an answer" : " events")
              + (open ? ", open" : "")
              + (snapshot.plain() ? ", plain" : "");
      case Message.Tips(var authors) ->
          "Tips of " + authors.tips().size() + " above " + authors.floor();
      case Message.Sketch(var floor, var symbols) ->
          "Sketch of " + symbols.size() + " symbols above " + floor;
      case Message.Common(var ids) -> "Common of " + ids.size();
      default -> message.toString();
    };
  }
}
