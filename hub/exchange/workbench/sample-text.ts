import { parseDocument } from 'yaml';
import { parseJson } from '../../../adapters/kit/text/json.ts';
import { parseXml } from '../../../adapters/kit/text/soap-xml.ts';
import { type Reason, ReasonError, reasonOf, said, toReason } from '../../../schemas/reason.ts';
import type { Sample } from '../boards/try-board.ts';

/** Characters of a pasted text, levels and values of what it holds, and posts. */
export const longestSample = 400_000;
const mostLevels = 60;
const mostValues = 50_000;
export const mostPosts = 50;

export type ReadSample = { ok: true; items: Sample[] } | { ok: false; reason: Reason };

/**
 * Reads what a person pasted: one post or a list of posts, in JSON, YAML or XML. A text that would become far more than
 * it is (aliases of aliases, entities, endless nesting) is refused before anything else looks at it.
 */
export function readSampleText(text: string): ReadSample {
  if (text.length > longestSample) return refuse(toReason('sample_too_large', { most: longestSample }));
  if (text.trim() === '') return refuse(toReason('sample_empty'));
  try {
    const value = parse(text);
    if (!isWithinBounds(value)) return refuse(toReason('sample_too_deep', { most: mostLevels }));
    const items = (Array.isArray(value) ? value : [value]).slice(0, mostPosts).map(toSample);
    return items.length > 0 ? { ok: true, items } : refuse(toReason('sample_empty'));
  } catch (error) {
    // The parsers call themselves for each level. Nesting without end reaches the end of the stack.
    if (error instanceof RangeError) return refuse(toReason('sample_too_deep', { most: mostLevels }));
    const detail = error instanceof ReasonError ? reasonOf(error) : said(firstLine(error));
    return refuse(toReason('sample_unreadable', { detail }));
  }
}

const refuse = (reason: Reason): ReadSample => ({ ok: false, reason });
const firstLine = (error: unknown) =>
  String((error as Error).message)
    .split('\n')[0]
    ?.slice(0, 200) ?? '';

function parse(text: string): unknown {
  if (/^\s*</.test(text)) return parseXml(text);
  if (/^\s*[[{]/.test(text)) {
    try {
      return parseJson(text);
    } catch (error) {
      if (error instanceof RangeError) throw error;
      // YAML allows brackets too. If it is neither, what is wrong with the JSON says more.
      const read = readYamlText(text);
      if (read.ok) return read.value;
      throw error;
    }
  }
  const read = readYamlText(text);
  if (read.ok) return read.value;
  throw read.error;
}

/** Aliases may stand for a few values, as people write them, and for no more. */
const mostAliases = 100;

function readYamlText(text: string): { ok: true; value: unknown } | { ok: false; error: unknown } {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const [error] = document.errors;
  return error ? { ok: false, error } : { ok: true, value: document.toJS({ maxAliasCount: mostAliases }) };
}

/** Looked at level by level, so that depth costs no stack. */
function isWithinBounds(value: unknown): boolean {
  let level: unknown[] = [value];
  let values = 0;
  for (let depth = 0; level.length > 0; depth += 1) {
    values += level.length;
    if (depth > mostLevels || values > mostValues) return false;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return true;
}

/** What `hub adapter sample` writes names each post. A record of the board stands for itself. */
function toSample(item: unknown, index: number): Sample {
  const isSample = typeof item === 'object' && item !== null && 'externalId' in item && 'raw' in item;
  return isSample
    ? { externalId: String(item.externalId), raw: item.raw }
    : { externalId: `#${index + 1}`, raw: item };
}
