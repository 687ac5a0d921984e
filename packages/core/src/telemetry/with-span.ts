import {
  type Attributes,
  context,
  INVALID_SPAN_CONTEXT,
  type Span,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { MailwardenError } from '../errors/mailwarden-error.ts';
import { SCOPE } from './instruments.ts';
import { quietly } from './quietly.ts';

/**
 * Works within a span. A fault is told by its code alone: the words of an error may repeat an
 * address.
 */
export async function withSpan<T>(
  name: string,
  attributes: Attributes,
  work: (span: Span) => Promise<T>,
): Promise<T> {
  const span = startSpan(name, attributes);
  try {
    return await context.with(trace.setSpan(context.active(), span), () => work(span));
  } catch (error) {
    const code = error instanceof MailwardenError ? error.code : 'INTERNAL';
    quietly(() => span.setAttribute('mailwarden.code', code));
    quietly(() => span.setStatus({ code: SpanStatusCode.ERROR, message: code }));
    throw error;
  } finally {
    quietly(() => span.end());
  }
}

function startSpan(name: string, attributes: Attributes): Span {
  const span = quietly(() => trace.getTracer(SCOPE).startSpan(name, { attributes }));
  return span ?? trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
}
