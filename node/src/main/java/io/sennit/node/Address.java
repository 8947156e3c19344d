package io.sennit.node;

import java.net.InetAddress;

/// `host:port` of a machine; an IPv6 host stands in brackets.
public record Address(String host, int port) {
  /// Reads `host:port`.
  ///
  /// @throws IllegalArgumentException with a sentence for people
  public static Address parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon > 0) {
      var host = text.substring(0, colon);
      if (host.startsWith("[") && host.endsWith("]")) {
        host = host.substring(1, host.length() - 1);
      } else if (host.contains(":")) {
        throw new IllegalArgumentException("put an IPv6 address in brackets: [" + host + "]");
      }
      try {
        int port = Integer.parseInt(text.substring(colon + 1));
        if (port >= 0 && port <= 65_535) {
          return new Address(host, port);
        }
      } catch (NumberFormatException notANumber) {
        throw new IllegalArgumentException("not HOST:PORT: " + text, notANumber);
      }
    }
    throw new IllegalArgumentException("not HOST:PORT: " + text);
  }

  /// Whether it stands for every address of a computer (`0.0.0.0`, `[::]`): one can listen there,
  /// but nobody elsewhere can dial it.
  public boolean wildcard() {
    try {
      return InetAddress.ofLiteral(host).isAnyLocalAddress();
    } catch (IllegalArgumentException aName) {
      return false;
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
