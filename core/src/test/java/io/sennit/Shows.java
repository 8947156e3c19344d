package io.sennit;

import io.sennit.machine.Invariant;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// This test shows that an invariant holds.
///
/// ```java
/// @Test
/// @Shows(Invariant.I8)
/// void everyArrivalOrderGivesTheSameTips() {
/// ```
///
/// `docs/flowchart.md` lists such tests of all modules beside their invariants. They are found by
/// reading the source files, so the annotation stands directly before the method and names its
/// invariants one by one: `@Shows({Invariant.I2, Invariant.I5})`.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Shows {
  /// Which ones.
  Invariant[] value();
}
