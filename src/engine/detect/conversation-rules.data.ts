/** The rules of single conversations, and of one service’s over time, with their thresholds. */

import { threshold, type RuleDefinition } from './rule-definition.ts'

export const CONVERSATION_RULES = {
  beacon: {
    version: 2,
    title: 'Regular calls home',
    sees: 'One host contacts one service at regular intervals with regular sizes: RITA’s score, with its histogram and spans scaled to the capture, and intervals more even than random contacts would have. Connections begun within a second are one contact. Where a capture is too short for the contacts the rule asks for, what looks even so far stands in the list of the dismissed as too short to judge. A source or a service with many beacons is one finding of all.',
    fooledBy:
      'Every poller and keep-alive is regular: the score says how regular, not why. Long random pauses hide a beacon, and so does one UDP conversation that never changes its ports: only conversations are timed.',
    attack: ['T1071.001', 'T1573'],
    isScan: false,
    thresholds: {
      connections: threshold(
        10,
        'contacts',
        'calls more captures too short',
        'judges by few intervals',
        'RITA needs 4 times; ten intervals make quartiles mean something',
      ),
      score: threshold(
        0.8,
        '0 to 1',
        'misses beacons with jitter',
        'takes pollers for beacons',
        'RITA: medium from 0.9, low from 0.7',
      ),
      falseAlarm: threshold(
        0.01,
        'probability a capture',
        'takes busy services of short captures for beacons',
        'misses beacons with much jitter and few contacts',
        'Jung et al. 2004, alpha, against contacts at random times (a Poisson process); divided by the number of services tested (Bonferroni)',
      ),
      periodSecondsMin: threshold(
        5,
        's',
        'misses fast beacons',
        'takes page loads and pollers for beacons',
        'default sleeps of known implants begin at five seconds',
      ),
      foldedServices: threshold(
        10,
        'beacons of one source, or to one service',
        'shows more findings',
        'folds what an analyst would want apart',
        'Slips: repeated evidence escalates at 10, 100, 1000',
      ),
    },
  },
  exfiltration: {
    version: 1,
    title: 'Large upload',
    sees: 'One host sends far more to another than it gets back, in large amounts.',
    fooledBy: 'Backups and uploads of videos look alike; small amounts over long times stay below.',
    attack: ['T1048', 'T1041'],
    isScan: false,
    thresholds: {
      bytes: threshold(
        100000000,
        'bytes sent',
        'misses smaller thefts',
        'takes photo uploads for theft',
        'Slips: 100 MB in an hour; TracePcap calls 100 MB high',
      ),
      ratio: threshold(
        10,
        'bytes sent for one received',
        'misses chatty protocols',
        'takes ordinary uploads for theft',
        'TracePcap: 10 to 1',
      ),
    },
  },
  'icmp-tunnel': {
    version: 1,
    title: 'Data in pings',
    sees: 'Echo requests and replies carry much more than pings do, or are as many and as large as a conversation.',
    fooledBy:
      'Path MTU tests send large pings, though few. A tunnel with small payloads at ping’s pace stays below.',
    attack: ['T1095', 'T1572'],
    isScan: false,
    thresholds: {
      packets: threshold(
        50,
        'echo packets',
        'misses short tunnels',
        'takes MTU tests for tunnels',
        'a person’s ping sends a handful',
      ),
      meanBytes: threshold(
        256,
        'bytes a packet, on average',
        'misses tunnels with small packets',
        'takes large pings for tunnels',
        'nDPI: payload above 256 bytes',
      ),
      repliesPerRequest: threshold(
        1.2,
        'replies for one request',
        'misses tunnels that answer once',
        'takes repeated replies for tunnels',
        'RFC 792: one reply a request',
      ),
    },
  },
  'cleartext-credentials': {
    version: 1,
    title: 'Login in clear text',
    sees: 'A name and password crossed the network unencrypted (FTP, Telnet, HTTP Basic, POP, IMAP, SMTP …). The secret is never kept.',
    fooledBy: 'Logins inside protocols that are not read.',
    attack: ['T1040', 'T1552'],
    isScan: false,
    thresholds: {
      logins: threshold(
        1,
        'logins',
        'misses single ones',
        'cannot be lower',
        'nDPI risk 36: one is enough to read it',
      ),
    },
  },
  'long-connection': {
    version: 1,
    title: 'Long connection',
    sees: 'A connection stays open for hours with data both ways.',
    fooledBy: 'Remote desktops, VPNs and chat do the same on purpose.',
    attack: ['T1071'],
    isScan: false,
    thresholds: {
      seconds: threshold(
        3600,
        's',
        'shows fewer',
        'shows every page left open',
        'RITA: from 1 h; Zeek long-connections',
      ),
    },
  },
  'odd-port': {
    version: 1,
    title: 'Known protocol on an unusual port',
    sees: 'What the bytes say and what the port says disagree: SSH on 443, HTTP on 53.',
    fooledBy: 'Services moved on purpose look alike.',
    attack: ['T1571'],
    isScan: false,
    thresholds: {
      connections: threshold(1, 'connections', 'shows fewer', 'cannot be lower', 'nDPI risk 5'),
    },
  },
} as const satisfies Record<string, RuleDefinition>
