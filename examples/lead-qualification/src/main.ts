import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './lead-qualification.ts';

await runWorkflows([{ setup, run }]);
