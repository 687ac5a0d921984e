// `npm run docs:jurisdictions` writes one page per regime from its pack; a test compares them.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { aiAct } from '../../packages/core/src/policy/jurisdictions/ai-act.ts';
import { BUILT_IN_PACKS } from '../../packages/core/src/policy/jurisdictions/built-in-packs.ts';
import type {
  JurisdictionPack,
  JurisdictionRow,
} from '../../packages/core/src/policy/jurisdictions/jurisdiction-pack.ts';
import { LAW_NOTES } from './jurisdictions-notes.ts';

const folder = join(import.meta.dirname, '../../packages/core/docs/jurisdictions');

/** Every regime that has a page. */
export const PACKS: readonly JurisdictionPack[] = [...BUILT_IN_PACKS, aiAct];

/** The page as it should be. */
export function renderJurisdictionDoc(pack: JurisdictionPack): string {
  const notes = LAW_NOTES[pack.id];
  if (notes === undefined) throw new Error(`${pack.id} has no notes.`);
  const where = [...pack.countries, ...(pack.regions ?? []).map((region) => `region ${region}`)];
  return `# ${pack.title}

${notes.about}

Holds for ${where.join(', ')}. The first row that fits a recipient decides. This is engineering, not legal advice; whoever sends answers for it.

| when | then | code | source |
|---|---|---|---|
${pack.rows.map(renderRow).join('\n')}

## Enforced elsewhere

${list(notes.elsewhere)}

## Not enforced

${list(notes.missing)}

This page is written by \`npm run docs:jurisdictions\` from the pack \`${pack.id}\`, version ${pack.version}.
`;
}

/** The page as it is. */
export const readJurisdictionDoc = (pack: JurisdictionPack): Promise<string> =>
  readFile(join(folder, `${pack.id}.md`), 'utf8');

function renderRow({ when, effect, needs, code, law }: JurisdictionRow): string {
  const conditions = Object.entries(when).map(([name, value]) => {
    return `${name}: ${Array.isArray(value) ? value.join(' or ') : String(value)}`;
  });
  const then = needs === undefined ? effect : `${effect}, needs ${needs}`;
  const said = conditions.length === 0 ? 'otherwise' : conditions.join('; ');
  return `| ${said} | ${then} | \`${code}\` | ${law} |`;
}

const list = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

if (process.argv[1] === import.meta.filename) {
  await mkdir(folder, { recursive: true });
  for (const pack of PACKS) {
    await writeFile(join(folder, `${pack.id}.md`), renderJurisdictionDoc(pack));
  }
}
