/// What holds of the whole repository: its rooms, its words, its links.
@NullMarked
package io.sennit;

import org.jspecify.annotations.NullMarked;
