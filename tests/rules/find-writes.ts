/** White space or a comment of SQL, also as an escape in a literal of one line. */
const gap = String.raw`(?:\s|\\[nrt]|/\*[\s\S]*?\*/|--[^\n]*?(?:\n|\\n))`;
/** `for update`, `do update` and the like write nothing by themselves. */
const verb = String.raw`(?<!\b(?:for|key|do|on)\s+)\b(?:update|insert${gap}+into|delete${gap}+from|merge${gap}+into|truncate(?:${gap}+table)?|copy)\b`;
const prefix = String.raw`(?:only${gap}+)?(?:"?\w+"?${gap}*\.${gap}*)?`;
const table = String.raw`${prefix}"?\w+"?`;

/** One table after a verb that writes, or several as `truncate` takes them. */
const inSql = new RegExp(
  String.raw`${verb}(?:${gap}+|(?="))(${table}(?:${gap}*\*?${gap}*,${gap}*${table})*)`,
  'gi',
);
const inKysely =
  /\.(?:updateTable|insertInto|replaceInto|deleteFrom|mergeInto)\(\s*(?:\[\s*)?(?:['"`](\w+)|[^'"`[\s])/g;
const inList = /\btable:\s*['"`](\w+)/g;
/** What stands in the place of a table after a verb: a gap of a template, of `format`, or a literal that goes on. */
const hidden = new RegExp(`${verb}${gap}*(?:${prefix}"?(?:\\$\\{|%)|['"\`]\\s*(?:\\+|\\.concat\\b))`, 'i');

/** The tables of a list that a file's text writes. `?`: one whose name or whose verb TypeScript puts there. */
export function findWrites(text: string, tables: readonly string[]): string[] {
  const joined = text.replaceAll(/['"`]\s*\+\s*['"`]/g, '');
  const named = [inSql, inList, inKysely]
    .flatMap((pattern) => [...joined.matchAll(pattern)])
    .flatMap(([, found]) => toNames(found))
    .filter((name) => name === '?' || tables.includes(name));
  const isHidden = hidden.test(joined) || hidesVerb(tables).test(joined);
  return [...new Set(isHidden ? [...named, '?'] : named)];
}

/**
 * Where a statement begins stands a gap of a template, or something added, and then a table. A gap named after a table
 * is a number of its rows: `${links} links`.
 */
const hidesVerb = (tables: readonly string[]) =>
  new RegExp(
    `(?:[\`(;]${gap}*\\$\\{(?!(?:${tables.join('|')})\\})[^}]*\\}${gap}+|\\+\\s*['"\`]${gap}*)${prefix}"?(?:${tables.join('|')})\\b`,
    'i',
  );

const toNames = (found: string | undefined): string[] =>
  found === undefined
    ? ['?']
    : found
        .replaceAll(new RegExp(`${gap}+`, 'g'), ' ')
        .split(',')
        .map((one) =>
          one
            .replaceAll(/["* ]|^ *only /gi, '')
            .replace(/^.*\./, '')
            .toLowerCase(),
        );
