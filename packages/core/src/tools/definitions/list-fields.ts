/** Arguments that every list shares. */
export const LIST_FIELDS = {
  mailbox: {
    type: 'string',
    description: 'Its address; optional when there is only one.',
  },
  limit: { type: 'integer', description: 'Rows to return, 1 to 100; 20 unless told.' },
  cursor: { type: 'string', description: 'The cursor of the page before.' },
} as const;
