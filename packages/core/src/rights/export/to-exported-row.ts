import type { Database } from '../../storage/database.ts';
import { DATA_MAP, type DataClass } from '../data-map.ts';
import type { ExportedRow } from './person-export.ts';

/** Characters of a hash that are shown: enough to find the row, too few to compare people. */
const SHOWN = 8;

/** Salts, and what belongs to the machinery. */
const LEFT_OUT = new Set(['tenant', 'nonce', 'salt', 'lease_owner', 'lease_until', 'xact']);

/** A row as it leaves the house: every column that is not empty, read by what the column can hold. */
export function toExportedRow(table: keyof Database, row: object): ExportedRow {
  const classes: Readonly<Record<string, DataClass>> = DATA_MAP[table];
  return Object.fromEntries(
    Object.entries(row).flatMap(([column, value]) => {
      if (value === null || LEFT_OUT.has(column)) return [];
      return [[toCamelCase(column), toValue(classes[column], column, value)]];
    }),
  );
}

function toValue(dataClass: DataClass | undefined, column: string, value: unknown): unknown {
  if (dataClass === 'hash') return `${String(value).slice(0, SHOWN)}…`;
  if (typeof value === 'number' && /(?:^|_)(?:at|until)$/.test(column)) return toTime(value);
  if (typeof value === 'string' && /^[[{]/.test(value)) return parseJson(value);
  return value;
}

function toTime(at: number): unknown {
  const time = new Date(at);
  return Number.isNaN(time.getTime()) ? at : time.toISOString();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

function toCamelCase(column: string): string {
  return column.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}
