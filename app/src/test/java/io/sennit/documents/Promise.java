package io.sennit.documents;

import java.util.List;
import java.util.Optional;

/// What Sennit promises to its users, and the tests that show it.
///
/// @param name of the promise, a few words
/// @param sentence what exactly is promised
/// @param proofs the tests
record Promise(String name, String sentence, List<Proof> proofs) {
  /// A test.
  ///
  /// @param test `Class.method`
  /// @param counted the constant in its file that says how often it tries, when it is not the
  ///   number of seeds
  /// @param unit of that number
  record Proof(String test, Optional<String> counted, String unit) {}

  static Promise of(String name, String sentence, Proof... proofs) {
    return new Promise(name, sentence.replace('\n', ' ').strip(), List.of(proofs));
  }

  /// Shown by this test, as often as the first argument of its `Seeds.check` says, or once.
  static Proof by(String test) {
    return new Proof(test, Optional.empty(), "seeds");
  }

  /// Shown by this test, as often as a constant in its file says.
  static Proof by(String test, String constant, String unit) {
    return new Proof(test, Optional.of(constant), unit);
  }
}
