import { type Counter, type Histogram, type MeterProvider, metrics } from '@opentelemetry/api';

/** The name under which everything is reported. */
export const SCOPE = '@mailwarden/core';

/** What is counted and timed while working. */
export interface Instruments {
  readonly decisions: Counter;
  readonly replies: Counter;
  readonly decide: Histogram;
  readonly claim: Histogram;
  readonly send: Histogram;
  readonly ingest: Histogram;
}

let made: { readonly provider: MeterProvider; readonly instruments: Instruments } | undefined;

/** Those of the SDK that is registered at this moment; without one they do nothing. */
export function instruments(): Instruments {
  const provider = metrics.getMeterProvider();
  if (made?.provider !== provider) made = { provider, instruments: create(provider) };
  return made.instruments;
}

function create(provider: MeterProvider): Instruments {
  const meter = provider.getMeter(SCOPE);
  const duration = (what: string, description: string) =>
    meter.createHistogram(`mailwarden.${what}.duration`, {
      unit: 's',
      description,
      advice: { explicitBucketBoundaries: BOUNDARIES },
    });
  return {
    decisions: meter.createCounter('mailwarden.decisions', {
      unit: '{decision}',
      description: 'Decisions of the policy, by effect, code and phase.',
    }),
    replies: meter.createCounter('mailwarden.smtp.replies', {
      unit: '{reply}',
      description: 'What servers answered for a recipient, by class and outcome.',
    }),
    decide: duration('decide', 'One decision of the policy, without loading its facts.'),
    claim: duration('claim', 'One claim of a worker: locks, facts, decisions, reservations.'),
    send: duration('send', 'One SMTP transaction, waiting for a connection included.'),
    ingest: duration('ingest', 'Understanding and storing mail that came in.'),
  };
}

/** Seconds, from a decision (tens of microseconds) to a server that filters for a minute. */
const BOUNDARIES = [
  ...[0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005],
  ...[0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
];
