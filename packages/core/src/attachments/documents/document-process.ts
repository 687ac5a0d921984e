import { disarm } from './disarm.ts';
import { type DocumentJob, READER_FAULT, STARTED } from './document-job.ts';
import { readDocument } from './read-document.ts';

// What `readInProcess` starts: one document, one answer. What a library leaves behind without waiting
// for it decides nothing; the deadline does.
process.on('unhandledRejection', () => {});
// Nobody waits for an answer any more; it may have been so before anything was listening.
process.on('disconnect', () => process.exit());
if (!process.connected) process.exit();

process.once('message', (job: DocumentJob) => {
  const budget = disarm();
  process.send?.(STARTED);
  readDocument(job, budget).then(
    (answer) => process.send?.(answer),
    () => process.exit(READER_FAULT),
  );
});
