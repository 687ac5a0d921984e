/*
 * One delivery, everything that moves it, and workers that die or stall at any step. SPIN looks at
 * every order of these steps. What one transaction does is one atomic step; a socket is between two.
 *
 * Time is left out: a lease may run out whenever it is held, and a review whenever it waits.
 */
#define WORKERS 2
/* Claims that are tried; each raises the fence. */
#define CLAIMS 3

mtype = {
  held, queued, claimed, sending, sent, deferred, unknown, blocked, rejected, failed, expired,
  cancelled
};

mtype state = queued;
byte fence = 0;
/* Messages that the server took: what the recipient gets. */
byte accepted = 0;
/* Committed under the recipient's lock: a claim that comes later sees it. */
bool suppressed = false;
/* Whether anybody ever cancels it, or says what became of it. Without, nothing may be stuck. */
bool people = false;
/* A person said what became of an unknown one; they may be wrong. */
bool told = false;

/* The only way to change a state: the move has to exist, and its transaction compared and set. */
inline move(from, to) {
  assert(state == from);
  state = to
}

#define over (state == sent || state == blocked || state == rejected || state == failed \
           || state == expired || state == cancelled)

/* A worker's move counts while the row is as it left it. */
#define OWN(its) (state == its && fence == mine)

proctype Worker() {
  byte mine = 0;
  mtype outcome = unknown;

end_idle:
  atomic {
    state == queued && fence < CLAIMS;
    if
    :: suppressed -> move(queued, blocked); goto end_idle
    :: !suppressed -> move(queued, claimed); fence++; mine = fence
    :: move(queued, deferred); goto end_idle /* a cap, quiet hours */
    :: move(queued, held); goto end_idle /* something a person has not seen */
    fi
  };

  if
  :: goto end_idle /* dies while it builds */
  :: atomic { OWN(claimed) -> move(claimed, failed); goto end_idle } /* cannot be built */
  :: atomic { OWN(claimed) -> move(claimed, queued); goto end_idle } /* given back */
  :: atomic { OWN(claimed) -> move(claimed, sending) }
  :: atomic { !OWN(claimed) -> goto end_idle } /* lost its lease, or cancelled */
  fi;

  if
  :: goto end_idle /* dies before the server has it */
  :: outcome = deferred /* 4yz */
  :: outcome = expired /* 4yz, and it was the last try */
  :: outcome = failed /* 5yz */
  :: outcome = unknown /* the connection breaks after the content */
  :: atomic {
       accepted++;
       assert(accepted == 1);
       assert(state == sending || state == unknown || told);
       outcome = sent
     };
     if
     :: goto end_idle /* dies before the answer is recorded */
     :: outcome = unknown /* the answer is lost */
     :: skip
     fi
  fi;

  /* However late: its own attempt is known by the fence. */
  atomic {
    if
    :: OWN(sending) && outcome == sent -> move(sending, sent)
    :: OWN(sending) && outcome == deferred -> move(sending, deferred)
    :: OWN(sending) && outcome == expired -> move(sending, expired)
    :: OWN(sending) && outcome == failed -> move(sending, failed)
    :: OWN(sending) && outcome == unknown -> move(sending, unknown)
    :: OWN(unknown) && outcome == sent -> move(unknown, sent)
    :: OWN(unknown) && outcome == failed -> move(unknown, failed)
    /* A no that comes late: it is not tried again, since somebody may have acted on it. */
    :: OWN(unknown) && (outcome == deferred || outcome == expired) -> move(unknown, failed)
    :: else -> skip
    fi;
    outcome = unknown;
    mine = 0;
    goto end_idle
  }
}

/* What time and people do. */
active proctype World() {
end_world:
  do
  :: atomic { state == deferred -> move(deferred, queued) }
  :: atomic { people && state == deferred -> move(deferred, cancelled) }
  :: atomic { people && state == queued -> move(queued, cancelled) }
  :: atomic { state == claimed -> move(claimed, queued) } /* the lease ran out */
  :: atomic { people && state == claimed -> move(claimed, cancelled) }
  :: atomic { state == sending -> move(sending, unknown) } /* the lease ran out */
  :: atomic { people && state == unknown -> move(unknown, sent); told = true }
  :: atomic { people && state == unknown -> move(unknown, failed); told = true }
  :: atomic { state == held -> move(held, queued) } /* approved, or the fact is there */
  :: atomic { state == held -> move(held, held) } /* something else is missing now */
  :: atomic { state == held -> move(held, blocked) }
  :: atomic { people && state == held -> move(held, rejected) }
  :: atomic { state == held -> move(held, expired) }
  :: atomic { people && state == held -> move(held, cancelled) }
  :: atomic { !suppressed -> suppressed = true }
  od
}

/* When nothing can move any more, the delivery is over and what is recorded is true. */
active proctype Truth() {
  timeout;
  assert(over || (state == queued && fence == CLAIMS) || (state == unknown && !people));
  assert(told || state != sent || accepted == 1);
  assert(told || state == sent || state == unknown || accepted == 0)
}

init {
  if
  :: state = queued
  :: state = held
  fi;
  if
  :: people = true
  :: skip
  fi;
  byte started = 0;
  do
  :: started < WORKERS -> run Worker(); started++
  :: else -> break
  od
}
