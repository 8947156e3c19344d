package io.sennit.overlay;

/// What an [Overlay] asks of its driver, during a call; to be carried out in this order.
///
/// The driver must not call the overlay from inside. Messages on one link arrive in the order in
/// which they were sent, and all of them before the link's end is noticed, unless the link breaks.
public interface Effects {
  /// Say this to the peer. To a link that has ended meanwhile, it is nothing.
  void send(int peer, OverlayMessage message);

  /// Try to link with this machine. Answered once, by [Overlay#up] with `dialled`, or by
  /// [Overlay#unreachable]. A driver that is linked with it already answers with the latter.
  void dial(Contact contact);

  /// End this link after what was sent on it. The overlay has forgotten it; whether it is told so
  /// ([Overlay#down]) makes no difference.
  void hangUp(int peer, String why);

  /// Give the run's payload to this peer now, with the route.
  void give(int peer, long run, Route route);

  /// Call [Overlay#timer] after so long. Replaces the one that is set.
  void timer(long delayNanos);
}
