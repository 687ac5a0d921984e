import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPassing } from './is-passing.ts';

interface Waiting<In, Out> {
  readonly item: In;
  readonly settle: (outcome: PromiseLike<Out> | Out) => void;
}

/**
 * Does what many ask for at about the same time in one go: whoever comes while one group is worked
 * on is in the next, and so is who comes after the first `most`. `work` answers in the order of its
 * items. When it throws, each half is worked on by itself, so that one odd item fails alone; a fault
 * that may pass is everybody's.
 */
export function gather<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  most = Number.POSITIVE_INFINITY,
): (item: In) => Promise<Out> {
  const waiting: Waiting<In, Out>[] = [];
  let running = false;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // One turn of the event loop lets those join who were woken by the same group.
      await nextTurn();
      await workGroup(work, waiting.splice(0, most));
    }
    running = false;
  }

  return (item) => {
    const { promise, resolve } = Promise.withResolvers<Out>();
    waiting.push({ item, settle: resolve });
    if (!running) {
      running = true;
      void drain();
    }
    return promise;
  };
}

async function workGroup<In, Out>(
  work: (items: readonly In[]) => Promise<readonly Out[]>,
  group: readonly Waiting<In, Out>[],
): Promise<void> {
  try {
    const outs = await work(group.map(({ item }) => item));
    for (const [at, { settle }] of group.entries()) settle(outs[at] as Out);
  } catch (error) {
    if (group.length > 1 && !isPassing(error)) {
      const middle = Math.ceil(group.length / 2);
      await workGroup(work, group.slice(0, middle));
      await workGroup(work, group.slice(middle));
    } else {
      for (const { settle } of group) settle(Promise.reject(error));
    }
  }
}
