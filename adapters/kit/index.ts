/**
 * What the kit offers to adapters. Adapters of this folder import it file by file. Packages from outside get it as one
 * object when they are loaded (adapters/packages.ts). So both use the same code and the same BoardError. The table in
 * adapters/README.md describes each part.
 */
import { compile, digestText, digestTitle, reasonOf, said, toReason } from '../../schemas/index.ts';
import { BoardError } from '../contract.ts';
import { createCodeBook } from './expressions/codes.ts';
import { openFaultyLine } from './faulty-line.ts';
import { mustBeAllowedPath } from './http/allowed-path.ts';
import { createAddressGuard, createGuardedSocket } from './http/guarded-connect.ts';
import { createBoardHttp } from './http/http.ts';
import { HttpError } from './http/http-errors.ts';
import { toMultipart } from './http/multipart.ts';
import { readContent } from './http/read-content.ts';
import { checkExpressions } from './mapping/check-expressions.ts';
import { compileMapping } from './mapping/mapping.ts';
import { checkCodeTables, normalise } from './mapping/normalise.ts';
import { toBoardError, toOutcome } from './outcome/call-error.ts';
import { toPushInput, toRef } from './reading/board-ref.ts';
import { checkReading, toReport } from './reading/check-reading.ts';
import { pullPosts } from './reading/cursor.ts';
import { listHoldings, listPulled } from './reading/fingerprints.ts';
import { placeRecords } from './reading/page-rows.ts';
import { SqlError } from './sql-errors.ts';
import { toBoardTime, toInstant } from './text/board-time.ts';
import { decode, describeUnencodable, encode, findUnencodable } from './text/charset.ts';
import { toEmail, toKoreanPhone, toPhone } from './text/contact.ts';
import { parseJson } from './text/json.ts';
import { toHtml, toPlainText } from './text/plain-text.ts';
import { parseEnvelope } from './text/soap-xml.ts';

export const kit = {
  BoardError,
  compile,
  digestText,
  digestTitle,
  toReason,
  said,
  reasonOf,
  createAddressGuard,
  createGuardedSocket,
  mustBeAllowedPath,
  createBoardHttp,
  HttpError,
  SqlError,
  toOutcome,
  toBoardError,
  // Packages already call these two by names that say SqlError. So the names stay.
  toSqlOutcome: toOutcome,
  toSqlBoardError: toBoardError,
  toMultipart,
  readContent,
  parseJson,
  parseEnvelope,
  pullPosts,
  placeRecords,
  listHoldings,
  listPulled,
  checkReading,
  toReport,
  toPushInput,
  toRef,
  compileMapping,
  checkExpressions,
  normalise,
  checkCodeTables,
  createCodeBook,
  decode,
  encode,
  findUnencodable,
  describeUnencodable,
  toInstant,
  toBoardTime,
  toPhone,
  toKoreanPhone,
  toEmail,
  toPlainText,
  toHtml,
  openFaultyLine,
};
export type AdapterKit = typeof kit;
