package io.sennit.recording;

import io.sennit.machine.Timer;

/// Timers as bytes.
final class TimerCodec {
  private static final int PROVE = 1;
  private static final int ASK = 2;
  private static final int HEAL = 3;
  private static final int INTEGRATE = 4;
  private static final int PARENTS = 5;
  private static final int OVERLAY = 6;

  private TimerCodec() {}

  static ByteWriter write(ByteWriter out, Timer timer) {
    return switch (timer) {
      case Timer.Prove(var peer) -> out.kind(PROVE).number(peer);
      case Timer.Ask _ -> out.kind(ASK);
      case Timer.Heal _ -> out.kind(HEAL);
      case Timer.Integrate _ -> out.kind(INTEGRATE);
      case Timer.Parents(var peer) -> out.kind(PARENTS).number(peer);
      case Timer.Overlay _ -> out.kind(OVERLAY);
    };
  }

  static Timer read(ByteReader in) {
    int kind = in.kind();
    return switch (kind) {
      case PROVE -> new Timer.Prove(in.count());
      case ASK -> new Timer.Ask();
      case HEAL -> new Timer.Heal();
      case INTEGRATE -> new Timer.Integrate();
      case PARENTS -> new Timer.Parents(in.count());
      case OVERLAY -> new Timer.Overlay();
      default -> throw new MalformedRecordingException("no timer has the number " + kind);
    };
  }
}
