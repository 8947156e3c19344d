/// What doctor finds.
@NullMarked
package io.sennit.app.doctor;

import org.jspecify.annotations.NullMarked;
