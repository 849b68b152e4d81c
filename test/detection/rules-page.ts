/** docs/detection-rules.md and docs/rules.schema.json, made from the rules themselves so that they cannot fall behind. */

import { format, resolveConfig } from 'prettier'
import { CONVERSATION_COUNT_MAX } from '../../src/engine/aggregate/conversation-table.ts'
import { RULE_IDS, RULES } from '../../src/engine/detect/rules.ts'

const INTRODUCTION = `# Detection rules

What each rule sees, what fools it, and where its thresholds come from. \`nta rules\` prints every rule here; \`--rules FILE\` changes any
threshold (form: [rules.schema.json](rules.schema.json)); every summary carries the values it was made with. This page is made
from the rules' own definitions by \`npx vitest run test/detection/rules-page.test.ts --update\`.

## What the rules look at

Never packets: a rule is a function of the merged evidence of the whole capture, so a verdict cannot depend on how the capture
was read, cut or hashed.

**The attempt table.** Conversations are folded into attempts: one for each source, target, kind of probe and port, retries and
retransmissions included. Who initiated is told by the packets (a SYN, a first datagram, a question before its answer), never by
a port number; a conversation that was under way when the capture began is no attempt. Answers whose question is missing (a
SYN+ACK, a reset, an echo reply, an ICMP error that quotes the probe) tell of an attempt all the same, marked as inferred. A
host of which nothing is seen but that it resets SYN+ACKs, or lets them be repeated, never asked: to no scan rule is it a source.
Nobody asks from a port below 512 either (\`rresvport\` of BSD hands out 512 to 1023), so answers there are a flood or its echo.

| Outcome | Told by |
| --- | --- |
| open | SYN+ACK, INIT-ACK, an answer of any kind; in a one-way capture the originator's own acknowledgment, which goes on from its SYN (RFC 9293 section 3.5) |
| refused | RST to the first probe, SCTP ABORT, ICMP port unreachable |
| filtered | ICMP administratively prohibited, host, network or protocol unreachable |
| silent | nothing, though the capture goes on for 5 s (Zeek's \`tcp_attempt_delay\`), or for 1 s (RFC 6298) where the source asked again, and shows packets to the source or from the target |
| unknown | anything else: the capture cannot tell |

An attempt is **used** when data flowed (TCP, SCTP) or an answer came (all others). Use is never a probe, however many ports it
takes: passive FTP, RPC and media ports count for nothing.

In a sampled capture (sFlow, RFC 5475) silence is unknown, and no port unused: one in which connections that were begun and taken part in
from the other side lack its SYN+ACK at least four times more than they show it.

**Failures** are refused, filtered and silent attempts, and SYNs that were never acknowledged where answers cannot be seen.
FIN, NULL and Xmas probes (also with every flag set) always fail; lone ACK and FIN+ACK without answer only when they carry no TCP options, and
those to many hosts only when their source ports repeat: a system's old connections have a port of their own each (RFC 6056), and
all end so when it wakes elsewhere. Datagrams of STUN are no failures to one host: ICE (RFC 8445) tries every address a peer may
have. What was tried more than eleven times, by UDP in as many datagrams, is none either, as Nmap tries no port as often, nor towards
scans of many hosts what was tried four times or more over a minute. SYNs that no
system sends (ZMap's, masscan's and Mirai's marks, ZMap's on datagrams too; at most one option and the SYN+ACK reset by the sender's own system) are
probes whatever came of them, even when the port they found open is used later. On ports that
every client contacts many hosts of (25, 53, 80, 123, 137, 443, 853, 3478, 5222, 5223, 5228, 8080, 8443) failures count towards scans
of many hosts only when the port opened for that source at least once by the same IP version, and while packets still reach it:
captive portals, firewalls that drop QUIC, broken IPv6 and dead lines make all of them fail for one cause. A sweep of such a port
over hosts that all stay shut is then told by the block of addresses that they fill, or, where its SYNs have at most one option,
which no system's have, by its hundred hosts in nine minutes. Over scattered hosts by a system's own SYNs it goes unseen.

**Left out before any rule:** traceroutes (time to live climbs hop by hop), data ports named by an FTP control connection, UDP
answers from one service port to clients' ports, answers to what was asked of a broadcast or
multicast address (DHCP, NBNS, device discovery), magic packets of Wake-on-LAN,
peer-to-peer spread (ten hosts or more, at most 1.5 ports a host, a third as
many ports as hosts, four of five above 1023, or a payload that says so), all of a port from 1024 up on which the source speaks a peer-to-peer
protocol with three hosts or more, call-backs: what a server asks of a client within
5 s of its connection, as ident does (RFC 1413), and no more often than the client came, what goes to known peers: SYNs to a port
where the same host has answered a datagram from a port below 32768 or of its own, or where three others have that were asked from that very port
(nodes of a cluster), SYNs to a port of a host with which a connection was under way when the capture began (it broke, and is dialled
again), and datagrams to a host that sends to the same port itself (BFD) or had asked from the port (TFTP),
and what a dead line explains: the longest
run of silence in which no packet reaches the source, on ports that it used on three hosts before and on three after, or, where the
capture begins or ends meanwhile, on as many as it lost, with the success of a benign client (benignSuccess). Not by SYNs that no system sends, nor along a block of addresses.

Sets of ports and hosts are exact: an attempt is kept once, in 32 bytes, and there are no more of them than conversations, whose
table has a ceiling of ${CONVERSATION_COUNT_MAX.toLocaleString('en')}. Beyond it SYNs are counted by target, which the SYN flood rule adds in.

## Severity and confidence

Severity says how much: low up to 99 targets or pairs of target and port, medium from 100, high from 1,000, critical from
10,000 (a scale of tens, as Slips and psad escalate); one step more when the scanner went on to use what it had found.
Confidence says how sure: the mean over attempts (refused 1, filtered 0.95, open and unused 0.9, silent 0.85, unknown 0.6),
times 1 - 0.5 / attempts, times the capture's factor (1 - 0.2 x share of one-way TCP conversations - up to 0.1 for packets the
capturing program dropped), times 1 - 0.3 x share of inferred attempts.

The reason a scan is flagged for names the count that the whole scan exceeds most, of failures or of contacts left unused, and
beside it what had fired first where that was another measure. The weight of ports is a reason only where no count reaches its
threshold.

## Who is dismissed

Sources that a naive counter would flag (15 ports of one host, or 25 hosts) and no rule did stand in \`dismissed\`, with a reason:
\`flood\`, \`backscatter\`, \`reflection\`, \`idle-scan\`, \`traceroute\`, \`resolver\`, \`mid-stream\`, \`peer-to-peer\`, \`passive-ftp\`, \`monitoring\`,
\`answered\`, \`retry\`, \`one-way-capture\`, \`below-thresholds\`. The 200 with most contacts are listed. After them stand sources whose contacts look like a beacon's so far,
as \`too-short-to-judge\`.

## The rules
`

export async function rulesPage(): Promise<string> {
  const parts = RULE_IDS.map((rule) => {
    const { version, title, sees, fooledBy, attack, thresholds } = RULES[rule]
    const rows = Object.entries(thresholds).map(
      ([name, { value, unit, higher, lower, source }]) =>
        `| \`${name}\` | ${value} ${unit} | ${higher} | ${lower} | ${source} |`,
    )
    return [
      `### ${rule}: ${title.toLowerCase()}`,
      `Version ${version}; ATT&CK ${attack.join(', ')}.`,
      `**Sees.** ${sees}`,
      `**Fooled by.** ${fooledBy}`,
      ['| Threshold | Value | Higher | Lower | Source |', '| --- | --- | --- | --- | --- |', ...rows].join(
        '\n',
      ),
    ].join('\n\n')
  })
  return formatted('docs/detection-rules.md', `${INTRODUCTION}\n${parts.join('\n\n')}\n`)
}

export async function rulesSchema(): Promise<string> {
  const thresholds = RULE_IDS.map((rule) => [
    rule,
    {
      type: 'object',
      additionalProperties: false,
      description: RULES[rule].title,
      properties: Object.fromEntries(
        Object.entries(RULES[rule].thresholds).map(([name, { value, unit }]) => [
          name,
          unit.startsWith('probability')
            ? { type: 'number', exclusiveMinimum: 0, exclusiveMaximum: 1, default: value, description: unit }
            : { type: 'number', minimum: 0, default: value, description: unit },
        ]),
      ),
    },
  ])
  const address = {
    type: 'string',
    description: 'an IP address or a network, such as 10.0.0.0/8 or fd00::/8',
  }
  const schema = {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $id: 'nta.rules/1',
    title: 'Rule settings',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      thresholds: {
        type: 'object',
        additionalProperties: false,
        description: 'Thresholds by rule; what is left out keeps its default.',
        properties: Object.fromEntries(thresholds),
      },
      allow: {
        type: 'array',
        description: 'What is known and agreed to: such findings are shown as authorised and flag nobody.',
        items: {
          type: 'object',
          additionalProperties: false,
          anyOf: ['source', 'target', 'port', 'rule'].map((name) => ({ required: [name] })),
          properties: {
            source: address,
            target: address,
            port: { type: 'integer', minimum: 0, maximum: 65_535 },
            rule: { enum: RULE_IDS },
            note: { type: 'string' },
          },
        },
      },
    },
  }
  return formatted('docs/rules.schema.json', JSON.stringify(schema))
}

async function formatted(filepath: string, text: string): Promise<string> {
  return format(text, { ...(await resolveConfig(filepath)), filepath })
}
