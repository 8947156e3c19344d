/// The HTTP API: a thin layer over the same door that commands use.
///
/// Every refusal, the framework's own too, is a problem document (RFC 9457) whose `detail` says
/// what to do.
@NullMarked
package io.sennit.app.http;

import org.jspecify.annotations.NullMarked;
