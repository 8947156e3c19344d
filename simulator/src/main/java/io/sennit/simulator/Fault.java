package io.sennit.simulator;

/// What goes wrong. The first ones are chosen by [Chaos]; the last ones follow from those, and are
/// counted where they show.
public enum Fault {
  /// A link falls silent.
  LOSS(true, "a link falls silent both ways; what is under way vanishes; each end finds out later"),
  /// A link falls silent in one direction.
  DEAF_END(true, "a link falls silent in one direction; each end finds out later"),
  /// A link holds everything back.
  STALL(true, "one direction of a link holds everything back for up to 15 s"),
  /// A link breaks.
  CUT(true, "a link breaks; each end learns of it at another time"),
  /// Two groups.
  PARTITION(true, "the machines fall into two groups; the links between them fall silent"),
  /// Two groups, one of which still hears the other.
  ONE_WAY_PARTITION(true, "as before, but one group still hears the other until the links break"),
  /// Two links between the same machines.
  SECOND_LINK(true, "a second link between two machines while the first is still up"),
  /// A stranger repeats what others said.
  REPLAY(true, "messages of other conversations are said again on a new link, in another order"),
  /// More orphans than one sender may have.
  FLOOD(true, "one peer gives more runs without their ancestors than may wait"),
  /// Very many tips.
  CROWD(true, "70 to 900 strangers' events at once: more tips than a frontier or an event names"),
  /// A seal that is not its machine's.
  FORGERY(true, "a run whose seal is not its machine's"),
  /// Nothing is heard of a peer.
  SILENT(true, "a peer takes a link and says nothing, or greets and then says nothing"),
  /// A peer speaks of what nobody has.
  FALSE_TIPS(true, "a peer claims tips that no machine has, again and again"),
  /// A peer misleads comparisons.
  FALSE_AUTHORS(true, "a peer's ladder, author tips, sketches and common events are lies"),
  /// A peer wants without end.
  GREED(true, "a peer wants the same without end, or asks for ranges without end"),
  /// Very many parents.
  BOMB(true, "a peer gives events with 1,024 parents, most of which nobody has"),
  /// Well sealed, and against the rules.
  UNLAWFUL(true, "a peer gives well-sealed events that break a rule, between others that do not"),
  /// Parents that come late.
  FUTURE(true, "a peer gives events before their parents, which come late or never"),
  /// One key, two chains, on purpose.
  TWO_CHAINS(true, "a peer signs two chains with one key and gives each to another machine"),
  /// A machine dies.
  CRASH(true, "a machine dies; any part of what was not synced is lost; it starts again later"),
  /// A disk takes its time.
  SLOW_DISK(true, "a disk syncs up to 1,000 times slower"),
  /// A disk refuses.
  FAILED_DISK(true, "a sync fails; nobody knows how much of it is durable; restart later"),
  /// A disk has no room.
  FULL_DISK(true, "a disk has no room for up to 20 s"),
  /// A client asks again.
  RETRY(true, "a client sends a request with a key again, answered or not"),
  /// A process stands still.
  PAUSE(true, "a machine stands still for up to 30 s while the world goes on"),
  /// The wall clock jumps.
  CLOCK_JUMP(true, "the wall clock of a machine jumps to any year from 1 to 9999"),
  /// One more machine.
  LATE_JOIN(true, "a machine joins that holds R alone"),
  /// An old backup.
  BACKUP(true, "a machine is set back to what it held before, and goes on with the same key"),
  /// A copied directory.
  TWIN(true, "a copy of a machine's directory runs beside it, with the same key"),

  /// A liar is found out.
  CONDEMNED(false, "a machine hung up on a hostile peer"),
  /// A liar's event that is no lie.
  ACCEPTED(false, "a valid event of a hostile peer was admitted by a machine"),
  /// A message did not arrive.
  VANISHED(false, "a message did not arrive"),
  /// A message was overtaken.
  OVERTAKEN(false, "a message arrived after one that was sent later on another link"),
  /// An event was given again.
  REPEATED(false, "an event was given to a machine that held it"),
  /// A batch was lost in a crash.
  LOST_BATCH(false, "a batch that was not synced was lost"),
  /// A batch was torn in a crash.
  TORN_BATCH(false, "a batch was on the disk in part, and was wiped"),
  /// A batch survived a crash.
  SURVIVING_BATCH(false, "a batch that was never confirmed was on the disk after all"),
  /// Nobody can know.
  UNKNOWN_ANSWER(false, "an append was answered: neither yes nor no is true"),
  /// One machine, two chains.
  FORK(false, "a machine's own chain has more than one end when all is over");

  private final boolean chosen;
  private final String sentence;

  Fault(boolean chosen, String sentence) {
    this.chosen = chosen;
    this.sentence = sentence;
  }

  /// Whether [Chaos] does it, or it follows from something else.
  public boolean chosen() {
    return chosen;
  }

  /// What happens, for people.
  public String sentence() {
    return sentence;
  }
}
