import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Path } from '../shapes/shape.ts';

/** Longest policy file, characters. */
export const MAX_POLICY_LENGTH = 1_000_000;

/** How often what an anchor names may be repeated: enough for people, too few for a bomb. */
const MAX_ALIASES = 100;

/** Where in a file, both from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A mistake in the text itself. */
export interface SyntaxFault extends Position {
  readonly message: string;
}

/** What a file says, and where it says it. */
export interface PolicyDocument {
  readonly faults: readonly SyntaxFault[];
  /** Absent when there are faults. */
  readonly value?: unknown;
  /** Of the value at a path, or of its name. */
  locate(path: Path, part: 'name' | 'value'): Position;
}

/** Reads YAML 1.2 or JSON, which is a part of it: plain data, no tags, no code, few aliases. */
export function readDocument(text: string): PolicyDocument {
  const start = { line: 1, column: 1 };
  const refuse = (message: string) => ({ faults: [{ ...start, message }], locate: () => start });
  if (text.length > MAX_POLICY_LENGTH) {
    return refuse(`A policy has at most ${MAX_POLICY_LENGTH} characters; got ${text.length}.`);
  }
  const lines = new LineCounter();
  const toPosition = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const document = parse(text, lines);
  // The parser calls itself for every level, until the stack ends.
  if (document === undefined) return refuse('It has too many levels.');
  const faults = [...document.errors, ...document.warnings, ...findUnwanted(document)].map(
    ({ message, pos }) => ({ ...toPosition(pos[0]), message: toSentence(message) }),
  );
  const locate = (path: Path, part: 'name' | 'value') =>
    toPosition(findOffset(document, path, part));
  if (faults.length > 0) return { faults, locate };
  try {
    return { faults, value: document.toJS({ maxAliasCount: MAX_ALIASES }), locate };
  } catch {
    return refuse(`Its aliases are unknown, or repeat more than ${MAX_ALIASES} things.`);
  }
}

interface Fault {
  readonly message: string;
  readonly pos: readonly [number, ...number[]];
}

/** Tags make other things than data, and aliases can stand for more than fits into memory. */
function findUnwanted(document: Document.Parsed): readonly Fault[] {
  const faults: Fault[] = [];
  let aliases = 0;
  visit(document, {
    Node(_, node) {
      const pos = [node.range?.[0] ?? 0] as const;
      if (node.tag !== undefined) faults.push({ message: 'Tags are not understood here.', pos });
      if (isMap(node)) faults.push(...findTwice(node));
      if (!isAlias(node)) return undefined;
      aliases += 1;
      if (aliases <= MAX_ALIASES) return undefined;
      faults.push({ message: `A policy has at most ${MAX_ALIASES} aliases.`, pos });
      return visit.BREAK;
    },
  });
  return faults;
}

function findTwice(node: YAMLMap): readonly Fault[] {
  const seen = new Set<string>();
  return node.items.flatMap(({ key }) => {
    if (!isScalar(key)) return [];
    const name = String(key.value);
    const isNew = !seen.has(name);
    seen.add(name);
    return isNew
      ? []
      : [{ message: `${JSON.stringify(name)} stands twice.`, pos: [key.range?.[0] ?? 0] }];
  });
}

function toSentence(message: string): string {
  if (/call stack/i.test(message)) return 'It has too many levels.';
  return /[.!?]$/.test(message) ? message : `${message}.`;
}

function parse(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      prettyErrors: false,
      stringKeys: true,
      // Its own search compares every name with every other one; see findUnwanted.
      uniqueKeys: false,
      version: '1.2',
      // Not silent: a second document would be read over.
      logLevel: 'error',
    });
  } catch {
    return undefined;
  }
}

/** The deepest node on the way that there is; what is missing is where it would stand. */
function findOffset(document: Document.Parsed, path: Path, part: 'name' | 'value'): number {
  let node: unknown = document.contents;
  let offset = document.contents?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    const isLast = index === path.length - 1;
    if (isSeq(node)) node = node.items[Number(step)];
    else if (isMap(node)) {
      const pair = node.items.find(
        ({ key }) => isScalar(key) && String(key.value) === String(step),
      );
      if (isNode(pair?.key)) offset = pair.key.range?.[0] ?? offset;
      if (isLast && part === 'name') return offset;
      node = pair?.value;
    } else return offset;
    if (isNode(node)) offset = node.range?.[0] ?? offset;
  }
  return offset;
}
