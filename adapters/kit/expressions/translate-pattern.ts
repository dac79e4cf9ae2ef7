/**
 * Translates JavaScript's regular expressions to RE2 (https://github.com/google/re2/wiki/Syntax), which searches in
 * time linear in the text. A pattern with an equal meaning is rewritten. A pattern that RE2 cannot express is refused,
 * with advice what to write instead.
 *
 * A character is a whole one, as with JavaScript's flag `u`: an emoji is one, not two halves.
 */
import { type AST, RegExpParser, RegExpSyntaxError } from '@eslint-community/regexpp';
import { type Reason, ReasonError, toReason } from '../../../schemas/reason.ts';

/** A pattern that cannot be searched in linear time, or not by this engine. */
export class PatternError extends ReasonError {
  constructor(pattern: string, detail: Reason) {
    super(toReason('pattern_unusable', { pattern, detail }));
    this.name = 'PatternError';
  }
}

type Range = readonly [first: number, last: number];

const digits: Range[] = [[0x30, 0x39]];
const word: Range[] = [
  [0x30, 0x39],
  [0x41, 0x5a],
  [0x5f, 0x5f],
  [0x61, 0x7a],
];
/** White space and line terminators by ECMA-262, 12.2 and 12.3. RE2's own `\s` knows only those of ASCII. */
const spaces: Range[] = [
  ...([
    [0x09, 0x0d],
    [0x20, 0x20],
    [0xa0, 0xa0],
    [0x1680, 0x1680],
    [0x2000, 0x200a],
  ] as const),
  ...([
    [0x2028, 0x2029],
    [0x202f, 0x202f],
    [0x205f, 0x205f],
    [0x3000, 0x3000],
    [0xfeff, 0xfeff],
  ] as const),
];
const lineEnds: Range[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
  [0x2028, 0x2029],
];
const last = 0x10ffff;
/**
 * The limit for all repetitions in a pattern together, since each copy is a state of the search. RE2 itself limits only
 * single repetitions.
 */
const mostRepeats = 3000;

/** Translates a pattern. Throws {@link PatternError}. */
export function translatePattern({ source, ignoreCase, multiline }: RegExp): string {
  const refuse = (reason: Reason): never => {
    throw new PatternError(source, reason);
  };
  let repeats = 0;
  const repeat = (times: number) => {
    repeats += times;
    if (repeats > mostRepeats) refuse(toReason('pattern_repeats', { most: mostRepeats }));
  };
  const flags = `${ignoreCase ? 'i' : ''}${multiline ? 'm' : ''}`;
  return `${flags && `(?${flags})`}${toPattern(parse(source), { multiline, refuse, repeat })}`;
}

/** Tries the newer grammar first. The older one, as in JSONata, allows `\-` for `-`. */
function parse(source: string): AST.Pattern {
  const parser = new RegExpParser();
  try {
    return parser.parsePattern(source, 0, source.length, { unicode: true });
  } catch (error) {
    if (!(error instanceof RegExpSyntaxError)) throw error;
    return parser.parsePattern(source, 0, source.length, { unicode: false });
  }
}

interface Translation {
  multiline: boolean;
  refuse(reason: Reason): never;
  /** Counts the copies of a repeated part. */
  repeat(times: number): void;
}

const toPattern = ({ alternatives }: { alternatives: AST.Alternative[] }, how: Translation): string =>
  alternatives.map(({ elements }) => elements.map((one) => toElement(one, how)).join('')).join('|');

function toElement(node: AST.Element, how: Translation): string {
  switch (node.type) {
    case 'Character':
      return toCharacter(node.value, how);
    case 'CharacterSet':
      return toSet(node, how);
    case 'CharacterClass':
      return toClass(node, how);
    case 'CapturingGroup':
      return `(${toPattern(node, how)})`;
    case 'Group':
      if (node.modifiers) how.refuse(toReason('pattern_flags', { part: node.raw }));
      return `(?:${toPattern(node, how)})`;
    case 'Quantifier':
      return toQuantifier(node, how);
    case 'Assertion':
      return toAssertion(node, how);
    case 'Backreference':
      return how.refuse(toReason('pattern_refers_back', { part: node.raw }));
    default:
      return how.refuse(toReason('pattern_unknown', { part: node.raw }));
  }
}

function toQuantifier({ element, min, max, greedy }: AST.Quantifier, how: Translation): string {
  const isOpen = max === Number.POSITIVE_INFINITY;
  how.repeat(isOpen ? min : max);
  const most = isOpen ? '' : max;
  return `(?:${toElement(element, how)}){${min},${most}}${greedy ? '' : '?'}`;
}

function toAssertion(node: AST.Assertion, how: Translation): string {
  switch (node.kind) {
    case 'start':
      return how.multiline ? '^' : '\\A';
    case 'end':
      return how.multiline ? '$' : '\\z';
    case 'word':
      return node.negate ? '\\B' : '\\b';
    default:
      return how.refuse(
        toReason(node.kind === 'lookahead' ? 'pattern_looks_ahead' : 'pattern_looks_behind', {
          part: node.raw,
        }),
      );
  }
}

function toSet(node: AST.CharacterSet, how: Translation): string {
  return node.kind === 'property' ? toProperty(node, how) : `[${toRanges(rangesOf(node))}]`;
}

function rangesOf(node: AST.AnyCharacterSet | AST.EscapeCharacterSet): Range[] {
  if (node.kind === 'any') return complement(lineEnds);
  const ranges = { digit: digits, space: spaces, word }[node.kind];
  return node.negate ? complement(ranges) : ranges;
}

/** RE2 knows general categories by their short names, and scripts. */
function toProperty(node: AST.UnicodePropertyCharacterSet, how: Translation): string {
  if (node.key === 'Script_Extensions' || node.key === 'scx')
    how.refuse(toReason('pattern_script', { part: node.raw }));
  return `\\${node.negate ? 'P' : 'p'}{${node.value ?? node.key}}`;
}

function toClass({ elements, negate }: AST.CharacterClass, how: Translation): string {
  const parts = elements.map((part) => {
    switch (part.type) {
      case 'Character':
        return toCharacter(part.value, how);
      case 'CharacterClassRange':
        return `${toCharacter(part.min.value, how)}-${toCharacter(part.max.value, how)}`;
      case 'CharacterSet':
        return part.kind === 'property' ? toProperty(part, how) : toRanges(rangesOf(part));
      default:
        return how.refuse(toReason('pattern_unknown', { part: part.raw }));
    }
  });
  if (parts.length === 0) return `[${negate ? '' : '^'}${toRanges([[0, last]])}]`;
  return `[${negate ? '^' : ''}${parts.join('')}]`;
}

function toCharacter(code: number, { multiline, refuse }: Translation): string {
  if (code >= 0xd800 && code <= 0xdfff) refuse(toReason('pattern_half_character'));
  if (multiline && code !== 0x0a && isWithin(code, lineEnds)) refuse(toReason('pattern_line_end'));
  return toCode(code);
}

const toCode = (code: number) => `\\x{${code.toString(16)}}`;
const toRanges = (ranges: Range[]) => ranges.map(([from, to]) => `${toCode(from)}-${toCode(to)}`).join('');
const isWithin = (code: number, ranges: Range[]) => ranges.some(([from, to]) => code >= from && code <= to);

/** The characters outside the ranges. The ranges must be sorted. */
function complement(ranges: Range[]): Range[] {
  const starts = [0, ...ranges.map(([, to]) => to + 1)];
  const ends = [...ranges.map(([from]) => from - 1), last];
  return starts.map((start, n): Range => [start, ends[n] ?? last]).filter(([from, to]) => from <= to);
}
