package io.sennit.app.doctor;

import io.sennit.app.door.Json;
import io.sennit.node.Address;
import io.sennit.node.Probe;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/// Looks at the peers of a machine, and at the machine as its peers see it.
public final class Neighbours {
  /// States in which nobody talks to the peer.
  private static final Set<String> APART = Set.of("connecting", "waiting", "known", "down");

  private static final String ABOUT = "peer";

  private static final Sign UNNAMED =
      Sign.warn(
          "address",
          "peers are told no address at which they could dial this machine",
          "say one with 'run --advertise HOST:PORT'");

  private Neighbours() {}

  /// Asks every peer that is not connected, and whoever answers at this machine's own addresses.
  ///
  /// @param status members of `GET /v1/status`
  public static List<Sign> look(Map<String, Object> status) {
    try (var asking = Executors.newVirtualThreadPerTaskExecutor()) {
      var signs = new ArrayList<CompletableFuture<Sign>>();
      if (!Json.string(status, "listen").isEmpty()
          && Json.strings(status, "advertised").isEmpty()) {
        signs.add(CompletableFuture.completedFuture(UNNAMED));
      }
      for (var own : Json.strings(status, "advertised")) {
        signs.add(CompletableFuture.supplyAsync(() -> own(own, status), asking));
      }
      for (var peer : Json.objects(status, "peers")) {
        signs.add(CompletableFuture.supplyAsync(() -> peer(peer, status), asking));
      }
      return signs.stream().map(CompletableFuture::join).toList();
    }
  }

  private static Sign own(String address, Map<String, Object> status) {
    var about = "address";
    var said = "peers are told " + address;
    return switch (Probe.ask(Address.parse(address))) {
      case Probe.Answer.Greeted(var machine, var _, var _, var _)
          when machine.toString().equals(Json.string(status, "machine")) ->
          Sign.ok(about, said + ", and this machine answers there");
      case Probe.Answer.Nobody(var why) ->
          Sign.warn(
              about,
              said + ", but from here nobody answers there: " + why,
              "say with 'run --advertise HOST:PORT' where others reach this machine, or forward"
                  + " that port to it");
      case Probe.Answer.Greeted _, Probe.Answer.Refused _, Probe.Answer.Stranger _ ->
          Sign.bad(
              about,
              said + ", but something else answers there",
              "name an address of this machine with 'run --advertise HOST:PORT'");
    };
  }

  private static Sign peer(Map<String, Object> peer, Map<String, Object> status) {
    var address = Json.string(peer, "address");
    var state = Json.string(peer, "state");
    if (state.equals("refused")) {
      return Sign.warn(
          ABOUT,
          address + " is refused: an operator of this machine hung up on it",
          "to connect again: POST /v1/peers {\"address\":\"" + address + "\"}");
    }
    if (!APART.contains(state)) {
      return Sign.ok(ABOUT, address + " is " + state);
    }
    var detail = Json.string(peer, "detail");
    return judge(
        address,
        Json.string(peer, "machine"),
        status,
        Probe.ask(Address.parse(address)),
        detail.startsWith("it refuses") ? detail : "");
  }

  private static Sign judge(
      String address,
      String expected,
      Map<String, Object> status,
      Probe.Answer answer,
      String refusal) {
    return switch (answer) {
      case Probe.Answer.Nobody(var why) ->
          Sign.warn(
              ABOUT,
              address + " does not answer: " + why,
              "start 'sennit run' there, or look at its --listen address, its firewall, and the"
                  + " network between");
      case Probe.Answer.Stranger(var why) ->
          Sign.bad(
              ABOUT,
              address + " is no machine of ours: " + why,
              "correct the address: HOST:PORT of its --listen, not of its --http");
      case Probe.Answer.Refused(var _, var why) ->
          Sign.bad(ABOUT, address + " refuses: " + why, "ask its operator");
      case Probe.Answer.Greeted(var machine, var version, var root, var _) -> {
        if (!root.toString().equals(Json.string(status, "root"))) {
          yield Sign.bad(
              ABOUT,
              address + " belongs to another federation, of root " + root,
              "machines of two federations never exchange events: remove it (DELETE /v1/peers)");
        }
        if (!expected.isEmpty() && !machine.toString().equals(expected)) {
          yield Sign.bad(
              ABOUT,
              address + " is machine " + machine + " now, and was " + expected,
              "make sure that nobody stands in between; if the machine was made anew, invite it"
                  + " again");
        }
        if (!refusal.isEmpty()) {
          yield Sign.bad(ABOUT, address + ": " + refusal, "ask its operator");
        }
        yield Sign.ok(ABOUT, address + " answers, protocol " + version);
      }
    };
  }
}
