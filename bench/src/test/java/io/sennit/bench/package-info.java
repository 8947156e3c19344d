/// Tests of what computes and draws the figures; the figures themselves are no tests.
@NullMarked
package io.sennit.bench;

import org.jspecify.annotations.NullMarked;
