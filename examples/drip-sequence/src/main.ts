import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './drip-sequence.ts';

await runWorkflows([{ setup, run }]);
