import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './feedback-request.ts';

await runExample(setup, run);
