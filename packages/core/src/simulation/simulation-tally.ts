import type { Effect } from '../policy/finding.ts';
import type { MissingFacts } from '../policy/replay/replay-facts.ts';
import type {
  AssumedFact,
  HistoryRowError,
  SimulatedChange,
  SimulationReport,
} from './simulation-report.ts';

/** Kinds of change that are told apart; an own rule may make up codes without end. */
const MOST_KINDS = 1_000;
const MOST_ERRORS = 100;

interface Answer {
  readonly effect: Effect;
  readonly code: string;
}

/** Counts what a simulation finds, in memory that does not grow with it. */
export class SimulationTally {
  readonly #samples: number;
  readonly #changes = new Map<string, SimulatedChange>();
  readonly #missing: Partial<Record<MissingFacts, number>> = {};
  readonly #assumed: Partial<Record<AssumedFact, number>> = {};
  readonly #errors: HistoryRowError[] = [];
  #counts = {
    decisions: 0,
    same: 0,
    different: 0,
    recipients: 0,
    outdated: 0,
    unfaithful: 0,
    withoutBody: 0,
    failed: 0,
  };

  constructor(samples: number) {
    this.#samples = samples;
  }

  compare(from: Answer, to: Answer, about: { readonly id: string; readonly recipients: number }) {
    this.count('decisions');
    if (from.effect === to.effect && from.code === to.code) {
      this.count('same');
      return;
    }
    this.count('different');
    this.#counts.recipients += about.recipients;
    this.#keep(from, to, about.id);
  }

  count(what: 'decisions' | 'same' | 'different' | 'outdated' | 'unfaithful' | 'withoutBody') {
    this.#counts[what] += 1;
  }

  miss(reason: MissingFacts): void {
    this.count('decisions');
    this.#missing[reason] = (this.#missing[reason] ?? 0) + 1;
  }

  assume(fact: AssumedFact): void {
    this.#assumed[fact] = (this.#assumed[fact] ?? 0) + 1;
  }

  fail(error: HistoryRowError): void {
    this.#counts.failed += 1;
    if (this.#errors.length < MOST_ERRORS) this.#errors.push(error);
  }

  report(
    base: Pick<SimulationReport, 'over' | 'running' | 'simulated' | 'idle'>,
  ): SimulationReport {
    const total = Object.values(this.#missing).reduce((sum, count) => sum + count, 0);
    const changes = [...this.#changes.values()].toSorted((a, b) => b.count - a.count);
    return {
      ...base,
      ...this.#counts,
      effects: toEffects(changes),
      changes,
      missing: { total, reasons: { ...this.#missing } },
      assumed: { ...this.#assumed },
      errors: this.#errors,
    };
  }

  #keep(from: Answer, to: Answer, id: string): void {
    const isFull = this.#changes.size >= MOST_KINDS;
    const exact = JSON.stringify([from.effect, from.code, to.effect, to.code]);
    const other = JSON.stringify([from.effect, to.effect]);
    const key = isFull && !this.#changes.has(exact) ? other : exact;
    const known = this.#changes.get(key) ?? {
      from: from.effect,
      fromCode: key === other ? 'OTHER' : from.code,
      to: to.effect,
      toCode: key === other ? 'OTHER' : to.code,
      count: 0,
      samples: [],
    };
    const isSample = known.samples.length < this.#samples;
    this.#changes.set(key, {
      ...known,
      count: known.count + 1,
      samples: isSample ? [...known.samples, id] : known.samples,
    });
  }
}

function toEffects(changes: readonly SimulatedChange[]): SimulationReport['effects'] {
  const groups = Map.groupBy(changes, ({ from, to }) => `${from} ${to}`);
  return [...groups.values()]
    .flatMap(([first, ...rest]) => {
      if (first === undefined) return [];
      const { from, to } = first;
      return [{ from, to, count: rest.reduce((sum, { count }) => sum + count, first.count) }];
    })
    .toSorted((a, b) => b.count - a.count);
}
