/** The meta row that says up to where the database is known to contain its journal. */
export const JOURNAL_KEY = 'suppression-journal';
