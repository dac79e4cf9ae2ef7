import {
  channels,
  compile,
  complaintKinds,
  Post,
  type Problem,
  type Reason,
  reasonOf,
  statuses,
  toOneReason,
  toReason,
} from '../../../schemas/index.ts';
import { toSegment } from '../../../schemas/json-pointer.ts';
import { reasonTexts } from '../../../schemas/reasons/index.ts';
import type { Normalised } from '../../contract.ts';
import { CodeError, type CodeTables } from '../expressions/codes.ts';
import { codePointOf } from '../text/charset.ts';
import type { Mapping } from './mapping.ts';

const checkPost = compile(Post);

/** Code tables whose words are the hub's own, each with the field of a post that it converts. */
const canonicalTables: Record<string, { words: readonly string[]; pointer: string }> = {
  status: { words: statuses, pointer: '/status' },
  kind: { words: complaintKinds, pointer: '/content/kind' },
  channel: { words: channels, pointer: '/content/complainant/notifyBy' },
};

/**
 * Maps, cleans and checks a raw post; see the law of `normalise` in adapters/contract.ts. A pointer names a place in
 * the post. It is empty if the mapping failed before there was a post. Without a mapping, no post can be read.
 *
 * Beside the post the mapping's result may carry `others`, how many comments come neither from an officer nor from the
 * complainant, and `note`, a reason of schemas/reasons why something was left out. Both become the aside.
 */
export async function normalise(mapping: Mapping | undefined, raw: unknown): Promise<Normalised> {
  if (!mapping) return { ok: false, problems: [{ pointer: '', reason: toReason('no_normalise') }] };
  try {
    const problems: Problem[] = [];
    const { others, note, post } = takeBeside(clean(await mapping.evaluate(raw), '', problems));
    const notes = toNotes(others, note, problems);
    if (problems.length > 0) return { ok: false, problems };
    const checked = checkPost(post);
    if (!checked.ok || notes.length === 0) return checked.ok ? { ok: true, post: checked.value } : checked;
    return { ok: true, post: checked.value, aside: { note: toOneReason(notes) } };
  } catch (error) {
    const pointer = error instanceof CodeError ? (canonicalTables[error.table]?.pointer ?? '') : '';
    return { ok: false, problems: [{ pointer, reason: reasonOf(error) }] };
  }
}

function takeBeside(result: unknown): { others?: unknown; note?: unknown; post: unknown } {
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return { post: result };
  const { others, note, ...post } = result as { others?: unknown; note?: unknown };
  return { others, note, post };
}

function toNotes(others: unknown, note: unknown, problems: Problem[]): Reason[] {
  const notes: Reason[] = [];
  if (isCount(others)) notes.push(...(others > 0 ? [toReason('comments_of_others', { n: others })] : []));
  else if (others !== undefined)
    problems.push({ pointer: '/others', reason: toReason('no_count', { value: JSON.stringify(others) }) });
  if (isReason(note)) notes.push(note);
  else if (note !== undefined) problems.push({ pointer: '/note', reason: toReason('no_reason_of_ours') });
  return notes;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** A reason of the catalogue with plain parameters. */
function isReason(value: unknown): value is Reason {
  if (typeof value !== 'object' || value === null) return false;
  const { code, params = {} } = value as { code?: unknown; params?: object };
  if (typeof code !== 'string' || !Object.hasOwn(reasonTexts, code)) return false;
  return Object.values(params).every((param) => ['string', 'number'].includes(typeof param));
}

/** Finds words in the tables `status`, `kind` and `channel` that the hub does not have. */
export function checkCodeTables(codes: CodeTables): Problem[] {
  return Object.entries(canonicalTables).flatMap(([table, { words }]) =>
    Object.entries(codes[table] ?? {})
      .filter(([, word]) => !words.includes(word))
      .map(([code, word]) => ({
        pointer: `/codes/${table}/${toSegment(code)}`,
        reason: toReason('word_not_known', { word, words: words.join(', ') }),
      })),
  );
}

/**
 * Boards write "none" as null or as an empty text. Both become an absent field, so that a missing required field is
 * reported. Empty objects and lists stay: a withdrawal without a reason is still a withdrawal.
 */
export function clean(value: unknown, pointer: string, problems: Problem[]): unknown {
  if (value === null) return undefined;
  if (typeof value === 'string') return cleanText(value, pointer, problems);
  if (Array.isArray(value)) {
    const items = value.map((item, index) => clean(item, `${pointer}/${index}`, problems));
    return items.filter((item) => item !== undefined);
  }
  if (typeof value !== 'object') return value;
  const fields = Object.entries(value).map(
    ([name, item]) => [name, clean(item, `${pointer}/${toSegment(name)}`, problems)] as const,
  );
  return Object.fromEntries(fields.filter(([, item]) => item !== undefined));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const unwanted = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

function cleanText(text: string, pointer: string, problems: Problem[]): string | undefined {
  const lines = text.replace(/\r\n?/g, '\n');
  const sign = lines.isWellFormed() ? unwanted.exec(lines)?.[0] : '\ufffd';
  if (sign !== undefined) {
    const entity = /\ufffd(&[\w.:-]{1,64};)/.exec(lines)?.[1];
    if (entity !== undefined) {
      problems.push({ pointer, reason: toReason('xml_entity', { entity }) });
      return lines;
    }
    const code = sign === '\ufffd' ? 'damaged' : 'control';
    problems.push({ pointer, reason: toReason(code, { sign: codePointOf(sign) }) });
  }
  return lines.trim() === '' ? undefined : lines;
}
