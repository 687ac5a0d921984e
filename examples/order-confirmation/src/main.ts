import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './order-confirmation.ts';

await runExample(setup, run);
