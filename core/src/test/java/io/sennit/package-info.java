/// Helpers for the tests of all modules.
@NullMarked
package io.sennit;

import org.jspecify.annotations.NullMarked;
