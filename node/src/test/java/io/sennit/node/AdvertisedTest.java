package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What others are told is an address that they can dial.
final class AdvertisedTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path folder;

  private static List<Address> guess(String... candidates) {
    return Advertised.guess(7400, Stream.of(candidates).map(InetAddress::ofLiteral).toList());
  }

  @Test
  void aWildcardIsNeverNamed() {
    for (var text : List.of("0.0.0.0:7400", "[::]:7400", "[0:0:0:0:0:0:0:0]:0")) {
      assertThat(Address.parse(text).wildcard()).as(text).isTrue();
    }
    for (var text : List.of("127.0.0.1:7400", "[::1]:7400", "ship.example:7400", "0.0.0.1:0")) {
      assertThat(Address.parse(text).wildcard()).as(text).isFalse();
    }
    assertThat(guess("0.0.0.0", "::", "127.0.0.1", "::1", "fe80::1", "169.254.3.4")).isEmpty();
    assertThat(guess("127.0.0.1", "10.1.2.3", "192.168.1.1"))
        .containsExactly(new Address("10.1.2.3", 7400));
    assertThat(guess("2001:db8::7").getFirst()).hasToString("[2001:db8:0:0:0:0:0:7]:7400");
  }

  @Test
  void whatAnOperatorSaysIsNamedWithThePortInUse() {
    var bound = new Address("0.0.0.0", 7400);
    var said = List.of(new Address("ship.example", 0), new Address("203.0.113.5", 443));
    assertThat(Advertised.of(bound, said))
        .containsExactly(new Address("ship.example", 7400), new Address("203.0.113.5", 443));
    assertThat(Advertised.of(new Address("127.0.0.1", 7400), List.of()))
        .containsExactly(new Address("127.0.0.1", 7400));
  }

  @Test
  void peersAndTicketsAreToldTheAdvertisedAddress() {
    Sennit.init(folder.resolve("a"), "test");
    try (var a = Sennit.open(folder.resolve("a"))) {
      var bound = a.listen(new Address("0.0.0.0", 0), List.of(new Address("127.0.0.2", 0)));
      var named = new Address("127.0.0.2", bound.port());
      assertThat(a.advertised()).containsExactly(named);
      assertThat(a.status().listen()).isEqualTo(bound.toString());

      // b knows a by yet another address, and hears the one that a advertises.
      Sennit.join(folder.resolve("b"), a.invite(List.of(new Address("127.0.0.3", bound.port()))));
      try (var b = Sennit.open(folder.resolve("b"))) {
        b.connectKnownPeers();
        await()
            .atMost(PATIENCE)
            .untilAsserted(() ->
                assertThat(b.status().peers())
                    .anyMatch(peer ->
                        peer.address().equals(named.toString()) && peer.state().equals("in-sync")));
        assertThat(b.status().peers()).noneMatch(peer -> peer.address().startsWith("0.0.0.0"));
      }
    }
  }

  @Test
  void aWildcardCannotBeAdvertised() {
    Sennit.init(folder.resolve("a"), "test");
    try (var a = Sennit.open(folder.resolve("a"))) {
      var wildcard = new Address("0.0.0.0", 7400);
      assertThatThrownBy(() -> a.listen(new Address("127.0.0.1", 0), List.of(wildcard)))
          .isInstanceOf(SennitException.class)
          .hasMessageContaining("wildcard");
    }
  }
}
