/**
 * Does `work`, and tells the milliseconds of processor time of the longest turn of the event loop meanwhile: what others of
 * this process have to wait. Time on the wall would tell of the machine's other work.
 */
export async function watchTurns<T>(work: () => Promise<T> | T): Promise<[T, number]> {
  let longest = 0;
  let isOver = false;
  let last = process.threadCpuUsage();
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    longest = Math.max(longest, (user + system) / 1000);
    last = process.threadCpuUsage();
  };
  const turn = () => {
    look();
    if (!isOver) setImmediate(turn);
  };
  const first = setImmediate(turn);
  try {
    const result = await work();
    look();
    return [result, longest];
  } finally {
    isOver = true;
    clearImmediate(first);
  }
}
