package io.sennit.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.sennit.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrameTest {
  private static byte[] written(Frame frame) throws IOException {
    var bytes = new ByteArrayOutputStream();
    int size = Frame.write(frame, new DataOutputStream(bytes));
    assertThat(bytes.size()).isEqualTo(size);
    return bytes.toByteArray();
  }

  private static Frame read(byte[] bytes) throws IOException {
    var in = new DataInputStream(new ByteArrayInputStream(bytes));
    return Frame.read(in, Frame.readLength(in));
  }

  /// Length, kind, and what follows.
  private static byte[] raw(int kind, byte[] rest) {
    return ByteBuffer.allocate(5 + rest.length)
        .putInt(1 + rest.length)
        .put((byte) kind)
        .put(rest)
        .array();
  }

  private static byte[] compressed(int claimed, byte[] message) {
    var zipped = Zstd.compress(message);
    return raw(
        Frame.COMPRESSED,
        ByteBuffer.allocate(4 + zipped.length).putInt(claimed).put(zipped).array());
  }

  private static byte[] message(SplittableRandom random, int bits) {
    var message = new byte[1 + random.nextInt(5_000)];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) random.nextInt(1 << bits);
    }
    return message;
  }

  @Test
  void whatIsWrittenIsRead() {
    Seeds.check(
        50,
        random -> {
          var message = message(random, 1 + random.nextInt(8));
          var back = read(written(new Frame.Carrying(message)));
          assertThat(((Frame.Carrying) back).message()).isEqualTo(message);
          var credit = new Frame.Credit(random.nextLong(), random.nextLong());
          assertThat(read(written(credit))).isEqualTo(credit);
        });
  }

  @Test
  void whatCompressesIsCompressed() throws IOException {
    assertThat(written(new Frame.Carrying(new byte[100_000])).length).isLessThan(200);
    var random = new SplittableRandom(1);
    var noise = new byte[100_000];
    random.nextBytes(noise);
    assertThat(written(new Frame.Carrying(noise)).length).isEqualTo(5 + noise.length);
  }

  @Test
  void aFrameThatIsCutIsNoFrame() {
    Seeds.check(
        20,
        random -> {
          var bytes = written(new Frame.Carrying(message(random, 4)));
          int length = random.nextInt(bytes.length);
          assertThatThrownBy(() -> read(Arrays.copyOf(bytes, length)))
              .isInstanceOfAny(Frame.FaultyException.class, EOFException.class);
        });
  }

  @Test
  void aFrameThatWasAlteredIsReadAsAnotherOrRefused() {
    Seeds.check(
        200,
        random -> {
          var bytes = written(new Frame.Carrying(message(random, 4)));
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
          try {
            assertThat(read(bytes)).isNotNull();
          } catch (Frame.FaultyException | EOFException e) {
            assertThat(e.getClass()).isNotNull(); // both mean that the link ends
          }
        });
  }

  @Test
  void whatClaimsToBeLargerThanAnyFrameIsRefused() {
    for (int length : new int[] {0, -1, Integer.MIN_VALUE, Frame.SIZE_BYTES_MAX + 1}) {
      assertThatThrownBy(() -> read(ByteBuffer.allocate(9).putInt(length).array()))
          .isInstanceOf(Frame.FaultyException.class);
    }
  }

  @Test
  void nothingInflatesBeyondWhatItClaimsOrAnyMessageMayBe() {
    var bomb = new byte[Frame.SIZE_BYTES_MAX + 1];
    for (int claimed :
        new int[] {0, -1, 1, 1000, bomb.length - 2, bomb.length, Integer.MAX_VALUE}) {
      assertThatThrownBy(() -> read(compressed(claimed, bomb)))
          .as("claimed %d", claimed)
          .isInstanceOf(Frame.FaultyException.class);
    }
    assertThatThrownBy(() -> read(compressed(1001, new byte[1000])))
        .isInstanceOf(Frame.FaultyException.class);
    assertThatThrownBy(() -> read(raw(Frame.COMPRESSED, new byte[] {0, 0})))
        .isInstanceOf(Frame.FaultyException.class);
  }

  private static Frame.Ending ending(byte[] message, int begin, int claimed) {
    var end = Zstd.compress(Arrays.copyOfRange(message, begin, message.length));
    var bytes = Arrays.copyOf(message, begin + end.length);
    System.arraycopy(end, 0, bytes, begin, end.length);
    return new Frame.Ending(bytes, begin, claimed);
  }

  @Test
  void aMessageWhoseEndIsCompressedAlreadyIsReadWhole() {
    Seeds.check(
        50,
        random -> {
          var message = message(random, 4);
          int begin = random.nextInt(message.length + 1);
          var back = read(written(ending(message, begin, message.length)));
          assertThat(((Frame.Carrying) back).message()).isEqualTo(message);
          var altered = written(ending(message, begin, message.length));
          altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
          try {
            assertThat(read(altered)).isNotNull();
          } catch (Frame.FaultyException | EOFException e) {
            assertThat(e.getClass()).isNotNull(); // both mean that the link ends
          }
        });
  }

  @Test
  void anEndInflatesToWhatItsFrameClaims() {
    var message = new byte[1000];
    for (int claimed : new int[] {0, -1, 1, 10, 999, 1001, Frame.SIZE_BYTES_MAX + 1}) {
      assertThatThrownBy(() -> read(written(ending(message, 10, claimed))))
          .as("claimed %d", claimed)
          .isInstanceOf(Frame.FaultyException.class);
    }
    for (int begin : new int[] {-1, 1001, Integer.MAX_VALUE}) {
      var body = ByteBuffer.allocate(100).putInt(1000).putInt(begin).array();
      assertThatThrownBy(() -> read(raw(Frame.END_COMPRESSED, body)))
          .as("beginning %d", begin)
          .isInstanceOf(Frame.FaultyException.class);
    }
    assertThatThrownBy(() -> read(raw(Frame.END_COMPRESSED, new byte[] {0, 0, 0, 9, 0})))
        .isInstanceOf(Frame.FaultyException.class);
  }

  @Test
  void creditsAndKindsAreChecked() {
    assertThatThrownBy(() -> read(raw(Frame.CREDIT, new byte[15])))
        .isInstanceOf(Frame.FaultyException.class);
    assertThatThrownBy(() -> read(raw(7, new byte[16]))).isInstanceOf(Frame.FaultyException.class);
  }
}
