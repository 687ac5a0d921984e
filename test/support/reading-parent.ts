import { subscribe } from 'node:diagnostics_channel';
import { deflateSync } from 'node:zlib';
import { STARTED } from '../../packages/core/src/attachments/documents/document-job.ts';
import { readInProcess } from '../../packages/core/src/attachments/documents/read-in-process.ts';
import { makePdf } from './make-files.ts';

// Begins to read a document that keeps its reader busy for long, and says which process reads it.
subscribe('child_process', (message) => {
  const { process: reader } = message as { process: import('node:child_process').ChildProcess };
  reader.on('message', (said) => {
    if (said === STARTED) process.stdout.write(`${reader.pid}\n`);
  });
});
const page = deflateSync(`BT /F1 12 Tf ${'(aaaaaaaa) Tj 1 0 Td '.repeat(2_000_000)} ET`);
const bytes = makePdf({ pages: [page], filter: '/Filter /FlateDecode' });
const job = { kind: 'pdf', bytes, isCut: false, limit: 1_000_000 } as const;
await readInProcess(job, { deadline: 600_000, cpuSeconds: 2 });
