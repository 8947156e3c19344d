/// The door to a machine: what commands and HTTP ask of it, be it in this process or a daemon
/// elsewhere.
@NullMarked
package io.sennit.app.door;

import org.jspecify.annotations.NullMarked;
