package io.sennit.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionOptionsUniversal;
import org.rocksdb.CompactionStyle;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.FlushOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.StringAppendOperator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB: owns every native object but the [Moment]s, and closes them.
///
/// Everything in it is derived from the log, so it writes no log of its own; a batch is in its
/// files whole or not at all, in all families (atomic flush).
final class Index implements AutoCloseable {
  /// What to do about an index that cannot be read.
  static final String REMEDY =
      "stop the machine and run `sennit repair` on its directory; it is built again from the log";

  private static final String SIZE_OF_FILES = "rocksdb.live-sst-files-size";

  static final byte[] CHECKPOINT_KEY = {'c'};
  private static final long CACHE_SIZE_BYTES = 64 << 20;
  private static final long WRITE_BUFFER_SIZE_BYTES = 32 << 20;

  /// Of all families together.
  private static final long WRITE_BUFFERS_SIZE_BYTES = 96 << 20;

  /// Families whose files overlap, whatever is added: files of about the same size are merged. By
  /// level, each merge would write all of the family again. Nearly nothing in them is ever
  /// replaced, so they are not merged for the sake of room.
  private static final Set<Family> MERGED_BY_SIZE =
      EnumSet.of(Family.LISTS, Family.HEIGHTS, Family.SUMS);

  private static final int SIZE_AMPLIFICATION_PERCENT_MAX = 1000;

  /// One merge of the other families writes about so much before it deletes what it read.
  private static final long MERGE_SIZE_BYTES_MAX = 64 << 20;

  private final List<AutoCloseable> owned;
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families;
  private final WriteOptions writeOptions;

  /// Bytes of batches that are in memory for certain, and of those that may be: they were told to
  /// be flushed. One thread writes both.
  private final AtomicLong unflushedSizeBytes = new AtomicLong();

  private volatile long flushedLastSizeBytes;

  private int moments;
  private boolean closed;

  private Index(
      List<AutoCloseable> owned,
      RocksDB db,
      List<ColumnFamilyHandle> families,
      WriteOptions writeOptions) {
    this.owned = owned;
    this.db = db;
    this.families = families;
    this.writeOptions = writeOptions;
  }

  static StoreException illegible(String what) {
    return illegible(what, null);
  }

  static StoreException illegible(String what, @Nullable Throwable cause) {
    return StoreException.indexIllegible(
        "the index cannot be read (%s): %s".formatted(what, REMEDY), cause);
  }

  /// Opens what is there, or an empty one.
  ///
  /// @throws RocksDBException when what is there is no whole index
  static Index open(Path directory) throws RocksDBException {
    NativeLibraries.load();
    var owned = new ArrayList<AutoCloseable>();
    try {
      Files.createDirectories(directory);
      var cache = own(owned, new LRUCache(CACHE_SIZE_BYTES));
      var append = own(owned, new StringAppendOperator(""));
      var bySize =
          own(owned, new CompactionOptionsUniversal())
              .setMaxSizeAmplificationPercent(SIZE_AMPLIFICATION_PERCENT_MAX);
      var descriptors = new ArrayList<ColumnFamilyDescriptor>();
      for (var family : Family.values()) {
        var table =
            new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setCacheIndexAndFilterBlocks(true)
                .setCacheIndexAndFilterBlocksWithHighPriority(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFormatVersion(5);
        var options =
            own(owned, new ColumnFamilyOptions())
                .setTableFormatConfig(table)
                .setWriteBufferSize(WRITE_BUFFER_SIZE_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setLevelCompactionDynamicLevelBytes(true)
                .setMergeOperator(append);
        if (MERGED_BY_SIZE.contains(family)) {
          options
              .setCompactionStyle(CompactionStyle.UNIVERSAL)
              .setCompactionOptionsUniversal(bySize);
        }
        if (family == Family.LISTS) {
          options.setCompressionType(CompressionType.NO_COMPRESSION); // hashes
        }
        descriptors.add(new ColumnFamilyDescriptor(family.familyName(), options));
      }
      var options =
          own(owned, new DBOptions())
              .setCreateIfMissing(true)
              .setCreateMissingColumnFamilies(true)
              .setAtomicFlush(true)
              .setMaxBackgroundJobs(2)
              .setDbWriteBufferSize(WRITE_BUFFERS_SIZE_BYTES)
              .setMaxOpenFiles(512)
              .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
              .setKeepLogFileNum(1)
              .setStatsDumpPeriodSec(0)
              .setStatsPersistPeriodSec(0);
      var families = new ArrayList<ColumnFamilyHandle>();
      var db = RocksDB.open(options, directory.toString(), descriptors, families);
      for (int i = 0; i < families.size(); i++) {
        if (families.get(i).getID() != i) {
          throw new StoreException("the index has other families than this build's: " + REMEDY);
        }
      }
      var writeOptions = own(owned, new WriteOptions()).setDisableWAL(true);
      return new Index(owned, db, families, writeOptions);
    } catch (IOException e) {
      throw new StoreException("cannot make " + directory, e);
    } catch (RocksDBException | RuntimeException e) {
      closeAll(owned);
      throw e;
    }
  }

  private static <T extends AutoCloseable> T own(List<AutoCloseable> owned, T resource) {
    owned.add(resource);
    return resource;
  }

  private static void closeAll(List<AutoCloseable> owned) {
    for (var resource : owned.reversed()) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new StoreException("cannot release RocksDB", e);
      }
    }
  }

  /// Deletes an index that is not usable.
  static void delete(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new StoreException("cannot delete " + directory, e);
    }
  }

  /// The value, or null. Asked by the thread that writes; readers ask a [Moment].
  byte @Nullable [] get(Family family, byte[] key) {
    try {
      return db.get(handle(family), key);
    } catch (RocksDBException e) {
      throw illegible(family + " " + e.getMessage(), e);
    }
  }

  byte @Nullable [] get(Family family, ReadOptions options, byte[] key) {
    try {
      return db.get(handle(family), options, key);
    } catch (RocksDBException e) {
      throw illegible(family + " " + e.getMessage(), e);
    }
  }

  RocksIterator iterator(Family family, ReadOptions options) {
    return db.newIterator(handle(family), options);
  }

  private ColumnFamilyHandle handle(Family family) {
    return families.get(family.number());
  }

  void write(IndexBatch batch) {
    var bytes = batch.toBytes();
    try (var rows = new WriteBatch(bytes)) {
      db.write(writeOptions, rows);
      unflushedSizeBytes.addAndGet(bytes.length);
    } catch (RocksDBException e) {
      throw new StoreException("RocksDB cannot write: " + e.getMessage(), e);
    }
  }

  /// Puts everything written so far into files.
  ///
  /// @param wait until it is done
  void flush(boolean wait) {
    flushedLastSizeBytes = unflushedSizeBytes.getAndSet(0);
    try (var options = new FlushOptions().setWaitForFlush(wait).setAllowWriteStall(true)) {
      db.flush(options, families);
    } catch (RocksDBException e) {
      throw new StoreException("RocksDB cannot flush: " + e.getMessage(), e);
    }
  }

  /// What must be free so that what is in memory can be written and merged with what is there.
  long neededBytes() {
    try {
      long inFiles = db.getAggregatedLongProperty(SIZE_OF_FILES);
      long whole = 0;
      for (var family : MERGED_BY_SIZE) {
        whole += db.getLongProperty(handle(family), SIZE_OF_FILES);
      }
      return unflushedSizeBytes.get()
          + flushedLastSizeBytes
          + Math.max(whole, Math.min(inFiles, MERGE_SIZE_BYTES_MAX));
    } catch (RocksDBException e) {
      throw illegible("its size", e);
    }
  }

  /// What is written now, for readers; whoever takes it releases it.
  synchronized Moment moment() {
    if (closed) {
      throw new StoreException("the store is closed");
    }
    moments++;
    var snapshot = db.getSnapshot();
    var options = new ReadOptions().setSnapshot(snapshot);
    return new Moment(
        this,
        options,
        () -> {
          options.close();
          db.releaseSnapshot(snapshot);
          snapshot.close();
          released();
        });
  }

  private synchronized void released() {
    moments--;
    notifyAll();
  }

  /// Waits until the last reader is done, and closes.
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    boolean interrupted = false;
    while (moments > 0) {
      try {
        wait();
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    families.forEach(ColumnFamilyHandle::close);
    db.close();
    closeAll(owned);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
