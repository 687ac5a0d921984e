import type { Context, Mailbox } from '../context.ts';
import type { LedgerMail } from '../frequency/counted-mail.ts';
import type { RecipientFacts, SendFacts } from '../policy/facts.ts';
import { judgeTopic } from '../policy/judge-topic.ts';
import type { HistoryMail } from './read-history.ts';

/** What each person of a history had had by then; filled in order of time. */
export class HistoryLedger {
  readonly #ctx: Pick<Context, 'keys' | 'settings'>;
  readonly #had = new Map<string, LedgerMail[]>();

  constructor(ctx: Pick<Context, 'keys' | 'settings'>) {
    this.#ctx = ctx;
  }

  /** One message went to each of its recipients. */
  add({ sender }: Mailbox, { at, to, category, topic }: HistoryMail): void {
    const { knownTopic } = judgeTopic(this.#ctx.settings.frequency, topic);
    const mail: LedgerMail = {
      ...{ at, category, senderId: sender?.id ?? '' },
      ...(knownTopic === undefined ? {} : { topic: knownTopic }),
    };
    for (const address of to) {
      const key = this.#ctx.keys.identify(address).canonical;
      const had = this.#had.get(key);
      if (had === undefined) this.#had.set(key, [mail]);
      else had.push(mail);
    }
  }

  /** The facts with what was sent before them, in the history and by this system. */
  fill(facts: SendFacts): SendFacts {
    return { ...facts, recipients: facts.recipients.map((each) => this.#fillOne(each, facts.now)) };
  }

  #fillOne(recipient: RecipientFacts, now: number): RecipientFacts {
    const { frequency, address } = recipient;
    // Absent where nothing is capped.
    if (frequency === undefined) return recipient;
    const before = this.#had.get(this.#ctx.keys.identify(address).canonical) ?? [];
    const had = [...frequency.had.filter(({ at }) => at <= now), ...before];
    return { ...recipient, frequency: { ...frequency, had } };
  }
}
