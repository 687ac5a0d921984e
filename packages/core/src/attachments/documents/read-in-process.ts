import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { MailwardenError } from '../../errors/mailwarden-error.ts';
import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { unreadable } from '../unreadable.ts';
import {
  type DocumentAnswer,
  type DocumentJob,
  type DocumentText,
  READER_FAULT,
  STARTED,
} from './document-job.ts';
import { takeTurn } from './take-turn.ts';

/** Bounds that tests make smaller. */
export interface ProcessLimits {
  /** @default ATTACHMENT_LIMITS.deadline */
  readonly deadline?: number;
  /** @default ATTACHMENT_LIMITS.heapMegabytes */
  readonly heapMegabytes?: number;
  /** @default ATTACHMENT_LIMITS.cpuSeconds */
  readonly cpuSeconds?: number;
}

/**
 * Reads a document in a process of its own, without the environment, without a right to write files
 * or to start anything, and with bounds of time and memory: whatever a file does to its reader, this
 * process goes on. A thread is not enough: V8 aborts the whole process when one allocation is too
 * large for a heap. Throws `ATTACHMENT_UNREADABLE`, `ATTACHMENTS_BUSY`, `ATTACHMENT_READER_FAILED`.
 */
export async function readInProcess(
  job: DocumentJob,
  limits: ProcessLimits = {},
): Promise<DocumentText> {
  const answer = await takeTurn(() => runProcess(job, limits));
  if ('problem' in answer) throw unreadable(answer.problem, answer.detail);
  return answer;
}

async function runProcess(job: DocumentJob, limits: ProcessLimits): Promise<DocumentAnswer> {
  const given = { ...ATTACHMENT_LIMITS, ...limits };
  let reader: ChildProcess | undefined;
  try {
    reader = start(given);
    return await waitForAnswer(reader, job, given.deadline);
  } catch (cause) {
    throw new MailwardenError('ATTACHMENT_READER_FAILED', { cause });
  } finally {
    reader?.kill('SIGKILL');
  }
}

// Compiled it is JavaScript, and in this repository TypeScript that Node reads as it is.
const PROGRAM = import.meta.url.endsWith('.ts') ? './document-process.ts' : './document-process.js';

const SHELL = '/bin/sh';

/**
 * Nobody ends a reader whose parent was killed, and one that is busy does not hear of it. Where there
 * is a shell, the system ends it for its processor time; the bound of this process stays as it is.
 */
function start({ heapMegabytes, cpuSeconds }: Required<ProcessLimits>): ChildProcess {
  const flags = [
    '--permission',
    '--allow-fs-read=*',
    '--disallow-code-generation-from-strings',
    `--max-old-space-size=${heapMegabytes}`,
  ];
  const limited = ['-c', `ulimit -t ${cpuSeconds}; exec "$0" "$@"`, process.execPath, ...flags];
  const program = existsSync(SHELL) ? { execPath: SHELL, execArgv: limited } : { execArgv: flags };
  // Windows starts nothing without it.
  const { SystemRoot } = process.env;
  return fork(fileURLToPath(new URL(PROGRAM, import.meta.url)), [], {
    env: SystemRoot === undefined ? {} : { SystemRoot },
    ...program,
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

const TOO_MUCH: DocumentAnswer = {
  problem: 'too_costly',
  detail: 'It needs more memory or time than one file may.',
};
const BROKEN: DocumentAnswer = { problem: 'damaged', detail: 'It cannot be read to its end.' };

function waitForAnswer(
  reader: ChildProcess,
  job: DocumentJob,
  deadline: number,
): Promise<DocumentAnswer> {
  return new Promise((resolve, reject) => {
    let isStarted = false;
    const timer = setTimeout(() => {
      const time = `${deadline / 1_000} seconds`;
      // Not the file's doing.
      if (!isStarted) {
        reject(new MailwardenError('INTERNAL', { detail: `No reader started in ${time}.` }));
      } else resolve({ problem: 'too_costly', detail: `Reading it takes more than ${time}.` });
    }, deadline);
    reader.on('message', (message) => {
      if (message === STARTED) isStarted = true;
      else resolve(message as DocumentAnswer);
    });
    reader.once('error', reject);
    // After an answer this changes nothing.
    reader.once('exit', (code, signal) => {
      clearTimeout(timer);
      if (!isStarted || code === READER_FAULT) {
        reject(
          new MailwardenError('INTERNAL', { detail: `The reader ended with ${code ?? signal}.` }),
        );
      } else resolve(isAborted(code, signal) ? TOO_MUCH : BROKEN);
    });
    // One that ended cannot be told; its end has been told above.
    reader.send(job, () => {});
  });
}

/** How V8 ends a process that has no memory left, and a system one that takes too much of anything. */
function isAborted(code: number | null, signal: NodeJS.Signals | null): boolean {
  return code === 134 || ['SIGABRT', 'SIGTRAP', 'SIGKILL', 'SIGXCPU'].includes(signal ?? '');
}
