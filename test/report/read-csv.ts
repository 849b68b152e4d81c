/** A strict reader of CSV as RFC 4180 writes it, for tests: what it does not allow is an error. */

export interface CsvCell {
  readonly text: string
  readonly isQuoted: boolean
}

/** Records of cells. Every line ends in CR LF, every record has as many cells as the first. */
export function readCsv(text: string): CsvCell[][] {
  const records: CsvCell[][] = []
  let record: CsvCell[] = []
  let at = 0
  while (at < text.length) {
    const quoted = /"((?:[^"]|"")*)"/y
    const bare = /[^",\r\n]*/y
    quoted.lastIndex = bare.lastIndex = at
    const found = quoted.exec(text)
    if (found === null) {
      record.push({ text: bare.exec(text)![0], isQuoted: false })
      at = bare.lastIndex
    } else {
      record.push({ text: found[1]!.replaceAll('""', '"'), isQuoted: true })
      at = quoted.lastIndex
    }
    if (text.startsWith(',', at)) at += 1
    else if (text.startsWith('\r\n', at)) {
      at += 2
      records.push(record)
      record = []
    } else
      throw new Error(`neither comma nor line break at ${at}: ${JSON.stringify(text.slice(at, at + 20))}`)
  }
  if (record.length > 0) throw new Error('the last line has no line break')
  if (records.some((one) => one.length !== records[0]!.length)) throw new Error('records differ in length')
  return records
}
