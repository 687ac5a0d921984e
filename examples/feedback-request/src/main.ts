import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './feedback-request.ts';

await runWorkflows([{ setup, run }]);
