/** 홍길동 → 홍*동, 김철 → 김*, Alice → A***e: enough to tell people apart, but not to name them. */
export function maskName(name: string): string {
  const letters = [...name];
  const last = letters.length > 2 ? (letters.at(-1) ?? '') : '';
  return `${letters[0] ?? ''}${'*'.repeat(Math.max(1, letters.length - 1 - last.length))}${last}`;
}
