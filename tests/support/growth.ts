/** The growth of work on eight times the text. Linear work gives 8, quadratic 64. */
export function growth(work: (text: string) => unknown, text: (length: number) => string, length = 4_000) {
  const [small, large] = [text(length), text(8 * length)];
  // What is compiled meanwhile belongs to neither.
  measure(work, small);
  return measure(work, large) / measure(work, small);
}

/** Quadratic work exceeds this limit. */
export const mostGrowth = 32;

/** Long against the tick in which some systems count. */
const enoughMilliseconds = 50;

/** Milliseconds of this thread's own work for one run: what other programs do meanwhile does not count. */
function measure(work: (text: string) => unknown, text: string): number {
  const before = process.threadCpuUsage();
  for (let runs = 1; ; runs += 1) {
    work(text);
    const { user, system } = process.threadCpuUsage(before);
    const spent = (user + system) / 1000;
    if (spent >= enoughMilliseconds) return spent / runs;
  }
}
