/**
 * Waits for work until the signal, and then rejects with what `giveUp` makes of it. The work goes on unless `giveUp` ends
 * it; whatever becomes of it is not heard any more.
 */
export async function unlessGivenUp<T>(
  signal: AbortSignal,
  giveUp: () => unknown,
  work: () => Promise<T>,
): Promise<T> {
  const { promise: givenUp, reject } = Promise.withResolvers<never>();
  const end = () => reject(giveUp());
  signal.addEventListener('abort', end);
  if (signal.aborted) end();
  try {
    return await Promise.race([work(), givenUp]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}
