package io.sennit.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Records whose checksum is right and whose payload is not what it says.
class LogRecordTest {
  private static final byte[] BLOCK =
      "what the record says, again and again; ".repeat(20).getBytes(StandardCharsets.UTF_8);

  @Test
  void aPayloadComesBackAsItWas() {
    assertThat(record(Zstd.compress(BLOCK), BLOCK.length).block()).isEqualTo(BLOCK);
  }

  @Test
  void aPayloadThatDoesNotDecompressIsNamed() {
    var damaged = Zstd.compress(BLOCK);
    damaged[0] ^= 1;

    assertThatThrownBy(record(damaged, BLOCK.length)::block)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("whole but does not decompress");
  }

  @Test
  void aPayloadOfAnotherSizeIsNamed() {
    for (int size : new int[] {BLOCK.length - 1, BLOCK.length + 1}) {
      assertThatThrownBy(record(Zstd.compress(BLOCK), size)::block)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("whole but does not decompress");
    }
  }

  private static LogRecord record(byte[] payload, int blockSizeBytes) {
    var header = new LogRecord.Header(2, 20, 1, false, blockSizeBytes);
    return new LogRecord(0, payload.length, header, Map.of(), List.of(), payload);
  }
}
