package io.sennit.bench.peer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/// RocksDB as it comes, in this process: the record under its random 32-byte key.
public final class RocksDb implements Peer.Appends {
  private static final int BATCH = 1_000;

  /// Nothing runs until a writer is wanted.
  public RocksDb(Path folder) {
    RocksDB.loadLibrary();
    if (!folder.toFile().isDirectory()) {
      throw new IllegalArgumentException(folder + " is no folder");
    }
  }

  @Override
  public String name() {
    return "RocksDB";
  }

  @Override
  public String about() {
    return "RocksDB "
        + RocksDB.rocksdbVersion()
        + " in the same process, default options, the record under a random key of 32 bytes. Waiting clients put with"
        + " `sync`, which RocksDB groups; pipelined are batches of 1,000 without any fsync. No order of arrival, no"
        + " hashes, no seals, no replication.";
  }

  @Override
  public Optional<Writer> writer(Path folder, int clients) throws RocksDBException {
    return Optional.of(new Puts(folder, clients > 0));
  }

  @Override
  public void close() {
    // Each writer closes what it opened.
  }

  private static final class Puts implements Writer {
    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions write;
    private final WriteBatch batch = new WriteBatch();
    private final List<CompletableFuture<Void>> batched = new ArrayList<>();
    private final boolean sync;
    private final RocksDB db;

    Puts(Path folder, boolean sync) throws RocksDBException {
      this.sync = sync;
      this.write = new WriteOptions().setSync(sync);
      this.db = RocksDB.open(options, folder.toString());
    }

    @Override
    public CompletableFuture<Void> write(Order order) {
      try {
        if (sync) {
          db.put(write, order.id(), order.body());
          return CompletableFuture.completedFuture(null);
        }
        batch.put(order.id(), order.body());
        var answer = new CompletableFuture<Void>();
        batched.add(answer);
        if (batched.size() == BATCH) {
          flush();
        }
        return answer;
      } catch (RocksDBException e) {
        return CompletableFuture.failedFuture(e);
      }
    }

    @Override
    public boolean blocks() {
      return true;
    }

    @Override
    public void flush() {
      try {
        db.write(write, batch);
        batched.forEach(answer -> answer.complete(null));
      } catch (RocksDBException e) {
        batched.forEach(answer -> answer.completeExceptionally(e));
      }
      batched.clear();
      batch.clear();
    }

    @Override
    public void close() {
      db.close();
      batch.close();
      write.close();
      options.close();
    }
  }
}
