import { readFileSync } from 'node:fs';
import { compile, type Problem } from '../../schemas/index.ts';
import { wordReason } from '../../schemas/reason.ts';
import { isOfAgency } from '../access/people/users.ts';
import { isLocalTest } from '../access/sign-on/oidc-discovery.ts';
import {
  OidcProvider,
  SamlProvider,
  SignOnFile,
  type SignOnProvider,
} from '../access/sign-on/sign-on-schema.ts';
import { SettingsError } from '../settings.ts';
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
  for (const [index, { role, agency, department }] of provider.roles.entries()) {
    const at = `/roles/${index}`;
    if (isOfAgency(role) && agency === undefined) yield [at, `a rule for ${role} names its agency`];
    if (!isOfAgency(role) && agency !== undefined) yield [`${at}/agency`, `${role} belongs to no agency`];
    if (role !== 'officer' && department !== undefined) yield [`${at}/department`, 'only an officer has one'];
  }
  if (provider.kind === 'oidc') {
    const { issuer, scopes } = provider;
    if (issuer.startsWith('http:') && !isLocalTest(issuer)) yield ['/issuer', 'must begin with https://'];
    if (scopes && !scopes.includes('openid')) yield ['/scopes', 'must have openid'];
    return;
  }
  if (/^http:\/\/(?!localhost[:/]|127\.0\.0\.1[:/])/.test(provider.metadata))
    yield ['/metadata', 'must begin with https://, or be the path of a file'];
  if ((provider.key === undefined) !== (provider.certificate === undefined))
    yield [provider.key === undefined ? '/certificate' : '/key', 'key and certificate belong together'];
}

/** The providers of the file. An unset file: none. Throws SettingsError with all that is wrong. */
export function readSignOnFile(path: string | undefined): SignOnProvider[] {
  if (path === undefined) return [];
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new SettingsError([
      `SIGN_ON_FILE: ${path} cannot be read (${(error as NodeJS.ErrnoException).code})`,
    ]);
  }
  const { providers, problems } = readSignOn(text);
  if (problems.length > 0)
    throw new SettingsError(
      problems.map(({ line, pointer, message }) =>
        [`SIGN_ON_FILE: ${path}:${line}`, pointer, message].filter((part) => part !== '').join(' '),
      ),
    );
  return providers;
}
