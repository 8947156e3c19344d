/// The same core in a pretended world.
module io.sennit.simulator {
  requires static transitive org.jspecify;
  requires transitive io.sennit.core;
  requires java.management;
  requires tools.jackson.core;

  exports io.sennit.simulator;
  exports io.sennit.simulator.large;
}
