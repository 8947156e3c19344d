package io.sennit.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sennit.event.Draft;
import io.sennit.event.EventId;
import io.sennit.event.PretendSigner;
import io.sennit.event.Reason;
import io.sennit.event.Rejection;
import io.sennit.event.Run;
import io.sennit.machine.Input;
import io.sennit.machine.RequestKey;
import io.sennit.machine.Timer;
import io.sennit.overlay.Capacity;
import io.sennit.overlay.Contact;
import io.sennit.overlay.Coordinate;
import io.sennit.overlay.Route;
import io.sennit.sync.Message;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every input comes back from its bytes as it was.
final class InputCodecTest {
  private static final PretendSigner SIGNER = PretendSigner.number(7);
  private static final Draft DRAFT = draft("{\"said\":\"é\",\"zone\":[1,2.5,null]}");

  private static final Contact CONTACT =
      new Contact(
          SIGNER.machine(), "harbour:7400", Capacity.PUBLIC, new Coordinate(1.5f, -2, 0.25f));

  private static final List<Input> INPUTS =
      List.of(
          new Input.Loaded(),
          new Input.Listening("harbour:7400"),
          new Input.Carrying(Capacity.LEAF),
          new Input.Carrying(Capacity.PUBLIC),
          new Input.Append(1, List.of(DRAFT, draft("{}")), new RequestKey("key", "fingerprint")),
          new Input.Append(Long.MAX_VALUE, List.of(DRAFT)),
          new Input.Offer(2, List.of(run(), run())),
          new Input.Persisted(1L << 40),
          new Input.StoreFull("disk full: 1 byte free"),
          new Input.StoreRoom(),
          new Input.StoreFailed("why", true),
          new Input.Damaged(List.of(1L, 2L, 3_000_000_000L)),
          new Input.Healed(List.of(7L)),
          new Input.PeerUp(3, SIGNER.machine()),
          new Input.PeerUp(3, SIGNER.machine(), true),
          new Input.Known(List.of(CONTACT, CONTACT)),
          new Input.Unreachable(CONTACT),
          new Input.Received(
              4,
              new Message.Give(
                  List.of(run()), Optional.empty(), Optional.of(Route.of(2, Route.PULLED)))),
          new Input.PeerDown(3),
          new Input.Received(
              4, new Message.Give(List.of(run()), Optional.empty(), Optional.empty())),
          new Input.Received(
              4,
              new Message.Give(
                  List.of(), Optional.of(new Rejection(Reason.NOT_JSON, "byte 0: what is that")))),
          new Input.Received(5, new Message.Have(List.of(new EventId(1, 2, 3, 4)))),
          new Input.Received(5, new Message.End()),
          new Input.Drained(5),
          new Input.TimerFired(new Timer.Prove(6)),
          new Input.TimerFired(new Timer.Ask()),
          new Input.TimerFired(new Timer.Heal()),
          new Input.TimerFired(new Timer.Integrate()),
          new Input.TimerFired(new Timer.Parents(8)),
          new Input.TimerFired(new Timer.Overlay()),
          new Input.Fence(),
          new Input.Resume());

  private static Draft draft(String json) {
    var drafting = Draft.of(json.getBytes(StandardCharsets.UTF_8), "2026-01-01T00:00:00.000Z");
    return ((Draft.Drafting.Drafted) drafting).draft();
  }

  private static Run run() {
    var parent = new EventId(1, 1, 1, 1);
    return new Run(List.of(DRAFT.finishSealed(SIGNER, List.of(parent), 0)));
  }

  private static byte[] bytes(Input input) {
    var out = new ByteWriter();
    new InputCodec().write(out, input);
    return out.take();
  }

  @Test
  void everyInputComesBack() {
    for (var input : INPUTS) {
      var in = new ByteReader(bytes(input));
      var back = new InputCodec().read(in);
      assertThat(in.atEnd()).as("%s", input).isTrue();
      assertThat(bytes(back)).as("%s", input).isEqualTo(bytes(input));
      if (!(input instanceof Input.Append)) { // drafts are compared by their bytes
        assertThat(back).isEqualTo(input);
      }
    }
  }

  @Test
  void noKindOfInputAndNoTimerIsForgotten() {
    assertThat(INPUTS.stream().map(Object::getClass).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Input.class.getPermittedSubclasses());
    assertThat(
            INPUTS.stream()
                .filter(Input.TimerFired.class::isInstance)
                .map(input -> ((Input.TimerFired) input).timer().getClass())
                .collect(Collectors.toSet()))
        .isEqualTo(Set.of(Timer.class.getPermittedSubclasses()));
  }

  @Test
  void whatIsCutOffIsRefused() {
    for (var input : INPUTS) {
      var whole = bytes(input);
      for (int length = 0; length < whole.length; length++) {
        var in = new ByteReader(Arrays.copyOf(whole, length));
        assertThatThrownBy(() -> new InputCodec().read(in))
            .as("%s, %s bytes", input, length)
            .isInstanceOf(MalformedRecordingException.class);
      }
    }
  }
}
