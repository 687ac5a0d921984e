import { describe, expect, it } from 'vitest';
import { databases } from '../support/databases.ts';
import { isFlat } from './storm/is-flat.ts';
import { soak } from './storm/soak.ts';

/** A soak of ten minutes also asks whether memory and handles stay. */
const SECONDS = Number(process.env.FAULT_SOAK_SECONDS ?? 60);
const LONG = 300;

describe('everything that goes wrong at once', () => {
  it.concurrent.each(databases)(
    'P1, P5, P6: loses nothing, doubles nothing and sends nothing in spite of a no on $name',
    async ({ name }) => {
      const samples = await soak({ name, ms: SECONDS * 1_000 });
      if (SECONDS >= LONG) {
        for (const what of ['rss', 'heap', 'handles'] as const) {
          const values = samples.map((sample) => sample[what]);
          const flat = isFlat(values);
          process.stdout.write(`soak on ${name}: ${what} ${JSON.stringify(flat)}\n`);
          expect({ what, ...flat }).toMatchObject({ isFlat: true });
        }
      }
    },
    SECONDS * 1_000 + 600_000,
  );
});
