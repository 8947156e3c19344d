package io.sennit;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.Configuration.consideringOnlyDependenciesInDiagram;
import static com.tngtech.archunit.library.plantuml.rules.PlantUmlArchCondition.adhereToPlantUmlDiagram;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.sennit.simulator.Hunter;
import io.sennit.simulator.Simulator;
import io.sennit.simulator.large.Fidelity;
import io.sennit.simulator.tips.Border;
import java.util.TreeSet;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// Holds the code of all modules against `docs/architecture.puml` and a few rules that the picture
/// cannot say.
class ArchitectureTest {
  private static final String[] CORE = {
    "io.sennit.event..",
    "io.sennit.dag..",
    "io.sennit.overlay..",
    "io.sennit.sync..",
    "io.sennit.machine..",
    "io.sennit.recording.."
  };

  private static final JavaClasses CODE =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("io.sennit");

  @Test
  void everyRoomUsesOnlyWhatThePictureAllows() {
    var picture = Repository.ROOT.resolve("docs/architecture.puml");
    classes()
        .should(adhereToPlantUmlDiagram(picture, consideringOnlyDependenciesInDiagram()))
        .because("a new arrow is drawn in docs/architecture.puml before it is used")
        .check(CODE);
  }

  @Test
  void everyRoomOfThePictureIsHere() {
    assertThat(CODE)
        .extracting(type -> type.getPackageName().split("\\.", -1)[2])
        .contains(
            "event",
            "dag",
            "overlay",
            "sync",
            "machine",
            "recording",
            "store",
            "node",
            "app",
            "simulator",
            "bench");
  }

  @Test
  void packagesHaveNoCircles() {
    slices()
        .matching("io.sennit.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(name("io.sennit.app.Main"), alwaysTrue()) // nobody uses the entry point
        .check(CODE);
  }

  @Test
  void theCoreDependsOnNothingButJavaAndOneParser() {
    classes()
        .that()
        .resideInAnyPackage(CORE)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "io.sennit..",
            "java.lang..",
            "java.util..",
            "java.io",
            "java.math",
            "java.nio..",
            "java.security..",
            "tools.jackson.core..",
            "org.jspecify.annotations")
        .check(CODE);
  }

  @Test
  void onlyTheStoreKnowsItsEngineAndOnlyTheAppItsServer() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sennit.store..", "io.sennit.bench.peer..") // a peer, too
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.rocksdb..")
        .check(CODE);
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sennit.app..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.helidon..", "picocli..", "me.tongfei..", "org.jline..")
        .check(CODE);
  }

  @Test
  void aLibraryDoesNotPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.sennit.app..", "io.sennit.bench..")
        .and()
        .doNotBelongToAnyOf(Simulator.class, Hunter.class, Fidelity.class, Border.class) // commands
        .should(ACCESS_STANDARD_STREAMS)
        .check(CODE);
  }

  @Test
  void everyPackageSaysThatAbsenceIsMarked() {
    var unmarked = new TreeSet<String>();
    for (JavaClass type : CODE) {
      if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
        unmarked.add(type.getPackageName());
      }
    }
    unmarked.remove(""); // module-info
    assertThat(unmarked).as("packages whose package-info lacks @NullMarked").isEmpty();
  }
}
