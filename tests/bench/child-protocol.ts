/** Messages between the bench and the processes that it starts. */
export interface Question {
  ask: string;
  /** The answer has the same id, since several questions may be open at once. */
  id: number;
  given?: unknown;
}
export type Reply = { ready: unknown } | { id: number; answer: unknown };

/** The child's side. It reports what the bench must know, then answers questions until it is asked to stop. */
export function answerBench(
  ready: unknown,
  answers: Record<string, (given: never) => unknown>,
  stop: () => Promise<unknown>,
): void {
  const say = (reply: Reply) => process.send?.(reply);
  process.on('message', async ({ ask, id, given }: Question) => {
    if (ask !== 'stop') return say({ id, answer: await answers[ask]?.(given as never) });
    await stop();
    process.disconnect();
  });
  // Without the bench, the child has no purpose.
  process.once('disconnect', () => process.exit());
  say({ ready });
}

/** The settings that the bench gave this process. */
export const readGiven = <T>(): T => JSON.parse(process.argv[2] ?? '{}') as T;
