import { fileURLToPath } from 'node:url';

/** Where data sets are kept between runs: on the checkout's own disk, ignored by git. */
export const DATA = fileURLToPath(new URL('../../../.bench', import.meta.url));
