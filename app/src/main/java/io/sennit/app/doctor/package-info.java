/// What `sennit doctor` looks at: this computer, a machine's directory, the daemon that holds it,
/// and the peers. It looks only; it mends nothing.
@NullMarked
package io.sennit.app.doctor;

import org.jspecify.annotations.NullMarked;
