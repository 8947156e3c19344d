package io.sennit.node;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.ArrayList;
import java.util.List;

/// Under which addresses others are told to dial this machine.
///
/// Who listens at every address of the computer (`0.0.0.0`, `[::]`) cannot name that one to others.
/// What is named instead is the address from which this computer would send to the rest of the
/// world; without a way there, the first address of its networks that is not its own loopback.
final class Advertised {
  /// Addresses for documentation (RFC 5737, RFC 3849): the way to them is the way to anywhere.
  /// Nothing is sent.
  private static final List<String> ANYWHERE = List.of("192.0.2.1", "2001:db8::1");

  private static final int ANY_PORT = 9;

  private Advertised() {}

  /// @param bound where this machine listens
  /// @param said what an operator says; port 0 stands for the one this machine listens at
  static List<Address> of(Address bound, List<Address> said) {
    if (!said.isEmpty()) {
      return said.stream()
          .map(address -> address.port() == 0 ? new Address(address.host(), bound.port()) : address)
          .toList();
    }
    return bound.wildcard() ? guess(bound.port(), candidates()) : List.of(bound);
  }

  /// The first address that another computer may be able to dial; none when there is none.
  static List<Address> guess(int port, List<InetAddress> candidates) {
    return candidates.stream()
        .filter(Advertised::mayBeDialled)
        .limit(1)
        .map(address -> new Address(address.getHostAddress(), port))
        .toList();
  }

  private static boolean mayBeDialled(InetAddress address) {
    return !address.isAnyLocalAddress()
        && !address.isLoopbackAddress()
        && !address.isLinkLocalAddress()
        && !address.isMulticastAddress();
  }

  private static List<InetAddress> candidates() {
    var candidates = new ArrayList<InetAddress>();
    for (var anywhere : ANYWHERE) {
      try (var socket = new DatagramSocket()) {
        socket.connect(new InetSocketAddress(InetAddress.ofLiteral(anywhere), ANY_PORT));
        candidates.add(socket.getLocalAddress());
      } catch (IOException | UncheckedIOException noWayThere) {
        System.getLogger(Advertised.class.getName())
            .log(System.Logger.Level.DEBUG, "no way to " + anywhere, noWayThere);
      }
    }
    try {
      NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(InetAddress::isSiteLocalAddress)
          .forEach(candidates::add);
    } catch (IOException e) {
      throw new SennitException(
          SennitException.Kind.REFUSED,
          "this computer does not tell its addresses: say one with --advertise",
          e);
    }
    return candidates;
  }
}
