import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './winback-approval.ts';

await runWorkflows([{ setup, run }]);
