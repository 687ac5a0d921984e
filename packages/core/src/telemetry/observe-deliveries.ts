import { createNoopMeter, metrics } from '@opentelemetry/api';
import type { Context } from '../context.ts';
import { countWaiting } from './count-waiting.ts';
import { SCOPE } from './instruments.ts';
import { quietly } from './quietly.ts';

/**
 * Reports how much waits in which state and for how long, whenever the SDK collects. Returns how to
 * stop; an SDK that is registered later is not seen.
 */
export function observeDeliveries(ctx: Context): () => void {
  const meter = quietly(() => metrics.getMeter(SCOPE)) ?? createNoopMeter();
  const depth = meter.createObservableGauge('mailwarden.deliveries', {
    unit: '{delivery}',
    description: 'Deliveries that wait or are under way, by state; counted up to 100,000.',
  });
  const age = meter.createObservableGauge('mailwarden.deliveries.age', {
    unit: 's',
    description: 'Since when the oldest delivery of a state is due.',
  });
  const observe = async (
    result: Parameters<Parameters<typeof meter.addBatchObservableCallback>[0]>[0],
  ) => {
    try {
      for (const each of await countWaiting(ctx)) {
        result.observe(depth, each.depth, { state: each.state });
        result.observe(age, each.age, { state: each.state });
      }
    } catch (error) {
      ctx.report(error);
    }
  };
  meter.addBatchObservableCallback(observe, [depth, age]);
  return () => meter.removeBatchObservableCallback(observe, [depth, age]);
}
