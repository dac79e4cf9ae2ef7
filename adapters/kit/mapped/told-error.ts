import { type Reason, said } from '../../../schemas/reason.ts';
import type { CallErrorKind } from '../outcome/call-error.ts';

/** An error that a board tells inside a successful reply. Without words, the reply itself is told. */
export interface ToldError {
  kind: CallErrorKind;
  words: Reason | undefined;
}

/**
 * Reads the result of `errorWhen`: a text or true for a refusal, {retry: text} for a board that asks to wait,
 * {unauthorised: text} for one that refuses the credentials. Undefined: the reply is no error.
 */
export function toToldError(result: unknown): ToldError | undefined {
  const { retry, unauthorised } = (typeof result === 'object' && result !== null ? result : {}) as Partial<
    Record<'retry' | 'unauthorised', unknown>
  >;
  if (typeof retry === 'string') return { kind: 'busy', words: said(retry) };
  if (typeof unauthorised === 'string') return { kind: 'unauthorised', words: said(unauthorised) };
  return result
    ? { kind: 'refused', words: typeof result === 'string' ? said(result) : undefined }
    : undefined;
}
