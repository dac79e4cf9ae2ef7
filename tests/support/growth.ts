/** The growth of work on eight times the text, from the best of a few runs. Linear work gives 8, quadratic 64. */
export function growth(work: (text: string) => unknown, text: (length: number) => string, length = 4_000) {
  const [small, large] = [text(length), text(8 * length)];
  // Times below 0.2 ms count as 0.2 ms, because the clock is not exact enough.
  return best(work, large) / Math.max(best(work, small), 0.2);
}

/** Quadratic work exceeds this limit. A busy machine does not. */
export const mostGrowth = 32;

function best(work: (text: string) => unknown, text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}
