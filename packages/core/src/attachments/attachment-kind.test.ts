import { describe, expect, it } from 'vitest';
import { bytesToRead } from './attachment-kind.ts';
import { ATTACHMENT_LIMITS } from './attachment-limits.ts';

const { documentBytes, textBytes } = ATTACHMENT_LIMITS;
const UNKNOWN = 'application/octet-stream';

describe('bytesToRead', () => {
  it.each([
    ['a.txt', 'text/plain', 50_000_000, textBytes],
    ['a.pdf', 'application/pdf', documentBytes, documentBytes],
    ['a.pdf', 'application/pdf', documentBytes + 1, 4_096],
    ['a.png', 'image/png', 5_000, 4_096],
    ['file', UNKNOWN, documentBytes, documentBytes],
    ['file', UNKNOWN, documentBytes + 1, textBytes],
  ])('of %s (%s) with %d bytes loads %d', (name, type, size, most) => {
    expect(bytesToRead({ name, type, size })).toBe(most);
  });
});
