import type { ReviewerHandle } from '@mailwarden/core';

/** A person looks at a template and approves what they were shown. */
export async function approveTemplate(reviewer: ReviewerHandle, id: string): Promise<string> {
  const { hash } = await reviewer.showTemplate(id);
  await reviewer.approveTemplate(id, hash);
  return hash;
}
