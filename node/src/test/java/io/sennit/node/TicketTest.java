package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A ticket's way from hand to hand.
final class TicketTest {
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  @TempDir Path folder;
  private Ticket ticket;

  @BeforeEach
  void found() {
    Sennit.init(folder.resolve("a"), "test");
    try (var sennit = Sennit.open(folder.resolve("a"))) {
      ticket = sennit.invite(List.of(new Address("127.0.0.1", 7400), new Address("ship", 1)));
    }
  }

  private static void refused(String text) {
    assertThatThrownBy(() -> Ticket.parse(text))
        .as(text)
        .isInstanceOfSatisfying(
            SennitException.class,
            e -> assertThat(e.kind()).isEqualTo(SennitException.Kind.REFUSED))
        .hasMessageStartingWith("this is no ticket: ");
  }

  @Test
  void itComesBackAsItWas() {
    assertThat(Ticket.parse(" " + ticket + "\n")).hasToString(ticket.toString());
    assertThat(Ticket.parse(ticket.toString()).addresses()).isEqualTo(ticket.addresses());
  }

  @Test
  void anyOtherCharacterAtAnyPlaceIsRefused() {
    var text = ticket.toString();
    for (int at = 0; at < text.length(); at++) {
      var before = text.substring(0, at);
      char here = text.charAt(at);
      var after = text.substring(at + 1);
      for (int letter = 0; letter < LETTERS.length(); letter++) {
        if (LETTERS.charAt(letter) != here) {
          refused(before + LETTERS.charAt(letter) + after);
        }
      }
      refused(before);
      refused(before + after);
      refused(before + here + here + after);
      if (!after.isEmpty() && after.charAt(0) != here) {
        refused(before + after.charAt(0) + here + after.substring(1));
      }
    }
  }
}
