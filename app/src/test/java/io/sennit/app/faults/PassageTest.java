package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.node.Address;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class PassageTest {
  private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  @SuppressWarnings("NullAway.Init")
  private ServerSocket behind;

  @SuppressWarnings("NullAway.Init")
  private Passage passage;

  @BeforeEach
  void open() throws IOException {
    behind = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    passage = new Passage(_ -> DELAY_NANOS);
    passage.to(new Address("127.0.0.1", behind.getLocalPort()));
  }

  @AfterEach
  void close() throws IOException {
    passage.close();
    behind.close();
  }

  private Socket dial() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), passage.address().port());
  }

  @Test
  void whatPassesIsDelayedInBothDirectionsAndStaysInOrder() throws IOException {
    try (var near = dial();
        var far = behind.accept()) {
      for (int n = 0; n < 3; n++) {
        long sentNanos = System.nanoTime();
        near.getOutputStream().write(new byte[] {1, 2, 3});
        assertThat(far.getInputStream().readNBytes(3)).containsExactly(1, 2, 3);
        far.getOutputStream().write(4);
        assertThat(near.getInputStream().read()).isEqualTo(4);
        assertThat(System.nanoTime() - sentNanos).isGreaterThanOrEqualTo(2 * DELAY_NANOS);
      }
    }
  }

  @Test
  void aConnectionIsCutAndTheNextOnePasses() throws IOException {
    try (var near = dial();
        var far = behind.accept()) {
      Fleet.until("there is a connection to cut", () -> passage.cut(new SplittableRandom(1)));
      assertThat(ended(near)).isTrue();
      assertThat(ended(far)).isTrue();
    }
    try (var near = dial();
        var far = behind.accept()) {
      near.getOutputStream().write(7);
      assertThat(far.getInputStream().read()).isEqualTo(7);
    }
  }

  @Test
  void nobodyGetsThroughWhileItIsShut() throws IOException {
    passage.shut();
    try (var near = dial()) {
      assertThat(ended(near)).isTrue();
    }
    passage.open();
    try (var near = dial();
        var far = behind.accept()) {
      near.getOutputStream().write(7);
      assertThat(far.getInputStream().read()).isEqualTo(7);
    }
  }

  private static boolean ended(Socket socket) {
    try {
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void whoDialledIsKnown() throws IOException {
    assumeTrue(Dialler.known());
    long here = ProcessHandle.current().pid();
    try (var near = new Socket(InetAddress.getLoopbackAddress(), behind.getLocalPort());
        var accepted = behind.accept()) {
      assertThat(near.isConnected()).isTrue();
      assertThat(Dialler.of(accepted, List.of(here))).contains(here);
      assertThat(Dialler.of(accepted, List.of())).isEmpty();
    }
  }
}
