import { Integer, Null, OctetString } from 'asn1js';
import {
  AlgorithmIdentifier,
  Certificate,
  ExtKeyUsage,
  MessageImprint,
  SignedData,
  TimeStampReq,
  TimeStampResp,
  TSTInfo,
} from 'pkijs';
import { toHex } from './canonical.ts';

/** When something existed at the latest, as an authority says (RFC 3161). */
export interface TimeStamp {
  at: Date;
  /** The subject of the certificate that signed it. */
  authority: string;
  /** Its chain ends at one of the authorities that were named. Undefined: none was named. */
  isTrusted: boolean | undefined;
}

/** What is wrong with a time stamp. */
class TimeStampError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'TimeStampError';
  }
}

const sha256Oid = '2.16.840.1.101.3.4.2.1';
const signedDataOid = '1.2.840.113549.1.7.2';
/** id-ct-TSTInfo (RFC 3161, 2.4.2). */
const timeStampOid = '1.2.840.113549.1.9.16.1.4';
const extendedUsageOid = '2.5.29.37';
/** id-kp-timeStamping (RFC 3161, 2.3): the one use that such a certificate may have. */
const stampingUsage = '1.3.6.1.5.5.7.3.8';

/** A request for a stamp on these bytes (RFC 3161, 2.4.1), with its certificate. DER. */
export async function makeStampRequest(
  content: Uint8Array<ArrayBuffer>,
  nonce: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const digest = await crypto.subtle.digest('SHA-256', content);
  const request = new TimeStampReq({
    version: 1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithmId: sha256Oid, algorithmParams: new Null() }),
      hashedMessage: new OctetString({ valueHex: digest }),
    }),
    nonce: new Integer({ valueHex: nonce.buffer }),
    certReq: true,
  });
  return new Uint8Array(request.toSchema().toBER());
}

/**
 * Verifies a reply: it was granted, stamps these bytes, and is signed by its certificate, which is one for time stamps.
 * `authorities`: certificates (DER) at which its chain may end. Errors: TimeStampError.
 */
export async function verifyStamp(
  reply: Uint8Array<ArrayBuffer>,
  content: Uint8Array<ArrayBuffer>,
  { authorities = [], nonce }: { authorities?: readonly Uint8Array<ArrayBuffer>[]; nonce?: Uint8Array },
): Promise<TimeStamp> {
  const { signed, info } = readReply(reply);
  const { hashAlgorithm, hashedMessage } = info.messageImprint;
  const digest = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', content)));
  if (hashAlgorithm.algorithmId !== sha256Oid || toHex(hashedMessage.valueBlock.valueHexView) !== digest)
    throw new TimeStampError('it stamps something else');
  if (nonce && toHex(info.nonce?.valueBlock.valueHexView ?? new Uint8Array()) !== toHex(nonce))
    throw new TimeStampError('it answers another request: its nonce is another one');
  const signer = await verifySigner(signed, content, info.genTime);
  const isTrusted =
    authorities.length === 0 ? undefined : await isOf(signed, content, authorities, info.genTime);
  return { at: info.genTime, authority: toName(signer), isTrusted };
}

function readReply(reply: Uint8Array<ArrayBuffer>): { signed: SignedData; info: TSTInfo } {
  try {
    const { status, timeStampToken } = TimeStampResp.fromBER(reply);
    // 0: granted, 1: granted with changes (RFC 3161, 2.4.2).
    if (!timeStampToken || ![0, 1].includes(status.status))
      throw new TimeStampError(`the authority refused it (status ${status.status})`);
    if (timeStampToken.contentType !== signedDataOid) throw new TimeStampError('it holds no signed data');
    const signed = new SignedData({ schema: timeStampToken.content });
    const { eContentType, eContent } = signed.encapContentInfo;
    if (eContentType !== timeStampOid || !eContent) throw new TimeStampError('it signs no time stamp');
    return { signed, info: TSTInfo.fromBER(eContent.getValue()) };
  } catch (error) {
    throw error instanceof TimeStampError ? error : new TimeStampError('it cannot be read', error);
  }
}

/** The certificate that signed it. */
async function verifySigner(
  signed: SignedData,
  data: Uint8Array<ArrayBuffer>,
  checkDate: Date,
): Promise<Certificate> {
  const found = await verifySigned(signed, data, { checkDate });
  const signer = found?.signerCertificate;
  if (!signer || !found.signatureVerified) throw new TimeStampError('its signature is wrong');
  const usage = signer.extensions?.find(({ extnID }) => extnID === extendedUsageOid)?.parsedValue;
  if (!(usage instanceof ExtKeyUsage) || !usage.keyPurposes.includes(stampingUsage))
    throw new TimeStampError('its certificate is none for time stamps');
  return signer;
}

async function isOf(
  signed: SignedData,
  data: Uint8Array<ArrayBuffer>,
  authorities: readonly Uint8Array<ArrayBuffer>[],
  checkDate: Date,
): Promise<boolean> {
  const trustedCerts = authorities.map((der) => Certificate.fromBER(der));
  const found = await verifySigned(signed, data, { checkDate, checkChain: true, trustedCerts });
  return found?.signerCertificateVerified === true;
}

type VerifyOptions = Partial<Parameters<SignedData['verify']>[0]>;

async function verifySigned(signed: SignedData, data: Uint8Array<ArrayBuffer>, options: VerifyOptions) {
  try {
    return await signed.verify({ signer: 0, data: data.buffer, extendedMode: true, ...options });
  } catch {
    // The library throws for some wrong signatures and chains, and says no for others. Both are told by the caller.
    return undefined;
  }
}

const toName = ({ subject }: Certificate): string =>
  subject.typesAndValues.map(({ value }) => String(value.valueBlock.value)).join(', ');
