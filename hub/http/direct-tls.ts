import { readFileSync, unwatchFile, watchFile } from 'node:fs';
import { createSecureContext, type SecureContextOptions, type Server, type TlsOptions } from 'node:tls';
import type { Logger } from 'pino';
import { type Settings, SettingsError } from '../settings.ts';

/** TLS that the hub itself terminates, instead of a proxy. */
export interface DirectTls {
  /** Options for the server, beside its own. */
  options: TlsOptions;
  /** Uses new files without a restart: at SIGHUP, and when they changed. The result ends that. */
  follow(server: Server): () => void;
}

type Files = Pick<Settings, 'TLS_CERT_FILE' | 'TLS_KEY_FILE' | 'TLS_CLIENT_CA_FILE'>;
const fileNames = ['TLS_CERT_FILE', 'TLS_KEY_FILE', 'TLS_CLIENT_CA_FILE'] as const;

/** RFC 9325, section 4.2: forward secrecy and authenticated encryption only. The first three are those of TLS 1.3. */
const ciphers = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_AES_128_GCM_SHA256',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-RSA-CHACHA20-POLY1305',
].join(':');

/** Milliseconds for a handshake. */
const handshakeTimeout = 10_000;

/**
 * Undefined: the hub does not terminate TLS. `lookEvery`: milliseconds between two looks at the files. Errors:
 * SettingsError, for files that cannot be read or do not fit together.
 */
export function openDirectTls(settings: Files, log: Logger, lookEvery = 10_000): DirectTls | undefined {
  const { TLS_CERT_FILE, TLS_KEY_FILE, TLS_CLIENT_CA_FILE } = settings;
  if (!TLS_CERT_FILE || !TLS_KEY_FILE) return undefined;
  const files = [TLS_CERT_FILE, TLS_KEY_FILE, ...(TLS_CLIENT_CA_FILE ? [TLS_CLIENT_CA_FILE] : [])];
  const options: TlsOptions = {
    ...readContext(settings),
    handshakeTimeout,
    ALPNProtocols: ['http/1.1'],
    // People have no certificate. Each agency's `doors.certificates` says who must show one, and which.
    requestCert: TLS_CLIENT_CA_FILE !== undefined,
    rejectUnauthorized: false,
  };

  function follow(server: Server): () => void {
    const renew = () => {
      try {
        server.setSecureContext(readContext(settings));
        log.info('the TLS certificate was read anew');
      } catch (err) {
        // Perhaps only half of the files were replaced. The next look will see the rest.
        log.error({ err }, 'the new TLS certificate cannot be used; the old one stays');
      }
    };
    process.on('SIGHUP', renew);
    // Files are polled: certificates are renewed by renaming, behind links and on network file systems, where events do
    // not work.
    for (const file of files) watchFile(file, { interval: lookEvery, persistent: false }, renew);
    return () => {
      process.off('SIGHUP', renew);
      for (const file of files) unwatchFile(file, renew);
    };
  }
  return { options, follow };
}

function readContext(settings: Files): SecureContextOptions {
  const [cert, key, ca] = fileNames.map((name) => {
    const file = settings[name];
    try {
      return file === undefined ? undefined : readFileSync(file);
    } catch (error) {
      throw new SettingsError([`${name}: ${error instanceof Error ? error.message : String(error)}`]);
    }
  });
  const context: SecureContextOptions = {
    cert,
    key,
    ciphers,
    minVersion: 'TLSv1.2',
    ...(ca && { ca }),
  };
  try {
    createSecureContext(context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new SettingsError([`TLS_CERT_FILE, TLS_KEY_FILE: ${reason}`]);
  }
  return context;
}
