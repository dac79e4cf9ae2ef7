import type { ReadDocument } from '../read-document.ts';

/**
 * The text without its secrets in the clear: each is replaced by `instead`. Where no single value can be told from the
 * rest, everything after the name on its line goes.
 */
export function hideSecrets(
  source: string,
  { secrets, yaml }: Pick<ReadDocument, 'secrets' | 'yaml'>,
  instead: string,
): string {
  if (secrets.length === 0) return source;
  const ranges = secrets.flatMap(({ pointer }) => (pointer && yaml?.rangeOf(pointer)) || []);
  let text = source;
  // Lines are kept, so that the others can still be named by their numbers.
  for (const { from, to } of ranges.sort((a, b) => b.from - a.from))
    text = `${text.slice(0, from)}"${instead}"${'\n'.repeat(countEnds(text.slice(from, to)))}${text.slice(to)}`;
  const lines = text.split('\n');
  for (const { pointer, line } of secrets)
    if (line !== undefined && !(pointer && yaml?.rangeOf(pointer)))
      lines[line - 1] = hideInLine(lines[line - 1] ?? '', instead);
  return lines.join('\n');
}

function hideInLine(line: string, instead: string): string {
  const [name] = /^\s*(?:- \s*)?["']?[\w-]+["']?\s*:/.exec(line) ?? [];
  if (name !== undefined) return `${name} "${instead}"`;
  const comment = line.search(/(?:^|\s)#/);
  return comment < 0 ? '' : `${line.slice(0, comment)} # ${instead}`.trimEnd();
}

const countEnds = (text: string) => text.split('\n').length - 1;
