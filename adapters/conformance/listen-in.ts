type Write = typeof process.stdout.write;

/** Returns what is printed while the work runs, on stdout, on stderr or by the console. None of it goes out. */
export async function listenIn(work: () => Promise<unknown>): Promise<string[]> {
  const heard: string[] = [];
  const listen = ((chunk: unknown, ...rest: unknown[]) => {
    heard.push(String(chunk));
    const done = rest.find((one) => typeof one === 'function');
    if (done) (done as () => void)();
    return true;
  }) as Write;
  const streams = [process.stdout, process.stderr];
  const kept = streams.map((stream) => stream.write);
  const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
  const console = globalThis.console;
  const spoken = methods.map((name) => console[name]);
  for (const stream of streams) stream.write = listen;
  for (const name of methods) console[name] = (...words: unknown[]) => void heard.push(words.join(' '));
  try {
    await work();
    return heard.filter((text) => text.trim() !== '');
  } finally {
    for (const [index, stream] of streams.entries()) stream.write = kept[index] as Write;
    for (const [index, name] of methods.entries()) console[name] = spoken[index] as typeof console.log;
  }
}
