/*
 * The state machine of Sennit: create, persist, speak, deliver, wait as an orphan, crash, restart.
 * README.md beside this file says what is left out, and which class each part stands for.
 * A line that ends in "-- mutate: name" is replaced by ModelTest, to see an invariant break.
 */
module sennit

-- An immutable statement. Its parents are chosen when it is created.
sig Event {
  parents: set Event,
  knew: set Event -- what its creator held just before; never sent, here for I6 alone
}
one sig Root extends Event {}

-- A chain of events of one machine, of which only the last is sealed.
sig Run {
  maker: one Machine,
  first: one Event,
  seal: one Event,
  events: some Event
}

sig Machine {
  var head: set Event, -- the DAG, with what is on its way to the disk
  var tips: set Event, -- of the head; kept up while events enter, not computed anew
  var log: Event -> Event, -- earlier -> later, as they entered the head
  var durable: set Event,
  var orphans: set Event,
  var said: set Event -- acknowledged, published, claimed or sent, at any time until now
}

var sig Created in Event {}
var sig Down in Machine {}

fact runs {
  all e: Event - Root | one events.e
  no Root & Run.events
  all r: Run {
    r.first + r.seal in r.events
    no r.first.parents & r.events
    all e: r.events - r.first | one e.parents and e.parents in r.events
    all e: r.events - r.seal | one r.events & parents.e
    no r.events & parents.(r.seal)
    r.events in r.first.*~parents
  }
}

fun outside[r: Run]: set Event { r.events.parents - r.events }
fun tipsOf[s: set Event]: set Event { s - s.parents }

fact begin {
  Created = Root
  no Root.parents and no Root.knew
  no Down
  all m: Machine {
    m.head = Root and m.tips = Root and m.durable = Root and m.said = Root
    no m.log and no m.orphans
  }
}

-- What does not change, in everybody or in everybody but one.
pred others[m: Machine] {
  all n: Machine - m {
    n.head' = n.head and n.tips' = n.tips and n.log' = n.log
    n.durable' = n.durable and n.orphans' = n.orphans and n.said' = n.said
  }
}
pred sameHead[m: Machine] { m.head' = m.head and m.tips' = m.tips and m.log' = m.log }

-- These events take the next places in head and log, in causal order.
pred enter[m: Machine, what: set Event] {
  m.head' = m.head + what
  m.tips' = (m.tips - what.parents) + tipsOf[what]
  m.log' = m.log + m.head -> what + (what <: ^~parents :> what)
}

-- An application writes a run. All tips become parents; no peer is asked.
pred create[m: Machine, r: Run] {
  m not in Down and r.maker = m and no r.events & Created
  r.first.parents = m.tips -- mutate: all tips
  all e: r.events | e.knew = m.head + (e.^parents & r.events)
  enter[m, r.events]
  Created' = Created + r.events
  m.said' = m.said -- mutate: silent until durable
  m.durable' = m.durable and m.orphans' = m.orphans
  Down' = Down and others[m]
}

-- An fsync confirms the next batches: whole runs, and nothing before them is missing.
pred persist[m: Machine] {
  m not in Down
  m.durable in m.durable'
  let what = m.durable' - m.durable {
    some what and what in m.head
    all r: Run | some r.events & what implies r.events in what -- mutate: batch atomic
    m.log.what in m.durable + what -- mutate: prefix
  }
  sameHead[m]
  m.said' = m.said and m.orphans' = m.orphans
  Created' = Created and Down' = Down and others[m]
}

-- Acknowledge, publish, claim, send: all of it speaks of what is durable.
pred speak[m: Machine] {
  m not in Down
  m.said' = m.said + m.durable -- mutate: speak of the durable
  sameHead[m]
  m.durable' = m.durable and m.orphans' = m.orphans
  Created' = Created and Down' = Down and others[m]
}

-- A run that somebody sent arrives: at any time, in any order, as often as the network likes.
pred deliver[m: Machine, r: Run] {
  m not in Down and r.events in Machine.said
  let what = r.events { -- mutate: whole runs
    what in m.head + m.orphans implies {
      sameHead[m] and m.orphans' = m.orphans
    } else outside[r] in m.head implies { -- mutate: parents first
      enter[m, what] and m.orphans' = m.orphans
    } else {
      sameHead[m] and m.orphans' = m.orphans + what
    }
  }
  m.durable' = m.durable and m.said' = m.said
  Created' = Created and Down' = Down and others[m]
}

pred ready[m: Machine, r: Run] { r.events in m.orphans and outside[r] in m.head }

-- The last missing parent is here: the orphan joins.
pred adopt[m: Machine, r: Run] {
  m not in Down and ready[m, r]
  enter[m, r.events]
  m.orphans' = m.orphans - r.events
  m.durable' = m.durable and m.said' = m.said
  Created' = Created and Down' = Down and others[m]
}

-- No room for an orphan, or its sender is gone.
pred drop[m: Machine, r: Run] {
  m not in Down and r.events in m.orphans
  m.orphans' = m.orphans - r.events
  sameHead[m]
  m.durable' = m.durable and m.said' = m.said
  Created' = Created and Down' = Down and others[m]
}

-- Everything that is not durable is lost.
pred crash[m: Machine] {
  m not in Down
  m.head' = m.durable
  m.tips' = tipsOf[m.durable]
  m.log' = m.durable <: m.log :> m.durable
  no m.orphans'
  m.durable' = m.durable and m.said' = m.said
  Created' = Created and Down' = Down + m and others[m]
}

pred restart[m: Machine] {
  m in Down and Down' = Down - m
  sameHead[m]
  m.durable' = m.durable and m.said' = m.said and m.orphans' = m.orphans
  Created' = Created and others[m]
}

pred idle {
  Created' = Created and Down' = Down
  head' = head and tips' = tips and log' = log
  durable' = durable and orphans' = orphans and said' = said
}

fact moves {
  always {
    idle
      or (some m: Machine | persist[m] or speak[m] or crash[m] or restart[m])
      or (some m: Machine, r: Run | create[m, r] or deliver[m, r] or adopt[m, r] or drop[m, r])
  }
}

-- Everything said has reached everybody, and nobody is busy.
pred quiet {
  no Down
  all m: Machine, r: Run {
    m.head = m.durable and m.durable in m.said
    not ready[m, r]
    r.events in Machine.said implies r.events in m.head + m.orphans
  }
}

-- The invariants.

assert I1 { always all e: Created | no e.parents iff e = Root }
assert I2 { always all m: Machine | m.head.parents in m.head and m.durable.parents in m.durable }
assert I3 {
  always {
    no e: Created | e in e.^parents
    all m: Machine | (m.head <: ~parents :> m.head) in m.log and no m.log & ~(m.log)
  }
}
assert I4 {
  always all m: Machine {
    m.durable in m.durable' and m.said in m.said'
    (m.durable <: m.log :> m.durable) = (m.durable <: m.log' :> m.durable)
    m.head not in m.head' implies m in Down'
  }
}
assert I5 { always all m: Machine | m.tips = tipsOf[m.head] and some m.tips }
assert I6 { always all e: Created | e.*parents = e.knew + e }
assert I7 { always all m: Machine | m.said in m.durable }
assert I8 {
  always all m, n: Machine {
    m.head = n.head iff m.tips = n.tips
    m.durable = n.durable iff tipsOf[m.durable] = tipsOf[n.durable]
    (m.head + m.orphans = n.head + n.orphans and no r: Run | ready[m, r] or ready[n, r])
      implies m.head = n.head
  }
}
assert RunsWhole {
  always all m: Machine, r: Run, held: m.head + m.durable + m.orphans + m.said {
    held in r.events and held in m.head implies r.events in m.head
    held in r.events and held in m.durable implies r.events in m.durable
    held in r.events and held in m.orphans implies r.events in m.orphans
    held in r.events and held in m.said implies r.events in m.said
  }
}
assert ClosedAfterCrash {
  always all m: Machine | crash[m] implies after (m.head.parents in m.head and m.said in m.head)
}
assert OneStrand {
  always all m: Machine, r, s: Run |
    (r.maker = m and s.maker = m and r.events + s.events in m.said)
      implies (r.seal in s.seal.*parents or s.seal in r.seal.*parents)
}
assert Convergence { always (quiet implies all m, n: Machine | m.head = n.head and no m.orphans) }

check I1 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I2 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I3 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I4 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I5 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I6 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I7 for 4 but 2 Run, 2 Machine, exactly 6 steps
check I8 for 4 but 2 Run, 2 Machine, exactly 6 steps
check RunsWhole for 4 but 2 Run, 2 Machine, exactly 6 steps
check ClosedAfterCrash for 4 but 2 Run, 2 Machine, exactly 6 steps
check OneStrand for 4 but 2 Run, 2 Machine, exactly 6 steps
check Convergence for 4 but 2 Run, 2 Machine, exactly 6 steps

-- Stories that must be possible: without them a check could hold because nothing happens.

-- Two machines write without knowing of each other; a third merges both.
run merge {
  some r, s, t: Run {
    no r.maker & s.maker and t.maker not in r.maker + s.maker
    eventually (t.events in Created and t.first.parents = r.seal + s.seal)
  }
} for 4 but 3 Run, 3 Machine, exactly 10 steps

-- A batch of two events is written, lost in a crash, and the machine writes again.
run lostBatch {
  some m: Machine, r, s: Run {
    r.maker = m and s.maker = m and #r.events = 2
    eventually (r.events in m.head and crash[m] and after {
      no r.events & m.head
      eventually (create[m, s] and eventually s.events in m.said)
    })
  }
} for 4 but 2 Run, 2 Machine, exactly 7 steps

-- A run arrives before its parent, waits, and joins.
run orphan {
  some m: Machine, r: Run | eventually (#r.events = 2 and r.events in m.orphans and eventually adopt[m, r])
} for 4 but 2 Run, 2 Machine, exactly 8 steps

-- An orphan is dropped, and fetched again.
run fetchedAgain {
  some m: Machine, r: Run | eventually (drop[m, r] and eventually r.events in m.head)
} for 4 but 2 Run, 2 Machine, exactly 9 steps

-- A run arrives twice; the second time changes nothing.
run duplicate {
  some m: Machine, r: Run | eventually (r.maker != m and r.events in m.head and deliver[m, r])
} for 4 but 2 Run, 2 Machine, exactly 7 steps

-- A fork, and then everybody holds the same.
run converged {
  #Machine = 2
  eventually (quiet and all m: Machine | m.head = Event and #m.tips = 2)
} for 3 but 2 Run, 2 Machine, exactly 13 steps
