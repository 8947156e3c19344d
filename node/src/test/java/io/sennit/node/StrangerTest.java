package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sennit.dag.Digests;
import io.sennit.event.EventId;
import io.sennit.sync.AuthorTips;
import io.sennit.sync.Frontier;
import io.sennit.sync.Ladder;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import io.sennit.sync.Snapshot;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Peers that do not behave: another version, garbage, and one that stops reading.
final class StrangerTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;
  private Sennit machine;
  private Address at;

  @BeforeEach
  void found() {
    Sennit.init(folder.resolve("a"), "test");
    machine = Sennit.open(folder.resolve("a"));
    at = machine.listen(new Address("127.0.0.1", 0));
  }

  @AfterEach
  void close() {
    machine.close();
  }

  /// A raw end of a link.
  private final class Stranger implements AutoCloseable {
    final Socket plain = new Socket(at.host(), at.port());
    final MessageCodec codec = new MessageCodec();
    final DataInputStream in;
    final DataOutputStream out;

    Stranger() throws IOException {
      var secured = new Tls(MachineKey.generate()).secure(plain, true).socket();
      in = new DataInputStream(secured.getInputStream());
      out = new DataOutputStream(secured.getOutputStream());
    }

    void say(Message message) throws IOException {
      say(codec.encode(message));
    }

    void say(byte[] message) throws IOException {
      Frame.write(new Frame.Carrying(message), out);
      out.flush();
    }

    Message hear() throws IOException {
      var frame = (Frame.Carrying) Frame.read(in, Frame.readLength(in));
      return ((MessageCodec.Decoding.Decoded) codec.decode(frame.message())).message();
    }

    @Override
    public void close() throws IOException {
      plain.close();
    }
  }

  private Message.Hello hello(int version, EventId root) {
    var tip = machine.root().event().id();
    var frontier = new Frontier(1, Digests.ofTips(List.of(tip)), List.of(tip), 1);
    return new Message.Hello(
        version,
        root,
        "",
        true,
        new Snapshot(frontier, 1, new Ladder(0, List.of()), new AuthorTips(0, List.of())));
  }

  @Test
  void anotherVersionIsRefusedWithTheReason() throws IOException {
    try (var stranger = new Stranger()) {
      assertThat(stranger.hear()).isInstanceOf(Message.Hello.class);
      stranger.say(hello(99, machine.root().event().id()));
      assertThat(stranger.hear())
          .isInstanceOfSatisfying(
              Message.Refuse.class,
              refusal ->
                  assertThat(refusal.reason()).contains("version " + Message.VERSION + ", not 99"));
    }
    assertThat(machine.status().mode()).isEqualTo("active");
  }

  @Test
  void garbageEndsTheLinkAndNothingElse() throws IOException {
    try (var stranger = new Stranger()) {
      assertThat(stranger.hear()).isInstanceOf(Message.Hello.class);
      stranger.say(new byte[] {77, 1, 2, 3});
      assertThat(stranger.in.read()).isEqualTo(-1);
    }
    assertThat(machine.append("{}").join().position()).isEqualTo(2);
  }

  @Test
  void aFrameThatPromisesTooMuchEndsTheLink() throws IOException {
    try (var stranger = new Stranger()) {
      assertThat(stranger.hear()).isInstanceOf(Message.Hello.class);
      stranger.out.writeInt(Integer.MAX_VALUE);
      stranger.out.flush();
      assertThat(stranger.in.read()).isEqualTo(-1);
    }
    assertThat(machine.append("{}").join().position()).isEqualTo(2);
  }

  @Test
  void aPeerThatStopsReadingSlowsNobody() throws IOException {
    Sennit.join(folder.resolve("b"), machine.invite(List.of(at)));
    try (var stranger = new Stranger();
        var other = Sennit.open(folder.resolve("b"))) {
      var root = machine.root().event().id();
      stranger.say(hello(Message.VERSION, root));
      stranger.say(new Message.Verdict(0, Message.Knows.ALL)); // now everything new is pushed to it
      other.connectKnownPeers();
      var written = new ArrayList<CompletableFuture<?>>();
      var text = "x".repeat(8_000);
      for (int n = 0; n < 4_000; n++) { // 32 MB, far more than sockets and queues hold
        written.add(machine.append("{\"n\":" + n + ",\"text\":\"" + text + "\"}"));
      }
      written.forEach(CompletableFuture::join);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> assertThat(other.status().digest()).isEqualTo(machine.status().digest()));
      assertThat(machine.status().peers())
          .as("the one that does not read is still there, far behind")
          .hasSize(2);
    }
  }
}
