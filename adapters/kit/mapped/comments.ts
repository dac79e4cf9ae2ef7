/**
 * Who may answer. Anybody comments on a board; a comment is the agency's answer only if an officer wrote it, and a
 * follow-up only if the complainant did. All others are counted.
 */
import type { Mapping } from '../mapping/mapping.ts';
import { toId } from '../reading/board-ref.ts';
import type { Authors } from './mapped-settings.ts';

/** The people of a board: their ids, or a mapping that is true for them. */
type People = ReadonlySet<string> | Mapping;

interface AuthorRule {
  officers: People;
  hub?: People;
}

export function compileAuthors(
  authors: Authors | undefined,
  compile: (source: string) => Mapping,
): AuthorRule | undefined {
  if (!authors) return undefined;
  const toPeople = (people: Authors['officers']): People =>
    typeof people === 'string' ? compile(people) : new Set(people.map(String));
  const { officers, hub } = authors;
  return { officers: toPeople(officers), ...(hub !== undefined && { hub: toPeople(hub) }) };
}

/** A comment as the mapping of an agency returns it. The other fields are those of an answer (schemas/complaint.ts). */
interface Comment {
  author?: unknown;
  /** When it was written. */
  at?: unknown;
  text?: unknown;
  officer?: unknown;
  interim?: unknown;
  [name: string]: unknown;
}

interface Commented {
  comments?: Comment | Comment[];
  /** Who filed the post, as `author` of a comment names people. */
  writer?: unknown;
  answers?: unknown[];
  followUps?: unknown[];
  others?: unknown;
  [name: string]: unknown;
}

/** The same mapping, with its `comments` parted into `answers`, `followUps` and the number of `others`. */
export function withAuthors(mapping: Mapping, rule: AuthorRule | undefined): Mapping {
  if (!rule) return mapping;
  return {
    async evaluate(raw) {
      const result = await mapping.evaluate(raw);
      const isCommented = typeof result === 'object' && result !== null && 'comments' in result;
      return isCommented ? part(result as Commented, createJudge(rule, raw)) : result;
    },
  };
}

type Judge = (people: People, author: unknown) => Promise<boolean>;

/** Each person is judged once per post. */
function createJudge({ officers, hub }: AuthorRule, raw: unknown) {
  const known = typeof raw === 'object' && raw !== null && 'item' in raw ? raw : { item: raw };
  const isAmong: Judge = async (people, author) => {
    if ('evaluate' in people) return (await people.evaluate({ ...known, author })) === true;
    const name = toName(author);
    return name !== undefined && people.has(name);
  };
  const judged = new Map<string, Promise<'officer' | 'hub' | undefined>>();
  const judge = async (author: unknown) => {
    if (author === undefined || author === null) return undefined;
    // The hub's account often has an officer's rights.
    if (hub && (await isAmong(hub, author))) return 'hub' as const;
    return (await isAmong(officers, author)) ? ('officer' as const) : undefined;
  };
  return (author: unknown) => {
    const key = JSON.stringify(author) ?? '';
    const role = judged.get(key) ?? judge(author);
    judged.set(key, role);
    return role;
  };
}

/** A person is a login or an id, or an object with an `id`. */
function toName(author: unknown): string | undefined {
  const isObject = typeof author === 'object' && author !== null;
  return toId(isObject ? (author as { id?: unknown }).id : author);
}

async function part(
  { comments = [], writer, ...post }: Commented,
  roleOf: ReturnType<typeof createJudge>,
): Promise<Commented> {
  const answers = [...(post.answers ?? [])];
  const followUps = [...(post.followUps ?? [])];
  const filedBy = toName(writer);
  let others = typeof post.others === 'number' ? post.others : 0;
  for (const { author, at, officer, interim, ...said } of [comments].flat()) {
    const role = await roleOf(author);
    const isOwn = filedBy !== undefined && toName(author) === filedBy;
    if (role === 'officer') answers.push({ ...said, interim, officer, answeredAt: at });
    else if (isOwn && role === undefined) followUps.push({ ...said, writtenAt: at });
    else if (role === undefined) others += 1;
  }
  return { ...post, answers, followUps, ...(others > 0 && { others }) };
}
