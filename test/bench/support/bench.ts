/** What a bench found out: numbers with their unit in the name, a baseline and a ratio to it. */
export interface Figures {
  readonly [name: string]: number | string | Figures;
}

/**
 * One file in `benches/` exports one as `bench`; the runner finds it by the file's name. It measures
 * its baseline in the same run and gives medians over several rounds. `log` tells how far it is.
 */
export type Bench = (log: (line: string) => void) => Promise<Figures>;
