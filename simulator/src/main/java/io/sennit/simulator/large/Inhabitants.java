package io.sennit.simulator.large;

/// What lives on the machines of a [World]. Machines are numbers from 0; so are links, and each end
/// of a link has a number of its own.
interface Inhabitants {
  /// Whether what happens to machines of different sectors may be told at once, by several threads.
  default boolean independent() {
    return false;
  }

  /// Something is about to happen to the machine, if it runs: what that needs may be read from
  /// memory. Nothing changes.
  ///
  /// @return anything that depends on what was read
  default int touch(int machine) {
    return 0;
  }

  /// The machine begins, for the first time or again.
  void started(int machine);

  /// The machine is gone, as a process that is killed is.
  void crashed(int machine);

  /// There is a link.
  ///
  /// @param peer the machine at its other end
  /// @param dialled whether it began here
  void up(int machine, int link, int peer, boolean dialled);

  /// A link ended, other than by [Network#hangUp] on this side.
  void down(int machine, int link, int peer);

  /// No link came of [Network#dial].
  void unreachable(int machine, int peer);

  /// A frame arrived.
  ///
  /// @param body what [Network#send] was given
  /// @param word likewise
  void arrived(int machine, int link, int peer, Object body, int word);

  /// An alarm rang.
  ///
  /// @param which 0 to [Alarms#KINDS] − 1
  void rang(int machine, int which);
}
