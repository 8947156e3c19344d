/// The HTTP API of a machine: `docs/http-api.md` says what it answers.
///
/// Only loopback is served. Whoever asks under another name than a loopback one, or from a page of
/// another origin, is refused, so that no web page in a browser beside it can reach the machine.
/// Every error, those of the server below included, is an RFC 9457 problem document.
@NullMarked
package io.sennit.app.http;

import org.jspecify.annotations.NullMarked;
