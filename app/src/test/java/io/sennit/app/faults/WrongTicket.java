package io.sennit.app.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.sennit.app.cli.Shell;
import io.sennit.app.view.Invitation;
import io.sennit.node.Sennit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// Tickets that were mangled on the way, or name a machine that is another one now.
final class WrongTicket implements Fault {
  private static final int MANGLED = 40;

  @Override
  public String name() {
    return "wrong-ticket";
  }

  @Override
  public String how() {
    return "one character of a ticket is changed, left out or doubled, %d times a round; a ticket whose address answers with another key"
        .formatted(MANGLED);
  }

  @Override
  public String promise() {
    return "refused in words, and no directory is made; or, where the key is another one, no connection";
  }

  @Override
  public int roundsInCheck() {
    return 1;
  }

  @Override
  public String run(Path folder, SplittableRandom random, int rounds) throws Exception {
    int refused = 0;
    try (var fleet = new Fleet(folder.resolve("fleet"))) {
      fleet.start(0);
      var ticket = Invitation.read(fleet.dir(0), List.of(fleet.address(0))).toString();
      for (int round = 0; round < rounds; round++) {
        for (int n = 0; n < MANGLED; n++) {
          var wrong = mangled(ticket, random);
          var dir = folder.resolve("never");
          var answer = Shell.run("join", wrong, "--dir", dir);
          assertThat(answer.code()).as(wrong).isEqualTo(3);
          assertThat(answer.err().strip()).as(wrong).isNotEmpty().doesNotContain("\n");
          assertThat(dir).doesNotExist();
          refused++;
        }
      }
      anotherKey(fleet, folder);
    }
    return "%,d mangled tickets refused; another key at the address refused".formatted(refused);
  }

  private static String mangled(String ticket, SplittableRandom random) {
    int at = random.nextInt(ticket.length());
    var rest = ticket.substring(at + 1);
    char before = ticket.charAt(at);
    char other = before == 'A' ? 'B' : 'A';
    return ticket.substring(0, at)
        + switch (random.nextInt(3)) {
          case 0 -> other;
          case 1 -> "";
          default -> "" + before + before;
        }
        + rest;
  }

  /// The address of the ticket now belongs to another machine of the same federation.
  private static void anotherKey(Fleet fleet, Path folder) throws Exception {
    fleet.join(1, fleet.address(0));
    fleet.start(1);
    Sennit.join(folder.resolve("joiner"), Invitation.read(fleet.dir(0), List.of(fleet.address(1))));
    Files.move(folder.resolve("joiner"), fleet.dir(2));
    var joiner = fleet.start(2);
    Fleet.until(
        "the refusal", () -> joiner.door().status().contains("the ticket names another machine"));
    fleet.write(1, 1);
    assertThat(joiner.events()).isEqualTo(1);
  }
}
