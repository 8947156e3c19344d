/// The systems that Sennit is measured beside, one class each, and the bare limits of a computer.
///
/// Each does the same work on the same records ([Record]) as well as it can, configured as its
/// manual says for that work, and says in a sentence what it does not do. What must be installed is
/// found or fetched by `bench/peers/NAME/setup`, into a cache outside the repository; what cannot
/// be had is left out, and the result says why.
@NullMarked
package io.sennit.bench.peer;

import org.jspecify.annotations.NullMarked;
