/// The embeddable machine: one driver thread, links over TLS 1.3, and the `Sennit` API.
module io.sennit.node {
  requires static transitive org.jspecify;
  requires transitive io.sennit.core;
  requires transitive io.sennit.store;
  requires com.github.luben.zstd_jni;
  requires org.bouncycastle.provider;
  requires tools.jackson.core;

  exports io.sennit.node;
}
