/** How much more work takes on eight times the text, at the best of a few runs each: linear is 8, quadratic 64. */
export function growth(work: (text: string) => unknown, text: (length: number) => string, length = 4_000) {
  const [small, large] = [text(length), text(8 * length)];
  // What is done within a blink grows from there, whatever the clock says of it.
  return best(work, large) / Math.max(best(work, small), 0.2);
}

/** Quadratic is beyond it, and a busy machine is not. */
export const mostGrowth = 32;

function best(work: (text: string) => unknown, text: string): number {
  const times = Array.from({ length: 5 }, () => {
    const start = performance.now();
    work(text);
    return performance.now() - start;
  });
  return Math.min(...times);
}
