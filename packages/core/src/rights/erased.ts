/** What stands where an address, a subject or a text was erased. It is no address. */
export const ERASED = '[erased]';
