/** The tables of the applications part of the summary: what is counted by code, and what by name. */

/** Counted by a number that a table of code names turns into text. */
export const CODE_TABLES = [
  'queryTypes',
  'responseCodes',
  'methods',
  'statusCodes',
  'replyCodes',
  'versions',
  'clientVersions',
  'cipherSuites',
  'alerts',
  'messageTypes',
  'opcodes',
  'modes',
  'strata',
  'commands',
  'dialects',
  'statuses',
  'functionCodes',
  'exchangeTypes',
  'errorCodes',
  'operations',
  'resultCodes',
  'payloadTypes',
] as const

/** Counted by bytes of the packet. */
export const NAME_TABLES = [
  'queryNames',
  'answerAddresses',
  'hosts',
  'userAgents',
  'servers',
  'serverNames',
  'protocols',
  'clientFingerprints',
  'banners',
  'hostNames',
  'vendorClasses',
  'communities',
  'verbs',
  'fileNames',
] as const

export type CodeTableName = (typeof CODE_TABLES)[number]
export type NameTableName = (typeof NAME_TABLES)[number]

/** CodeTable.queryTypes is its number. */
export const CodeTable = Object.freeze(
  Object.fromEntries(CODE_TABLES.map((name, index) => [name, index])),
) as Readonly<Record<CodeTableName, number>>

export const NameTableId = Object.freeze(
  Object.fromEntries(NAME_TABLES.map((name, index) => [name, index])),
) as Readonly<Record<NameTableName, number>>

/** Host names are the same in capital letters (RFC 4343); what else packets name is not. */
export function isFolded(table: number): boolean {
  return table === NameTableId.queryNames || table === NameTableId.hosts || table === NameTableId.serverNames
}
