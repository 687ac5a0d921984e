import { ATTACHMENT_LIMITS } from '../attachment-limits.ts';
import { unreadable } from '../unreadable.ts';

/** What could reach the network or run what a file brings, and what unpacks without being counted. */
const TAKEN = [
  ...['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest', 'WebAssembly', 'DecompressionStream'],
];
const BUFFERS = [
  ...['ArrayBuffer', 'Uint8Array', 'Uint8ClampedArray', 'Int8Array', 'Uint16Array', 'Int16Array'],
  ...['Uint32Array', 'Int32Array', 'Float32Array', 'Float64Array'],
];

type BufferType = (new (...args: unknown[]) => object) & { readonly BYTES_PER_ELEMENT?: number };

/**
 * Takes from this process what reading needs not, and counts the buffers that are made in it: a heap
 * limit does not see them, and a page of a PDF can unpack to a thousand times its size. Only in a
 * process that ends with the file. Returns whether the budget is spent, which a library may have
 * swallowed.
 */
export function disarm(): { readonly isSpent: () => boolean } {
  for (const name of TAKEN) Reflect.deleteProperty(globalThis, name);
  let spent = 0;
  for (const name of BUFFERS) {
    const Type = Reflect.get(globalThis, name) as BufferType;
    const counted: BufferType = new Proxy(Type, {
      construct(target, args, newTarget) {
        spent += sizeOf(args[0], target.BYTES_PER_ELEMENT ?? 1);
        if (spent > ATTACHMENT_LIMITS.bufferBytes) {
          throw unreadable('too_costly', 'It needs more memory than one file may.');
        }
        return Reflect.construct(
          target,
          args,
          newTarget === counted ? target : newTarget,
        ) as object;
      },
    });
    Reflect.set(globalThis, name, counted);
    // `slice` and `map` ask the prototype which type to make.
    Reflect.set(Type.prototype as object, 'constructor', counted);
  }
  return { isSpent: () => spent > ATTACHMENT_LIMITS.bufferBytes };
}

/** Bytes that a buffer of this first argument takes; a view on another takes none. */
function sizeOf(first: unknown, bytes: number): number {
  if (typeof first === 'number') return first * bytes;
  if (typeof first !== 'object' || first === null || first instanceof ArrayBuffer) return 0;
  const { length } = first as { readonly length?: unknown };
  return typeof length === 'number' ? length * bytes : 0;
}
