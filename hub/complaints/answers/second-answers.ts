/** An event, as far as this needs to know it. */
interface Numbered {
  seq: number;
  type: string;
}

/**
 * The answers that are not the first of their complaint (재답변), by the number of their event. An interim answer (중간 회신)
 * is none of them.
 */
export function listSecondAnswers(events: readonly Numbered[]): ReadonlySet<number> {
  const [, ...later] = events.filter(({ type }) => type === 'answered').map(({ seq }) => seq);
  return new Set(later);
}
