/** The columns that hold data of complainants, by table. Each other column says what became of a complaint, not whose it is. */
export const personalColumns = {
  complaints: ['content'],
  events: ['data'],
  notices: ['recipient', 'address'],
  raw_items: ['body'],
  outbox: ['address', 'subject', 'text', 'html'],
  subject_requests: ['facts', 'record'],
  kept_identifiers: ['value'],
} as const satisfies Record<string, readonly string[]>;

type PersonalTable = keyof typeof personalColumns;
const tables = Object.keys(personalColumns) as PersonalTable[];

/** What names such a column and says nothing of a person. It is left out before the rest is judged. */
const harmless: readonly RegExp[] = [
  // A title says what it is about. Lists show it beside the number, as any headline of the board.
  /\bcontent"?\s*->>\s*'title'/gi,
  // To whom it went, and which step of the procedure it was.
  /\bdata"?\s*->>\s*'to'/gi,
  /\bdata"?\s*(?:->\s*'step'\s*->>\s*|#>>\s*'\{step,)(?:'kind'|kind\}')/gi,
  /\bto_jsonb\((\w+)\) - 'data'/gi,
  // Two messages to the same person.
  /\bcoalesce\(\w+\.recipient_mark, \w+\.recipient\)/gi,
];
const comment = /\/\*[\s\S]*?\*\/|--[^\n]*/g;

const gap = String.raw`(?:\s+as)?\s+`;
const notAnAlias =
  '(?:where|on|order|group|limit|set|inner|left|join|cross|using|for|values|union|returning|offset|select|as)';

const toMention = (table: PersonalTable) => ({
  table,
  /** The table with its alias. */
  named: new RegExp(
    String.raw`(?:\b(?:from|join|update|into|table|only)\s|,)\s*(?:"?public"?\s*\.\s*)?"?${table}"?(?![\w(])(?:${gap}(?!${notAnAlias}\b)"?(\w+)"?)?`,
    'gi',
  ),
  /** A column with what stands before its dot. */
  column: new RegExp(
    String.raw`(?:"?(\w+)"?\s*\.\s*)?(?<![\w$':])"?(?:${personalColumns[table].join('|')})"?(?![\w('.])`,
    'gi',
  ),
  /** All columns at once, without saying of which table. */
  all: new RegExp(
    String.raw`\b(?:select|distinct)\s+\*\s+from\b[^()]*?\b${table}\b|\b${table}\b[\s\S]*\breturning\s+\*|\btable\s+"?${table}\b`,
    'i',
  ),
});
const mentions = tables.map(toMention);

/** `c.*`, `to_jsonb(c)`, `row(c)`, `c::text`: a whole row of what is named so. */
const wholeRow =
  /"?(\w+)"?\s*\.\s*\*|\b(?:to_jsonb?|row_to_json|jsonb?_agg|array_agg|row)\s*\(\s*"?(\w+)"?\s*\)|(?<![\w.])"?(\w+)"?\s*::\s*text\b/gi;

/**
 * The tables of which a statement reaches data of complainants. It judges the text, and rather finds one too many: whoever
 * reads such a table says which columns, and reads the rest apart.
 */
export function findPersonal(statement: string): string[] {
  const text = harmless.reduce((rest, one) => rest.replaceAll(one, ' '), statement.replaceAll(comment, ' '));
  return mentions
    .filter(({ table, named, column, all }) => {
      const places = [...text.matchAll(named)];
      if (places.length === 0) return false;
      const names = new Set([table, ...places.map(([, alias]) => alias?.toLowerCase())]);
      const isOf = (name: string | undefined) => name === undefined || names.has(name.toLowerCase());
      const rows = [...text.matchAll(wholeRow)].map(([, ...found]) =>
        found.find((name) => name !== undefined),
      );
      return (
        all.test(text) ||
        [...text.matchAll(column)].some(([, owner]) => isOf(owner)) ||
        rows.some((name) => name !== undefined && names.has(name.toLowerCase()))
      );
    })
    .map(({ table }) => table);
}
