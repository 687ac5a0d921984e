import { readBody } from './read-body.ts';

/** What a POST asks for: to stop, or to get less. */
export type Choice =
  | { readonly scope: 'marketing' | 'topic'; readonly via: 'one-click' | 'page' }
  | { readonly scope: 'preferences'; readonly via: 'page'; readonly form: PreferenceForm };

/** The fields of the form on our page, as they came. */
export interface PreferenceForm {
  /** Topics that the form showed; others are not asked about. */
  readonly shown: readonly string[];
  /** Those of them that are wanted. */
  readonly checked: readonly string[];
  /** Days from now; empty for none, `keep` for what was there. */
  readonly pause: string;
  /** `count/days`; empty for none, `keep` for what was there. */
  readonly maximum: string;
}

/** A mail client sends 26 bytes, our page 15 and a line for each topic. */
const MAX_BODY_BYTES = 8 * 1024;

/**
 * Reads the form of a POST. Our page names a `scope`; everything else is a mail client's one-click
 * (RFC 8058 §3.2), also when it garbled the body: whoever posts to this address wants out.
 * Throws `BODY_TOO_LARGE` above 8 KiB.
 */
export async function readChoice(request: Request): Promise<Choice> {
  const form = await parseForm(
    await readBody(request, MAX_BODY_BYTES),
    request.headers.get('content-type'),
  );
  const scope = form?.get('scope');
  if (form === undefined || form.get('List-Unsubscribe') === 'One-Click' || scope == null) {
    return { scope: 'marketing', via: 'one-click' };
  }
  if (scope === 'preferences') return { scope, via: 'page', form: toPreferenceForm(form) };
  return { scope: scope === 'topic' ? 'topic' : 'marketing', via: 'page' };
}

function toPreferenceForm(form: FormData): PreferenceForm {
  const texts = (name: string) => form.getAll(name).filter((value) => typeof value === 'string');
  return {
    shown: texts('shown'),
    checked: texts('topic'),
    pause: texts('pause')[0] ?? 'keep',
    maximum: texts('maximum')[0] ?? 'keep',
  };
}

async function parseForm(
  body: Uint8Array<ArrayBuffer>,
  type: string | null,
): Promise<FormData | undefined> {
  const headers = { 'Content-Type': type ?? 'application/x-www-form-urlencoded' };
  try {
    return await new Response(body, { headers }).formData();
  } catch {
    return undefined;
  }
}
