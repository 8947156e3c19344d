/// The daemon's log: one line for each occurrence, for people or for machines.
///
/// Our code and the libraries speak to `System.Logger`, which the JDK's own logging carries out;
/// this package gives it a form. The last part of a room's package is the line's `room`.
@NullMarked
package io.sennit.app.log;

import org.jspecify.annotations.NullMarked;
