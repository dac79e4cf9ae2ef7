const plainEvery = 2_000;

/** On a terminal, one line that is overwritten. Elsewhere a plain line from time to time. */
export function startProgress(describe: () => string, quiet: boolean): () => void {
  if (quiet) return () => undefined;
  const { stdout } = process;
  const show = () => stdout.write(stdout.isTTY ? `\r\u001b[2K${describe()}` : `${describe()}\n`);
  const timer = setInterval(show, stdout.isTTY ? 200 : plainEvery);
  let ended = false;
  return () => {
    if (ended) return;
    ended = true;
    clearInterval(timer);
    show();
    if (stdout.isTTY) stdout.write('\n');
  };
}
