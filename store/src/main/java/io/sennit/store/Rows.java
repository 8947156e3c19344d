package io.sennit.store;

import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/// Rows of one family, ascending. Its user closes it.
final class Rows implements AutoCloseable {
  private final RocksIterator iterator;

  /// Takes over an iterator that stands at the first row.
  Rows(RocksIterator iterator) {
    this.iterator = iterator;
  }

  /// Whether there is a row.
  boolean valid() {
    if (iterator.isValid()) {
      return true;
    }
    try {
      iterator.status();
      return false;
    } catch (RocksDBException e) {
      throw Index.illegible(String.valueOf(e.getMessage()), e);
    }
  }

  byte[] key() {
    return iterator.key();
  }

  byte[] value() {
    return iterator.value();
  }

  void next() {
    iterator.next();
  }

  @Override
  public void close() {
    iterator.close();
  }
}
