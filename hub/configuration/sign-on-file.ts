import { readFileSync } from 'node:fs';
import { compile, type Problem } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import { isOfAgency } from '../access/people/users.ts';
import { isLocalTest } from '../access/sign-on/provider.ts';
import { createSignOn, type SignOn } from '../access/sign-on/sign-on.ts';
import {
  OidcProvider,
  type RoleRule,
  SamlProvider,
  SignOnFile,
  type SignOnProvider,
} from '../access/sign-on/sign-on-schema.ts';
import { readHere, readSettings, type Settings, SettingsError } from '../settings.ts';
import { findSecrets } from './secrecy/find-secrets.ts';
import { readYaml } from './yaml/yaml-source.ts';

const checkFile = compile(SignOnFile);
const checkProvider = { oidc: compile(OidcProvider), saml: compile(SamlProvider) };

/** Each provider by its kind: what the other kind would have is no help. */
function checkAll(value: unknown): Problem[] {
  const file = checkFile(value);
  if (!file.ok) return file.problems;
  return file.value.providers.flatMap((provider, index) => {
    const checked = checkProvider[provider.kind](provider);
    if (checked.ok) return [];
    return checked.problems.map(({ pointer, reason }) => ({
      pointer: `/providers/${index}${pointer}`,
      reason,
    }));
  });
}

/** One problem of the file, for terminals and logs. */
interface FileProblem {
  pointer: string;
  line: number;
  message: string;
}

/**
 * Reads the text of SIGN_ON_FILE. It is no document of the configuration: whoever may write that one, in the console or with a key, must
 * not decide by whom people are let in. Pure.
 */
export function readSignOn(text: string): { providers: SignOnProvider[]; problems: FileProblem[] } {
  const yaml = readYaml(text);
  const problems: FileProblem[] = yaml.errors.map(({ line, reason }) => ({
    pointer: '',
    line,
    message: wordReason(reason, 'en'),
  }));
  if (problems.length > 0) return { providers: [], problems };
  const add = (pointer: string, message: string) =>
    void problems.push({ pointer, line: yaml.lineOf(pointer), message });
  for (const pointer of findSecrets(yaml.value))
    add(pointer, 'a secret stands in the clear: name it as env:NAME or file:/path');
  for (const { pointer, reason } of checkAll(yaml.value)) add(pointer, wordReason(reason, 'en'));
  if (problems.length > 0) return { providers: [], problems };
  const { providers } = yaml.value as { providers: SignOnProvider[] };
  providers.forEach((provider, index) => {
    const at = `/providers/${index}`;
    if (providers.findIndex(({ name }) => name === provider.name) < index)
      add(`${at}/name`, 'is the name of another provider');
    for (const [where, message] of findMistakes(provider)) add(`${at}${where}`, message);
  });
  return { providers: problems.length > 0 ? [] : providers, problems };
}

function* findMistakes(provider: SignOnProvider): Generator<[pointer: string, message: string]> {
  for (const [index, rule] of provider.roles.entries())
    for (const [where, message] of findRuleMistakes(rule)) yield [`/roles/${index}${where}`, message];
  yield* provider.kind === 'oidc' ? findOidcMistakes(provider) : findSamlMistakes(provider);
}

function* findRuleMistakes({ role, agency, department }: RoleRule): Generator<[string, string]> {
  if (isOfAgency(role) && agency === undefined) yield ['', `a rule for ${role} names its agency`];
  if (!isOfAgency(role) && agency !== undefined) yield ['/agency', `${role} belongs to no agency`];
  if (role !== 'officer' && department !== undefined) yield ['/department', 'only an officer has one'];
}

function* findOidcMistakes({ issuer, scopes }: OidcProvider): Generator<[string, string]> {
  if (issuer.startsWith('http:') && !isLocalTest(issuer)) yield ['/issuer', 'must begin with https://'];
  if (scopes && !scopes.includes('openid')) yield ['/scopes', 'must have openid'];
}

function* findSamlMistakes({ metadata, key, certificate }: SamlProvider): Generator<[string, string]> {
  if (metadata.startsWith('http:') && !isLocalTest(metadata))
    yield ['/metadata', 'must begin with https://, or be the path of a file'];
  if ((key === undefined) !== (certificate === undefined))
    yield [key === undefined ? '/certificate' : '/key', 'key and certificate belong together'];
}

/** The providers of the file. An unset file: none. Throws SettingsError with all that is wrong. */
export function readSignOnFile(path: string | undefined): SignOnProvider[] {
  if (path === undefined) return [];
  const { providers, lines } = readLines(path);
  if (lines.length > 0) throw new SettingsError(lines);
  return providers;
}

/** What is wrong with SIGN_ON_FILE, a line for each. */
export function findSignOnProblems({ SIGN_ON_FILE: path } = readSettings()): string[] {
  return path === undefined ? [] : readLines(path).lines;
}

function readLines(path: string): { providers: SignOnProvider[]; lines: string[] } {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { providers: [], lines: [`SIGN_ON_FILE: ${path} cannot be read (${code})`] };
  }
  const { providers, problems } = readSignOn(text);
  const lines = problems.map(({ line, pointer, message }) =>
    [`SIGN_ON_FILE: ${path}:${line}`, pointer, message].filter((part) => part !== '').join(' '),
  );
  return { providers, lines };
}

/** The providers of the settings. Throws SettingsError with all that is wrong with their file. */
export const openSignOn = ({ SIGN_ON_FILE }: Pick<Settings, 'SIGN_ON_FILE'>): Promise<SignOn> =>
  createSignOn(readSignOnFile(SIGN_ON_FILE), readHere);
