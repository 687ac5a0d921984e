/** Where a command writes; a part of `process.stdout`. */
export interface Output {
  write(text: string): unknown;
  /** True on a terminal; only there lines are cut to fit. */
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** What a command knows of the world around it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** Resolves when somebody asks the process to end; asked for by commands that run until then. */
  readonly untilStopped: () => Promise<void>;
}
