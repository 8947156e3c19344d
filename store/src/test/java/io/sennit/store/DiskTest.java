package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiskTest {
  @TempDir Path folder;

  @Test
  void aSizeIsTakenWhileFilesComeAndGo() throws Exception {
    Files.write(folder.resolve("stays"), new byte[100]);
    var churn =
        CompletableFuture.runAsync(() -> {
          try {
            for (int n = 0; n < 4_000; n++) {
              var file = folder.resolve("sub" + n % 7).resolve("f" + n);
              Files.createDirectories(file.getParent());
              Files.write(file, new byte[1]);
              Files.delete(file);
              Files.delete(file.getParent());
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
    while (!churn.isDone()) {
      assertThat(Disk.sizeBytes(folder)).isBetween(100L, 107L);
    }
    churn.join();
    assertThat(Disk.sizeBytes(folder)).isEqualTo(100);
    assertThat(Disk.sizeBytes(folder.resolve("absent"))).isZero();
  }
}
