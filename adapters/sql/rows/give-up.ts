/**
 * Waits for work until the signal aborts. Then it rejects with the result of `giveUp`. The work continues unless
 * `giveUp` ends it, and its result is ignored.
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
