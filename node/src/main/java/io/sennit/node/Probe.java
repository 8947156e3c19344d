package io.sennit.node;

import io.sennit.event.EventId;
import io.sennit.event.MachineId;
import io.sennit.sync.Message;
import io.sennit.sync.MessageCodec;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketTimeoutException;

/// Asks who answers at an address, without becoming a peer: dials with a key made for this one
/// call, listens to the first message, and hangs up.
public final class Probe {
  private static final int PATIENCE_MILLIS_MAX = 3_000;

  /// What an address answers.
  public sealed interface Answer {
    /// A machine greets.
    ///
    /// @param listen where it says that it can be dialled, or empty
    record Greeted(MachineId machine, int version, EventId root, String listen) implements Answer {}

    /// A machine answers, but refuses to talk.
    record Refused(MachineId machine, String why) implements Answer {}

    /// Something answers that is no machine.
    record Stranger(String why) implements Answer {}

    /// Nobody answers.
    record Nobody(String why) implements Answer {}
  }

  private Probe() {}

  /// Whoever answers there; takes a few seconds at most.
  public static Answer ask(Address address) {
    var to = new InetSocketAddress(address.host(), address.port());
    if (to.isUnresolved()) {
      return new Answer.Nobody("no such host");
    }
    try (var plain = new Socket()) {
      plain.connect(to, PATIENCE_MILLIS_MAX);
      plain.setSoTimeout(PATIENCE_MILLIS_MAX);
      return greet(plain);
    } catch (SocketTimeoutException e) {
      return new Answer.Nobody("no answer within %d s".formatted(PATIENCE_MILLIS_MAX / 1000));
    } catch (ConnectException e) {
      return new Answer.Nobody("the connection is refused");
    } catch (NoRouteToHostException e) {
      return new Answer.Nobody("no way leads there");
    } catch (IOException e) {
      return new Answer.Nobody(String.valueOf(e.getMessage()));
    }
  }

  private static Answer greet(Socket plain) {
    try {
      var secured = new Tls(MachineKey.generate()).secure(plain, true);
      var in = new DataInputStream(new BufferedInputStream(secured.socket().getInputStream()));
      if (!(Frame.read(in, Frame.readLength(in)) instanceof Frame.Carrying(var message))) {
        return new Answer.Stranger("it does not greet");
      }
      return switch (new MessageCodec().decode(message)) {
        case MessageCodec.Decoding.Decoded(
                Message.Hello(var version, var root, var listen, _, _)) ->
            new Answer.Greeted(secured.instance().machine(), version, root, listen);
        case MessageCodec.Decoding.Decoded(Message.Refuse(var why)) ->
            new Answer.Refused(secured.instance().machine(), why);
        case MessageCodec.Decoding.Decoded _ -> new Answer.Stranger("it does not greet");
        case MessageCodec.Decoding.Refused(var why) -> new Answer.Stranger(why);
      };
    } catch (IOException e) {
      return new Answer.Stranger("it does not speak our protocol: " + e.getMessage());
    }
  }
}
