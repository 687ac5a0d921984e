import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './winback-approval.ts';

await runExample(setup, run);
