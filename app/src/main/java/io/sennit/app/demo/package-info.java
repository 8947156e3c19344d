/// The demonstration: three real machines on this computer, cut apart and healed.
@NullMarked
package io.sennit.app.demo;

import org.jspecify.annotations.NullMarked;
