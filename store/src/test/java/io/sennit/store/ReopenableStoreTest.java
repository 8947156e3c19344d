package io.sennit.store;

import io.sennit.dag.EventStore;
import io.sennit.dag.EventStoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// A store that is opened again in place, again and again, keeps the contract.
final class ReopenableStoreTest extends EventStoreContract {
  private static final int REOPENED_EVERY = 5;

  private final List<ReopenableStore> open = new ArrayList<>();
  private int batches;

  @TempDir Path directory;

  @AfterEach
  void closeAll() {
    open.forEach(ReopenableStore::close);
  }

  @Override
  protected EventStore freshStore() {
    var folder = directory.resolve("store-" + open.size());
    var store = new ReopenableStore(() -> Stores.open(folder));
    open.add(store);
    return (EventStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EventStore.class},
            (_, method, arguments) -> call(store, method, arguments));
  }

  /// Carries it out; every few batches the store is then opened again.
  private @Nullable Object call(ReopenableStore store, Method method, Object @Nullable [] arguments)
      throws Throwable {
    try {
      var answer = method.invoke(store, arguments);
      if (method.getName().equals("append") && ++batches % REOPENED_EVERY == 0) {
        store.reopen();
      }
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  @Override
  protected int runs() {
    return 3;
  }
}
