package io.sennit.bench;

import java.util.List;

/// What two machines say to each other when they hold the same.
final class InSyncBench implements Measurement {
  private static final int EVENTS = 10_000;
  private static final Target PROOF = Target.atMost(100);

  @Override
  public String name() {
    return "in-sync";
  }

  @Override
  public Result run(Options options) throws Exception {
    var talk = new Talk();
    talk.write(EVENTS / 2);
    talk.meet();
    var again = talk.proveAgain();
    talk.part();
    var met = talk.meet();
    return new Result(
        name(),
        "Two machines hold the same "
            + Figure.count(EVENTS)
            + " events, which end in two tips. The core as it is, in memory, as in `chain`: bytes of all messages, both directions together,"
            + " before frames and TLS, and without the addresses that machines say that listen; first when the timer says that equality is to be proven once more, then when"
            + " they are connected again, having met before.",
        Surroundings.describe(),
        List.of(
            Figure.once("Sennit, proof while connected", "B", (double) again.controlBytes())
                .must(PROOF),
            Figure.once("Sennit, proof when connecting", "B", (double) met.controlBytes())
                .must(PROOF)));
  }
}
