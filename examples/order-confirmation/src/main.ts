import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './order-confirmation.ts';

await runWorkflows([{ setup, run }]);
