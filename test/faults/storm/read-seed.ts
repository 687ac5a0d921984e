/** `FAULT_SEED`, so that a run that failed can be had again; any other number otherwise. */
export function readSeed(): number {
  const given = process.env.FAULT_SEED;
  return given === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(given);
}
