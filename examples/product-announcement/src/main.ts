import { runWorkflows } from '@mailwarden-examples/support';
import { run, setup } from './product-announcement.ts';

await runWorkflows([{ setup, run }]);
