import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './drip-sequence.ts';

await runExample(setup, run);
