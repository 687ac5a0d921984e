import { describe, expect, it } from 'vitest';
import { suppressionApplies } from './suppression-applies.ts';

const marketing = { category: 'marketing', topic: 'tips', senderId: 'acme' } as const;
const transactional = { category: 'transactional', senderId: 'acme' } as const;
const conversational = { category: 'conversational', topic: 'tips', senderId: 'acme' } as const;

describe('suppressionApplies', () => {
  it.each([marketing, transactional, conversational])('forbids $category under all', (mail) => {
    expect(suppressionApplies({ scope: 'all', senderId: '' }, mail)).toBe(true);
  });

  it.each(['marketing', 'topic:tips'])('forbids only marketing under %s', (scope) => {
    expect(suppressionApplies({ scope, senderId: 'acme' }, marketing)).toBe(true);
    expect(suppressionApplies({ scope, senderId: 'acme' }, transactional)).toBe(false);
    expect(suppressionApplies({ scope, senderId: 'acme' }, conversational)).toBe(false);
  });

  it('forbids a topic and leaves the others', () => {
    const fact = { scope: 'topic:tips', senderId: 'acme' };
    expect(suppressionApplies(fact, { ...marketing, topic: 'news' })).toBe(false);
  });

  it('forbids marketing that names no topic: leaving it out is no way around', () => {
    const fact = { scope: 'topic:tips', senderId: 'acme' };
    expect(suppressionApplies(fact, { ...marketing, topic: undefined })).toBe(true);
  });

  it.each(['all', 'marketing', 'topic:tips'])('holds %s against its sender only', (scope) => {
    expect(suppressionApplies({ scope, senderId: 'other' }, marketing)).toBe(false);
    expect(suppressionApplies({ scope, senderId: '' }, marketing)).toBe(true);
  });

  it('holds against a mailbox that names no sender', () => {
    const mail = { ...marketing, senderId: undefined };
    expect(suppressionApplies({ scope: 'marketing', senderId: 'acme' }, mail)).toBe(true);
  });

  it('forbids everything under a scope that it does not know', () => {
    expect(suppressionApplies({ scope: 'from-the-future', senderId: '' }, transactional)).toBe(
      true,
    );
  });
});
