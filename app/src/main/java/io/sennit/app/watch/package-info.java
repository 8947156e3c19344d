/// The live view of machines in a terminal: who is asked ([Watched][io.sennit.app.watch.Watched]),
/// what is drawn ([Screen][io.sennit.app.watch.Screen]), and where
/// ([Canvas][io.sennit.app.watch.Canvas]).
///
/// Every machine is asked on a thread of its own, so that one that hangs stops no other's picture.
@NullMarked
package io.sennit.app.watch;

import org.jspecify.annotations.NullMarked;
