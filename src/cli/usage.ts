/** What `nta --help` and `nta <command> --help` print. */

const ANALYZE = `  nta analyze <capture>... [options]     analyse captures, as one when there are several
`
const MERGE = `  nta merge <part>... [options]          the summary of captures that were analysed apart (see --part)
`
const SERVE = `  nta serve [<capture>] [options]        the same in a browser window, on this machine only
`
const VERIFY = `  nta verify <report.html> <capture>...  run a report again; says "identical" or what differs
`
const RULES = `  nta rules [--json]                     every detection rule with thresholds and sources
`

const ANALYZE_OPTIONS = `Options of analyze and merge
  --json FILE|-        write the summary as JSON; - is standard output
  --html FILE          write the report: one self-contained page
  --csv FOLDER         write every table as CSV
  --part FILE          write the counters as a part, which nta merge joins with others, from any machine
  --limit N|none       rows of endpoints, conversations, findings and interfaces (default 1000; totals count all)
  --rules FILE         other thresholds and an allow-list (JSON, docs/rules.schema.json)
  --fail-on LEVEL      exit with 3 at a finding of low, medium, high or critical severity, or above
  --time-zone ZONE     utc or local: how times are shown (default utc; JSON is always seconds since 1970)
  --threads N          threads that count a capture of 1 GiB and more (default 1); the result is the same
  --quiet              print no page
  --no-progress        show no progress (it is shown only on a terminal anyway)
`
const SERVE_OPTIONS = `Options of serve
  --port N             listen on this port of 127.0.0.1 (default: any free one)
  --no-open            print the address instead of opening a browser
`
const VERIFY_OPTIONS = `Options of verify
  --rules FILE         the thresholds and the allow-list that the report was made with, when it had an allow-list
`
const RULES_OPTIONS = `Options of rules
  --json               the same as JSON
`

const ANALYZE_STATUS = `Exit status: 0 analysed; 1 not analysed; 2 analysed in part (the capture is cut or damaged); 3 a finding at or
above --fail-on; 64 wrong usage; 130 interrupted. Without an output option, analyze prints a page for people.
`
const STANDARD_INPUT = `A capture - is standard input, packed or not, as in: tcpdump -w - | nta analyze -
The first Ctrl-C is then left to the program that writes; a second one ends nta.
`
const VERIFY_STATUS = `Exit status of verify: 0 identical; 3 the capture now gives something else, or is not the one the report was made from;
1 the report or the capture cannot be read; 64 wrong usage. A capture - is standard input.
`

export const USAGE = `nta - network traffic analyzer for packet captures (pcap, pcapng; gzip, zstd, lz4)

${ANALYZE}${MERGE}${SERVE}${VERIFY}${RULES}  nta <command> --help                   the help of one command
  nta --version | --help

${ANALYZE_OPTIONS}
${SERVE_OPTIONS}
${VERIFY_OPTIONS}
${ANALYZE_STATUS}${VERIFY_STATUS}${STANDARD_INPUT}`

/** The help of each command alone. */
export const COMMAND_USAGE: Readonly<Record<string, string>> = {
  analyze: [ANALYZE, ANALYZE_OPTIONS, ANALYZE_STATUS + STANDARD_INPUT].join('\n'),
  merge: [MERGE, ANALYZE_OPTIONS, ANALYZE_STATUS].join('\n'),
  serve: [SERVE, SERVE_OPTIONS].join('\n'),
  verify: [VERIFY, VERIFY_OPTIONS, VERIFY_STATUS].join('\n'),
  rules: [RULES, RULES_OPTIONS].join('\n'),
}
