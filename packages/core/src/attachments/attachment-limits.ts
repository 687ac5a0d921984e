/** Bounds of what is read of one attachment. Each exists so that no file can take the process with it. */
export const ATTACHMENT_LIMITS = {
  /** Bytes of a text, HTML, CSV or ICS file that are read; the rest is not. */
  textBytes: 2 * 1024 * 1024,
  /** Bytes of a PDF or DOCX; half of one cannot be read, so a larger one is refused. */
  documentBytes: 20 * 1024 * 1024,
  /** Characters of text that a model can reach, over all calls. */
  characters: 1_000_000,
  /** Pages of a PDF; the rest is not read. */
  pages: 1_000,
  /** Entries in a DOCX. */
  zipEntries: 2_000,
  /** Bytes of all parts of a DOCX that are read, unpacked. */
  zipBytes: 16 * 1024 * 1024,
  /** How many times larger than packed a part may be when it is over 1 MiB. Real ones stay below 100. */
  zipRatio: 250,
  /** Milliseconds until the process that reads a file is ended; starting it on a busy machine included. */
  deadline: 15_000,
  /** Seconds of processor time of that process: what ends it when nobody is left to do so. */
  cpuSeconds: 30,
  /** Megabytes of heap in that process. */
  heapMegabytes: 192,
  /** Bytes of buffers that it may make, in all; a heap limit does not count them. */
  bufferBytes: 256 * 1024 * 1024,
  /** Such processes at a time. */
  processes: 2,
  /** Calls that wait for one. */
  waiting: 50,
} as const;
