import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './lead-qualification.ts';

await runExample(setup, run);
