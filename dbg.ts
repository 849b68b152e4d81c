import { detectFile } from '/tmp/h-scans/tree/test/accuracy/analyze-file.ts'
import { AttemptTable } from '/tmp/h-scans/tree/src/engine/detect/attempt-table.ts'
const { evidence } = detectFile(process.argv[2]!)
const t = new AttemptTable(evidence)
const n = Number(process.argv[3] ?? 20)
console.log('attempts', t.count, 'duration', t.durationSeconds)
for (let a = 0; a < Math.min(n, t.count); a++) console.log(t.hosts.text(t.source(a)), '>', t.hosts.text(t.target(a)), 'kind', t.kind(a), 'port', t.port(a), 'sport', t.sourcePort(a), 'outcome', t.outcome(a), 'bits', t.bits(a).toString(2), 't', t.time(a).toFixed(2), 'n', t.recordCount(a), 'failed', t.isFailed(a))
