/** The summary as a page for a terminal: what the capture is, what is in it, who talks, who scanned, what is wrong. */

import type { CaptureSummary, ConversationRow, Finding, Severity } from '../engine/index.ts'
import {
  bitRateText,
  bytesText,
  countText,
  durationText,
  isComputed,
  momentText,
  shareText,
} from './figures.ts'
import { sparkline } from './sparkline.ts'
import { terminalText } from './terminal-text.ts'

export interface PageOptions {
  /** Width of the terminal; undefined when the page goes to a file or a pipe. */
  readonly columns: number | undefined
  readonly timeZone: 'utc' | 'local'
  readonly isColour: boolean
}

/** Width when it is unknown, and the widest the page gets: longer lines are hard to follow. */
const WIDTH_DEFAULT = 100
const WIDTH_MIN = 60
const WIDTH_MAX = 120
const PROTOCOL_ROWS = 14
const CONVERSATION_ROWS = 8
const ENDPOINT_ROWS = 5
const ISSUE_ROWS = 8
const FINDING_ROWS = 8
const DISMISSED_ROWS = 4
const BAR_CELLS = 20

/** Lines end in a line feed. Everything that came out of the capture is escaped. */
export function terminalPage(summary: CaptureSummary, options: PageOptions): string {
  const width = Math.min(WIDTH_MAX, Math.max(WIDTH_MIN, options.columns ?? WIDTH_DEFAULT))
  const style = styles(options.isColour)
  const sections = [
    identity(summary, options, style),
    protocols(summary, style),
    bandwidth(summary, width, style),
    talkers(summary, style),
    conversations(summary, width, style),
    scanners(summary, width, style),
    otherFindings(summary, width, style),
    dismissedSources(summary, width, style),
    troubles(summary, width, style),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

type Style = ReturnType<typeof styles>

function styles(isColour: boolean) {
  const paint = (code: string) => (text: string) => (isColour ? `\x1b[${code}m${text}\x1b[0m` : text)
  return { title: paint('1'), dim: paint('2'), bar: paint('36'), warn: paint('33'), alert: paint('1;31') }
}

function identity({ capture }: CaptureSummary, { timeZone }: PageOptions, style: Style): string[] {
  const lines = capture.files.map(
    (file) =>
      `${style.title(terminalText(file.name))}  ${file.format}${file.compression === 'none' ? '' : `, ${file.compression}`}, ${bytesText(file.byteCount)}  ${style.dim(isComputed(file.sha256) ? `SHA-256 ${file.sha256.slice(0, 16)}…` : 'SHA-256 not computed')}`,
  )
  const links = [...new Set(capture.interfaces.map((each) => each.linkTypeName))].join(', ')
  lines.push(
    `${countText(capture.packetCount)} packets, ${bytesText(capture.originalByteCount)} on the wire, ${bytesText(capture.capturedByteCount)} captured${links === '' ? '' : `, ${links}`}`,
  )
  if (capture.firstTimestamp !== null && capture.lastTimestamp !== null) {
    lines.push(
      `${momentText(capture.firstTimestamp, timeZone)}  for ${durationText(capture.durationSeconds)}${capture.durationSeconds > 0 ? `, ${bitRateText(capture.originalByteCount / capture.durationSeconds)} on average` : ''}`,
    )
  }
  return lines
}

function protocols({ protocols, capture }: CaptureSummary, style: Style): string[] {
  if (protocols.length === 0) return []
  const total = Math.max(1, capture.originalByteCount)
  // By bytes, but a child never without its parent: the tree stays readable when it is cut.
  const byBytes = protocols
    .map((row, index) => ({ row, index }))
    .sort((x, y) => y.row.byteCount - x.row.byteCount || x.index - y.index)
  const shown = new Set(byBytes.slice(0, PROTOCOL_ROWS).map(({ row }) => row))
  const lines = [style.title('Protocols') + style.dim('  packets, bytes on the wire, share of all bytes')]
  for (const row of protocols) {
    if (!shown.has(row)) continue
    const name = `${'  '.repeat(row.path.length - 1)}${row.path.at(-1) ?? ''}${row.basis === 'port' ? '?' : ''}`
    const share = row.byteCount / total
    const bar = '█'.repeat(Math.round(share * BAR_CELLS)).padEnd(BAR_CELLS, '·')
    lines.push(
      `  ${name.padEnd(22)} ${countText(row.packetCount).padStart(13)} ${bytesText(row.byteCount).padStart(9)} ${shareText(share).padStart(7)}  ${style.bar(bar)}`,
    )
  }
  if (protocols.length > shown.size)
    lines.push(style.dim(`  and ${String(protocols.length - shown.size)} more`))
  return lines
}

function bandwidth({ bandwidth, capture }: CaptureSummary, width: number, style: Style): string[] {
  if (bandwidth.buckets.length === 0 || capture.durationSeconds === 0) return []
  const line = sparkline(bandwidth, width - 4)
  return [
    `${style.title('Bandwidth')}${style.dim(`  one cell ${durationText(line.cellSeconds)}, top ${bitRateText(line.peakBytesPerSecond)}`)}`,
    `  ${style.bar(line.cells)}`,
  ]
}

function talkers({ endpoints, endpointCount }: CaptureSummary, style: Style): string[] {
  if (endpoints.length === 0) return []
  const lines = [
    `${style.title('Top talkers')}${style.dim(`  of ${countText(endpointCount)} addresses: sent, received`)}`,
  ]
  for (const row of endpoints.slice(0, ENDPOINT_ROWS)) {
    lines.push(
      `  ${row.address.padEnd(40)} ${bytesText(row.sentByteCount).padStart(9)} ${bytesText(row.receivedByteCount).padStart(9)}${row.tunnel === null ? '' : style.dim(`  inside ${row.tunnel}`)}`,
    )
  }
  return lines
}

function conversations(
  { conversations, conversationCount }: CaptureSummary,
  width: number,
  style: Style,
): string[] {
  if (conversations.length === 0) return []
  const lines = [
    `${style.title('Conversations')}${style.dim(`  the largest of ${countText(conversationCount)}: originator to responder`)}`,
  ]
  for (const row of conversations.slice(0, CONVERSATION_ROWS)) {
    const what = [row.protocol, row.application ?? '', row.state ?? '']
      .filter((part) => part !== '')
      .join(' ')
    const figures = `${countText(row.packetCount)} packets ${bytesText(row.byteCount)} ${durationText(row.durationSeconds)}`
    const ends = `${endText(row.originator)} → ${endText(row.responder)}`
    const text = `  ${ends.padEnd(46)} ${what.padEnd(16)} ${figures}`
    lines.push(text.length > width + 10 ? `  ${ends}\n      ${what}  ${figures}` : text)
  }
  return lines
}

function endText({ address, port }: ConversationRow['originator']): string {
  if (port === null) return address
  return address.includes(':') ? `[${address}]:${String(port)}` : `${address}:${String(port)}`
}

function scanners(
  { scanners, findings, tool, capture }: CaptureSummary,
  width: number,
  style: Style,
): string[] {
  if (tool.rules.length === 0) return []
  if (scanners.length === 0) {
    const part = capture.ending.kind === 'complete' ? '' : ' in the part that was read'
    return [`${style.title('Scanners')}  none was flagged${part}`]
  }
  const lines = [`${style.title('Scanners')}${style.dim(`  ${countText(scanners.length)} flagged`)}`]
  for (const row of scanners.slice(0, FINDING_ROWS)) {
    lines.push(
      `  ${severityText(row.severity, style)} ${row.address.padEnd(28)} ${row.kinds.join(', ')} by ${row.techniques.join(', ')}: ${countOf(row.targetCount, 'target')}, ${countOf(row.portCount, 'port')}; ${countText(row.outcomes.open)} open`,
    )
  }
  const ids = scannerFindingIds(scanners)
  const own = findings.filter(({ id }) => ids.has(id))
  return [...lines, ...findingLines(own, own.length, width, style)]
}

/** What is no scan, and scans that an allow-list covers: nobody is called a scanner for them. */
function otherFindings(
  { scanners, findings, findingCount }: CaptureSummary,
  width: number,
  style: Style,
): string[] {
  const ids = scannerFindingIds(scanners)
  const others = findings.filter(({ id }) => !ids.has(id))
  if (others.length === 0) return []
  const count = others.length + findingCount - findings.length
  return [
    `${style.title(ids.size === 0 ? 'Findings' : 'Other findings')}${style.dim(`  ${countText(count)}`)}`,
    ...findingLines(others, count, width, style),
  ]
}

function scannerFindingIds(scanners: CaptureSummary['scanners']): ReadonlySet<string> {
  return new Set(scanners.flatMap(({ findingIds }) => findingIds))
}

function findingLines(findings: readonly Finding[], count: number, width: number, style: Style): string[] {
  const lines: string[] = []
  for (const finding of findings.slice(0, FINDING_ROWS)) {
    const authorised = finding.authorised ? style.dim('  authorised by the allow-list') : ''
    lines.push(
      `  ${severityText(finding.severity, style)} ${finding.title}${authorised}`,
      ...wrap(terminalText(finding.explanation), width - 6).map((line) => `      ${style.dim(line)}`),
    )
  }
  if (count > FINDING_ROWS) lines.push(style.dim(`  and ${countText(count - FINDING_ROWS)} more findings`))
  return lines
}

function dismissedSources({ dismissed }: CaptureSummary, width: number, style: Style): string[] {
  if (dismissed.length === 0) return []
  const lines = [
    style.title('Not flagged') + style.dim(`  ${countText(dismissed.length)} considered and dismissed`),
  ]
  for (const row of dismissed.slice(0, DISMISSED_ROWS)) {
    lines.push(
      ...wrap(`${row.address} (${row.reason}) ${terminalText(row.explanation)}`, width - 4).map(
        (line) => `  ${style.dim(line)}`,
      ),
    )
  }
  if (dismissed.length > DISMISSED_ROWS)
    lines.push(style.dim(`  and ${countText(dismissed.length - DISMISSED_ROWS)} more`))
  return lines
}

function severityText(severity: Severity, style: Style): string {
  return (isGrave(severity) ? style.alert : style.warn)(severity.padEnd(8))
}

function isGrave(severity: Severity): boolean {
  return severity === 'high' || severity === 'critical'
}

function troubles({ capture, limits }: CaptureSummary, width: number, style: Style): string[] {
  const lines: string[] = []
  if (capture.ending.kind !== 'complete') {
    const text = `Read in part: ${capture.ending.kind} at byte ${countText(capture.ending.byteOffset)}. ${terminalText(capture.ending.detail)}`
    lines.push(...wrap(text, width - 2).map((line) => `  ${style.warn(line)}`))
  }
  for (const remark of capture.quality.remarks)
    lines.push(...wrap(remark, width - 2).map((line) => `  ${line}`))
  for (const issue of capture.issues.slice(0, ISSUE_ROWS)) {
    const where =
      issue.firstFrame === null ? '' : style.dim(`  first in frame ${countText(issue.firstFrame)}`)
    lines.push(`  ${issue.kind.padEnd(34)} ${countText(issue.count).padStart(9)}${where}`)
  }
  if (limits.unlistedConversationPacketCount > 0) {
    lines.push(
      `  Totals are exact; ${countText(limits.unlistedConversationPacketCount)} packets belong to conversations that are not listed one by one.`,
    )
  }
  return lines.length === 0 ? [] : [style.title('About this capture'), ...lines]
}

function wrap(text: string, width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}

function countOf(count: number, noun: string): string {
  return `${countText(count)} ${noun}${count === 1 ? '' : 's'}`
}
