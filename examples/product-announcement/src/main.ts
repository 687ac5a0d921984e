import { runExample } from '@mailwarden-examples/support';
import { run, setup } from './product-announcement.ts';

await runExample(setup, run);
