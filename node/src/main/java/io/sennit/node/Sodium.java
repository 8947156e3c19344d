package io.sennit.node;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Optional;

/// Ed25519 by libsodium, where the computer has it: checks and signs about twice as fast as any
/// library in Java.
///
/// Its equation is the one of RFC 8032 without the cofactor: it computes `[S]B − [k]A` and compares
/// the encoding with the signature's R byte by byte.
@SuppressWarnings("restricted") // the start scripts allow native access
final class Sodium {
  /// As Linux, macOS and Windows call it.
  private static final List<String> NAMES =
      List.of(
          "libsodium.so.26",
          "libsodium.so.23",
          "libsodium.dylib",
          "/opt/homebrew/lib/libsodium.dylib",
          "/usr/local/lib/libsodium.dylib",
          "libsodium.dll");

  private static final Optional<Sodium> FOUND = find();

  private final MethodHandle verify;
  private final MethodHandle sign;

  private Sodium(SymbolLookup library) {
    var linker = Linker.nativeLinker();
    var heap = Linker.Option.critical(true); // arrays are read where they are: it takes 40 µs
    verify =
        linker.downcallHandle(
            library.findOrThrow("crypto_sign_ed25519_verify_detached"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            heap);
    sign =
        linker.downcallHandle(
            library.findOrThrow("crypto_sign_ed25519_detached"),
            FunctionDescriptor.of(
                ValueLayout.JAVA_INT,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.ADDRESS,
                ValueLayout.JAVA_LONG,
                ValueLayout.ADDRESS),
            heap);
  }

  /// Nothing where the computer has none, or none that can be used.
  static Optional<Sodium> found() {
    return FOUND;
  }

  private static Optional<Sodium> find() {
    for (var name : NAMES) {
      var library = library(name);
      if (library.isPresent() && begun(library.get())) {
        return Optional.of(new Sodium(library.get()));
      }
    }
    return Optional.empty();
  }

  private static Optional<SymbolLookup> library(String name) {
    try {
      return Optional.of(SymbolLookup.libraryLookup(name, Arena.global()));
    } catch (IllegalArgumentException e) { // the only way to learn that it is not there
      return Optional.empty();
    }
  }

  private static boolean begun(SymbolLookup library) {
    var init =
        Linker.nativeLinker()
            .downcallHandle(
                library.findOrThrow("sodium_init"), FunctionDescriptor.of(ValueLayout.JAVA_INT));
    return call(init) >= 0;
  }

  /// Whether the equation holds.
  ///
  /// @param signature 64 bytes
  /// @param key 32 bytes
  boolean verifies(byte[] signature, byte[] message, byte[] key) {
    try {
      return (int)
              verify.invokeExact(
                  MemorySegment.ofArray(signature),
                  MemorySegment.ofArray(message),
                  (long) message.length,
                  MemorySegment.ofArray(key))
          == 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// The signature: 64 bytes.
  ///
  /// @param keys the private key and the public one: 64 bytes
  byte[] sign(byte[] message, byte[] keys) {
    var signature = new byte[64];
    try {
      int status =
          (int)
              sign.invokeExact(
                  MemorySegment.ofArray(signature),
                  MemorySegment.NULL,
                  MemorySegment.ofArray(message),
                  (long) message.length,
                  MemorySegment.ofArray(keys));
      if (status != 0) {
        throw new IllegalStateException("libsodium does not sign: " + status);
      }
    } catch (Throwable e) {
      throw broken(e);
    }
    return signature;
  }

  private static int call(MethodHandle function) {
    try {
      return (int) function.invokeExact();
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /// A call of a C function throws nothing by itself.
  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("libsodium cannot be called", e);
  }
}
