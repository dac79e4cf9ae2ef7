/**
 * What the kit offers to adapters: the adapters of this folder import it file by file, packages from outside get it as
 * one object when they are loaded (adapters/packages.ts), so that both run on the same code and the same BoardError.
 * Each part is in the table of adapters/README.md.
 */
import { compile, digestText, digestTitle } from '../../schemas/index.ts';
import { BoardError } from '../contract.ts';
import { mustBeAllowedPath } from './allowed-path.ts';
import { toPushInput, toRef } from './board-ref.ts';
import { toBoardTime, toInstant } from './board-time.ts';
import { decode, describeUnencodable, encode, findUnencodable } from './charset.ts';
import { checkExpressions } from './check-expressions.ts';
import { checkReading, toReport } from './check-reading.ts';
import { createCodeBook } from './codes.ts';
import { toEmail, toKoreanPhone, toPhone } from './contact.ts';
import { pullPosts } from './cursor.ts';
import { openFaultyLine } from './faulty-line.ts';
import { listHoldings, listPulled } from './fingerprints.ts';
import { createAddressGuard, createGuardedSocket } from './guarded-connect.ts';
import { createBoardHttp } from './http.ts';
import { HttpError, toBoardError, toOutcome } from './http-errors.ts';
import { parseJson } from './json.ts';
import { compileMapping } from './mapping.ts';
import { toMultipart } from './multipart.ts';
import { checkCodeTables, normalise } from './normalise.ts';
import { placeRecords } from './page-rows.ts';
import { toHtml, toPlainText } from './plain-text.ts';
import { readContent } from './read-content.ts';
import { parseEnvelope } from './soap-xml.ts';
import { SqlError, toSqlBoardError, toSqlOutcome } from './sql-errors.ts';

export const kit = {
  ...{ BoardError, compile, digestText, digestTitle },
  ...{ createAddressGuard, createGuardedSocket, mustBeAllowedPath },
  ...{ createBoardHttp, HttpError, toOutcome, toBoardError, toMultipart, readContent },
  ...{ parseJson, parseEnvelope, SqlError, toSqlOutcome, toSqlBoardError },
  ...{ pullPosts, placeRecords, listHoldings, listPulled, checkReading, toReport, toPushInput, toRef },
  ...{ compileMapping, checkExpressions, normalise, checkCodeTables, createCodeBook },
  ...{ decode, encode, findUnencodable, describeUnencodable },
  ...{ toInstant, toBoardTime, toPhone, toKoreanPhone, toEmail, toPlainText, toHtml },
  openFaultyLine,
};
export type AdapterKit = typeof kit;
