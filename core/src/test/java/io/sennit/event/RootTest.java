package io.sennit.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootTest {
  private static final PretendSigner FOUNDER = PretendSigner.number(7);

  private static Root found(String name, byte[] salt) {
    return Root.found(FOUNDER, name, salt, EventMaker.TIME);
  }

  @Test
  void whatIsFoundedIsReadByEverybody() {
    for (var name :
        new String[] {"", "harbour", "Werft \"Nord\"\n\t\\", "\0€😀\uffff", "n".repeat(60_000)}) {
      var root = found(name, new byte[16]);
      assertThat(Root.read(root.event().toJson(), PretendSigner.seals()))
          .isEqualTo(new Root.Reading.Read(root));
      assertThat(root.name()).isEqualTo(name);
      assertThat(root.open()).isTrue();
      assertThat(root.event().machine()).isEqualTo(FOUNDER.machine());
      assertThat(root.event().parents()).isEmpty();
      assertThat(Run.of(List.of(root.event()))).isInstanceOf(Run.Forming.Formed.class);
    }
  }

  @Test
  void theSaltSetsFederationsOfOneNameApart() {
    var other = new byte[16];
    other[15] = 1;
    assertThat(found("n", other).event()).isNotEqualTo(found("n", new byte[16]).event());
  }

  @Test
  void noRootHasANameThatIsNoTextOrDoesNotFit() {
    assertThatIllegalArgumentException().isThrownBy(() -> found("\ud800", new byte[16]));
    assertThatIllegalArgumentException().isThrownBy(() -> found("n".repeat(66_000), new byte[16]));
    assertThatIllegalArgumentException().isThrownBy(() -> found("n", new byte[15]));
  }

  @Test
  void aRefusalSaysWhy() {
    assertThat(Root.read("{}".getBytes(UTF_8), PretendSigner.seals()))
        .isInstanceOfSatisfying(
            Root.Reading.Refused.class,
            refused -> assertThat(refused.why()).startsWith("not an event: MALFORMED_MEMBER"));
    var json = found("n", new byte[16]).event().toJson();
    assertThat(Root.read(json, (machine, message, seal) -> false))
        .isInstanceOfSatisfying(
            Root.Reading.Refused.class,
            refused -> assertThat(refused.why()).contains("seal", "founder"));
  }

  @Test
  void theWorkedExampleOfTheFormatHolds() throws IOException {
    var page = Files.readString(Path.of("..", "docs", "event-format.md"));
    var line = page.lines().filter(text -> text.startsWith("{\"machine\"")).toList();
    assertThat(line).hasSize(1);
    var reading = Root.read(line.getFirst().getBytes(UTF_8), Ed25519Reference.seals());
    assertThat(reading).isInstanceOf(Root.Reading.Read.class);
    var event = ((Root.Reading.Read) reading).root().event();
    assertThat(page)
        .contains("\n" + event.id() + "  -\n")
        .contains("signed bytes, " + event.signedBytes().length + " of them");
    var sennit = page.lines().filter(text -> text.startsWith("{\"admins\"")).toList();
    var key = event.machine().toString();
    assertThat(event.toString())
        .contains(
            sennit
                .getFirst()
                .replace("<key>", key)
                .replace("<name>", "harbour")
                .replace("<salt>", "AAECAwQFBgcICQoLDA0ODw"));
  }
}
