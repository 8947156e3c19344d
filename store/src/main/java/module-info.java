/// The embedded store: a segment log that is the truth, and a RocksDB index derived from it.
@SuppressWarnings("requires-automatic") // rocksdbjni has no module descriptor
module io.sennit.store {
  requires static transitive org.jspecify;
  requires transitive io.sennit.core;
  requires rocksdbjni;
  requires com.github.luben.zstd_jni;

  exports io.sennit.store;
}
