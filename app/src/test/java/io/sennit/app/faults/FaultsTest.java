package io.sennit.app.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sennit.Seeds;
import java.nio.file.Path;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// A few rounds of every fault.
final class FaultsTest {
  private static final int CROWD = 10;
  private static final long CROWD_SECONDS = 15;

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyFaultLeavesThePromiseWhole() {
    return Faults.all(0, CROWD, CROWD_SECONDS).stream().map(Supplier::get).map(this::test);
  }

  private DynamicTest test(Fault fault) {
    return DynamicTest.dynamicTest(
        fault.name() + ": " + fault.promise(),
        () -> {
          assumeTrue(fault.impossible().isEmpty(), () -> fault.impossible().orElseThrow());
          Seeds.check(
              1,
              random -> {
                int rounds = fault.roundsInCheck();
                var outcome = fault.run(folder.resolve(fault.name()), random, rounds);
                System.out.printf("%s, %d rounds: %s%n", fault.name(), rounds, outcome);
              });
        });
  }
}
