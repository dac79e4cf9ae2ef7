/** A colleague who can be called by a note. */
export interface Colleague {
  id: string;
  login: string;
  name: string;
}

export interface Mentioned {
  people: Colleague[];
  /** Names that several colleagues have: the author has to write the login. */
  ambiguous: string[];
}

/** An `@` that begins a word. One inside a word belongs to an e-mail address. */
const marks = /(?<![\p{L}\p{N}._-])@/gu;
const loginAtStart = /^[a-z0-9._-]{1,41}/i;

/**
 * The colleagues that a text calls by `@login` or `@name`, each once, in the order of the text. A name may be followed by
 * a particle (`@이세무님`), so the longest name that the text goes on with counts. What names nobody is just text.
 */
export function findMentioned(text: string, colleagues: readonly Colleague[]): Mentioned {
  const people = new Map<string, Colleague>();
  const ambiguous = new Set<string>();
  for (const { index } of text.matchAll(marks)) {
    const called = text.slice(index + 1);
    const found = findByLogin(called, colleagues) ?? listByName(called, colleagues);
    const [first, ...more] = found;
    if (first && more.length > 0) ambiguous.add(first.name);
    else if (first) people.set(first.id, first);
  }
  return { people: [...people.values()], ambiguous: [...ambiguous] };
}

/** A full stop after a login ends the sentence. */
function findByLogin(called: string, colleagues: readonly Colleague[]): Colleague[] | undefined {
  const [word = ''] = loginAtStart.exec(called) ?? [];
  const login = word.toLowerCase();
  const found = colleagues.find((one) => one.login === login || one.login === login.replace(/\.+$/, ''));
  return found && [found];
}

function listByName(called: string, colleagues: readonly Colleague[]): Colleague[] {
  const fitting = colleagues.filter(({ name }) => called.startsWith(name));
  const longest = Math.max(0, ...fitting.map(({ name }) => name.length));
  return fitting.filter(({ name }) => name.length === longest);
}
