package io.sennit.bench;

/// One thing that `bench/run` measures.
interface Measurement {
  /// As `bench/run NAME` calls it.
  String name();

  Result run(Options options) throws Exception;
}
