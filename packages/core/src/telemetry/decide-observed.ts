import { trace } from '@opentelemetry/api';
import type { Context } from '../context.ts';
import { type Discharge, decide } from '../policy/decide.ts';
import type { SendFacts } from '../policy/facts.ts';
import type { Decision } from '../policy/finding.ts';
import { instruments, SCOPE } from './instruments.ts';
import { quietly } from './quietly.ts';

/** Decides on mail that may go out, and tells operators what was decided and how long it took. */
export function decideObserved(
  ctx: Pick<Context, 'policy' | 'logger'>,
  facts: SendFacts,
  discharges?: readonly Discharge[],
): Decision {
  const span = quietly(() => trace.getTracer(SCOPE).startSpan('mailwarden.decide'));
  const start = performance.now();
  const decision = decide(ctx.policy, facts, discharges);
  const took = performance.now() - start;
  quietly(() => {
    const { effect, code } = decision;
    const { phase } = facts;
    const told = { effect, code, phase };
    instruments().decide.record(took / 1_000, { phase });
    instruments().decisions.add(1, told);
    span?.setAttributes({
      'mailwarden.effect': effect,
      'mailwarden.code': code,
      'mailwarden.phase': phase,
    });
    span?.end();
    ctx.logger?.debug('decided', told);
  });
  return decision;
}
