import { parentPort, workerData } from 'node:worker_threads';
import { disarm } from './disarm.ts';
import type { DocumentJob } from './document-job.ts';
import { readDocument } from './read-document.ts';

// What `readInThread` starts: one document, one answer. What a library leaves behind without waiting
// for it decides nothing; the deadline does.
process.on('unhandledRejection', () => {});

async function answer(): Promise<void> {
  const budget = disarm();
  parentPort?.postMessage(await readDocument(workerData as DocumentJob, budget));
}

answer().catch((error: unknown) => {
  // To be an error of the thread, which tells the operator: this copy of ours is not whole.
  setImmediate(() => {
    throw error;
  });
});
