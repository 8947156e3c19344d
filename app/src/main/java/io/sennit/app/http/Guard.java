package io.sennit.app.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.sennit.node.Address;
import java.util.Locale;
import java.util.Set;

/// Refuses what a web page in a browser on this computer could send: requests under a name that
/// somebody else's DNS points here, and requests from pages of another origin.
final class Guard {
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final String ownHost;

  /// @param ownHost the host the server was told to listen on
  Guard(String ownHost) {
    this.ownHost = ownHost.toLowerCase(Locale.ROOT);
  }

  void check(ServerRequest request) {
    var headers = request.headers();
    var host = headers.first(HeaderNames.HOST).orElse("");
    if (!isOurs(host)) {
      throw new Problem(
          ProblemType.FOREIGN_HOST,
          "this API answers to localhost, 127.0.0.1 and [::1] only, not to the Host " + host);
    }
    var origin = headers.first(HeaderNames.ORIGIN);
    if (origin.isPresent() && !origin.get().equalsIgnoreCase("http://" + host)) {
      throw new Problem(
          ProblemType.FOREIGN_ORIGIN,
          "a page of the Origin "
              + origin.get()
              + " may not use this API; ask from http://"
              + host);
    }
  }

  private boolean isOurs(String host) {
    try {
      var name = (hasPort(host) ? Address.parse(host).host() : unbracketed(host));
      name = name.toLowerCase(Locale.ROOT);
      return LOOPBACK.contains(name) || name.equals(ownHost);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean hasPort(String host) {
    return host.lastIndexOf(':') > host.lastIndexOf(']');
  }

  private static String unbracketed(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
