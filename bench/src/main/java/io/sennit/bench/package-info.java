/// Measurements, each next to its limit in the same run.
@NullMarked
package io.sennit.bench;

import org.jspecify.annotations.NullMarked;
