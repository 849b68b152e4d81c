/** What `nta --help` prints. */

export const USAGE = `nta - network traffic analyzer for packet captures (pcap, pcapng; gzip, zstd, lz4)

  nta analyze <capture>... [options]     analyse captures, as one when there are several
  nta merge <part>... [options]          the summary of captures that were analysed apart (see --part)
  nta serve [<capture>] [options]        the same in a browser window, on this machine only
  nta verify <report.html> <capture>...  run a report again; says "identical" or what differs
  nta rules [--json]                     every detection rule with thresholds and sources
  nta --version | --help

Options of analyze and merge
  --json FILE|-        write the summary as JSON; - is standard output
  --html FILE          write the report: one self-contained page
  --csv FOLDER         write every table as CSV
  --part FILE          write the counters as a part, which nta merge joins with others, from any machine
  --limit N|none       rows of endpoints, conversations and findings (default 1000; totals count everything)
  --rules FILE         other thresholds and an allow-list (JSON, docs/rules.schema.json)
  --fail-on LEVEL      exit with 3 at a finding of low, medium, high or critical severity, or above
  --time-zone ZONE     utc or local: how times are shown (default utc; JSON is always seconds since 1970)
  --threads N          threads that count a capture of 1 GiB and more (default 1); the result is the same
  --quiet              print no page
  --no-progress        show no progress (it is shown only on a terminal anyway)

Options of serve
  --port N             listen on this port of 127.0.0.1 (default: any free one)
  --no-open            print the address instead of opening a browser

Exit status: 0 analysed; 1 not analysed; 2 analysed in part (the capture is cut or damaged); 3 a finding at or
above --fail-on; 64 wrong usage; 130 interrupted. Without an output option, analyze prints a page for people.
`
