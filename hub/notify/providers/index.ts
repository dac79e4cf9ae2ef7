import { readFileSync } from 'node:fs';
import type { Channel } from '../../../schemas/index.ts';
import { type Settings, SettingsError } from '../../settings.ts';
import type { Provider, Reported } from '../message.ts';
import { createKannel, readKannelReport } from './kannel.ts';
import { createOutbox } from './outbox.ts';
import { createSmtp } from './smtp.ts';
import { createSolapi } from './solapi.ts';

export type ProviderSettings = Pick<
  Settings,
  'SMTP_URL' | 'MAIL_FROM' | 'SMS_PROVIDER' | 'SMS_URL' | 'SMS_SENDER' | 'SMS_KEY' | 'SMS_SECRET'
> &
  Partial<Pick<Settings, 'SMTP_CA_FILE'>>;

/**
 * Makes each channel's provider from the settings; a channel without one uses the local outbox. Throws if a setting is
 * missing.
 */
export function createProviders(settings: ProviderSettings): Record<Channel, Provider> {
  const { SMTP_URL, SMTP_CA_FILE, MAIL_FROM } = settings;
  return {
    email: SMTP_URL
      ? createSmtp({ url: SMTP_URL, from: MAIL_FROM, ca: SMTP_CA_FILE && readAuthority(SMTP_CA_FILE) })
      : createOutbox(),
    sms: smsProviders[settings.SMS_PROVIDER](settings),
  };
}

function readAuthority(path: string): string {
  try {
    const pem = readFileSync(path, 'utf8');
    if (pem.includes('-----BEGIN CERTIFICATE-----')) return pem;
  } catch (cause) {
    throw new SettingsError([`SMTP_CA_FILE: ${cause instanceof Error ? cause.message : String(cause)}`]);
  }
  throw new SettingsError([`SMTP_CA_FILE: ${path} holds no certificate in PEM`]);
}

const smsProviders: Record<Settings['SMS_PROVIDER'], (settings: ProviderSettings) => Provider> = {
  outbox: () => createOutbox(),
  solapi(settings) {
    const { SMS_KEY, SMS_SECRET, SMS_SENDER } = need(settings, ['SMS_KEY', 'SMS_SECRET', 'SMS_SENDER']);
    return createSolapi({ key: SMS_KEY, secret: SMS_SECRET, sender: SMS_SENDER, url: settings.SMS_URL });
  },
  kannel(settings) {
    const names = ['SMS_KEY', 'SMS_SECRET', 'SMS_SENDER', 'SMS_URL'] as const;
    const { SMS_KEY, SMS_SECRET, SMS_SENDER, SMS_URL } = need(settings, names);
    return createKannel({ user: SMS_KEY, password: SMS_SECRET, sender: SMS_SENDER, url: SMS_URL });
  },
};

/**
 * How the calls of a provider are read, by its name. A process that takes them may have none of the provider's secrets.
 */
export const reportReaders: Partial<
  Record<string, (query: Record<string, unknown>) => Reported | undefined>
> = { kannel: readKannelReport };

function need<Name extends keyof ProviderSettings>(
  settings: ProviderSettings,
  names: readonly Name[],
): Record<Name, string> {
  const missing = names.filter((name) => !settings[name]);
  if (missing.length > 0)
    throw new Error(`${missing.join(', ')} must be set where SMS_PROVIDER is ${settings.SMS_PROVIDER}`);
  return Object.fromEntries(names.map((name) => [name, String(settings[name])])) as Record<Name, string>;
}
