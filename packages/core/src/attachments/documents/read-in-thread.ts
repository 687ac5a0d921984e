import { Worker } from 'node:worker_threads';
import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { unreadable } from '../unreadable.ts';
import type { DocumentAnswer, DocumentJob, DocumentText } from './document-job.ts';
import { takeTurn } from './take-turn.ts';

/** Bounds that tests make smaller. */
export interface ThreadLimits {
  /** @default ATTACHMENT_LIMITS.deadline */
  readonly deadline?: number;
  /** @default ATTACHMENT_LIMITS.heapMegabytes */
  readonly heapMegabytes?: number;
}

/**
 * Reads a document in a thread of its own, without the environment and with bounds of time and memory:
 * whatever a file does to its reader, the process goes on. Throws `ATTACHMENT_UNREADABLE`,
 * `ATTACHMENTS_BUSY`, and what kept the thread from starting.
 */
export async function readInThread(
  job: DocumentJob,
  limits: ThreadLimits = {},
): Promise<DocumentText> {
  const answer = await takeTurn(() => runThread(job, limits));
  if ('problem' in answer) throw unreadable(answer.problem, answer.detail);
  return answer;
}

// Compiled it is JavaScript, and in this repository TypeScript that Node reads as it is.
const THREAD = import.meta.url.endsWith('.ts') ? './document-thread.ts' : './document-thread.js';

async function runThread(
  job: DocumentJob,
  {
    deadline = ATTACHMENT_LIMITS.deadline,
    heapMegabytes = ATTACHMENT_LIMITS.heapMegabytes,
  }: ThreadLimits,
): Promise<DocumentAnswer> {
  const thread = new Worker(new URL(THREAD, import.meta.url), {
    workerData: job,
    env: {},
    argv: [],
    execArgv: [],
    stdin: true,
    stdout: true,
    stderr: true,
    resourceLimits: {
      maxOldGenerationSizeMb: heapMegabytes,
      maxYoungGenerationSizeMb: 32,
      stackSizeMb: 4,
    },
  });
  try {
    return await waitForAnswer(thread, deadline);
  } finally {
    await thread.terminate();
  }
}

function waitForAnswer(thread: Worker, deadline: number): Promise<DocumentAnswer> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      const detail = `Reading it takes more than ${deadline / 1_000} seconds.`;
      resolve({ problem: 'too_costly', detail });
    }, deadline);
    thread.once('message', resolve);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return reject(error);
      resolve({ problem: 'too_costly', detail: 'It needs more memory than one file may.' });
    });
    thread.once('exit', () => {
      clearTimeout(timer);
      // After an answer this changes nothing.
      resolve({ problem: 'damaged', detail: 'Its reader ended without an answer.' });
    });
  });
}
