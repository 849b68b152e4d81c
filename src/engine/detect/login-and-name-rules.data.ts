/** The rules of logins, of addresses and names that are claimed or asked for, with their thresholds. */

import { threshold, type RuleDefinition } from './rule-definition.ts'

export const LOGIN_AND_NAME_RULES = {
  'brute-force': {
    version: 1,
    title: 'Repeated logins',
    sees: 'One source opens one login service again and again, each time briefly with the same little traffic, or the service says again and again that the login failed.',
    fooledBy:
      'A script that logs in often and rightly looks alike where the answers are encrypted. Spread over many sources or slower than the window it goes unseen.',
    attack: ['T1110'],
    isScan: false,
    thresholds: {
      attempts: threshold(
        30,
        'connections',
        'misses patient guessing',
        'takes scripts for guessing',
        'Zeek SSH password_guesses_limit: 30',
      ),
      windowSeconds: threshold(
        1800,
        's',
        'finds slower guessing',
        'lets slower guessing pass',
        'Zeek SSH guessing_timeout: 30 min',
      ),
      similarity: threshold(
        0.5,
        'share of connections within a factor of two of the median size',
        'misses mixed traffic',
        'takes real sessions for guesses',
        'failed logins resemble each other',
      ),
      failures: threshold(
        20,
        'logins the service refused',
        'misses short guessing',
        'takes a forgotten password for guessing',
        'Zeek FTP bruteforce_threshold: 20 in 15 min',
      ),
    },
  },
  'arp-spoofing': {
    version: 1,
    title: 'One address claimed by two machines',
    sees: 'Two hardware addresses claim one IP address in turns, or one machine claims addresses that others hold.',
    fooledBy:
      'Redundant routers (VRRP, HSRP, CARP) with virtual hardware addresses are left out; a failover without them looks like one change and stays low.',
    attack: ['T1557.002'],
    isScan: false,
    thresholds: {
      claims: threshold(
        3,
        'claims by the second machine',
        'misses single forged replies',
        'takes a replaced network card for an attack',
        'arpspoof repeats every second or two',
      ),
    },
  },
  'rogue-dhcp': {
    version: 1,
    title: 'Second DHCP server',
    sees: 'More than one server offers addresses.',
    fooledBy: 'Pairs of servers that share the work are meant to be two; relays speak for theirs.',
    attack: ['T1557.003'],
    isScan: false,
    thresholds: {
      servers: threshold(
        2,
        'servers',
        'misses the usual case of one rogue',
        'cannot be lower',
        'one segment, one server; Slips and ntopng alike',
      ),
    },
  },
  'name-poisoning': {
    version: 1,
    title: 'One host answers for many names',
    sees: 'A host answers LLMNR or NBNS questions about many different names: a machine answers for its own alone.',
    fooledBy: 'WINS servers answer for many names over NBNS, asked directly.',
    attack: ['T1557.001'],
    isScan: false,
    thresholds: {
      names: threshold(
        3,
        'names answered',
        'misses short attacks',
        'takes hosts with aliases for attackers',
        'a host has one name, at times an alias; Responder answers all',
      ),
    },
  },
  'dns-tunnel': {
    version: 1,
    title: 'Data in DNS names',
    sees: 'One client asks for many different long names under one domain, most of them once.',
    fooledBy:
      'Reputation services and content networks encode data in names too; their count and length stay lower. Short names asked slowly stay below.',
    attack: ['T1071.004', 'T1572', 'T1048.003'],
    isScan: false,
    thresholds: {
      names: threshold(
        50,
        'distinct names under one domain',
        'misses short tunnels',
        'takes content networks for tunnels',
        'flowscope: 50 distinct names; RITA grades 100 to 1,000',
      ),
      meanLength: threshold(
        50,
        'bytes a name, on average',
        'misses tunnels with short names',
        'takes content networks for tunnels',
        'flowscope: names of 50 bytes',
      ),
    },
  },
  'dga-failures': {
    version: 1,
    title: 'Many names that do not exist',
    sees: 'One client asks for many different domains that do not exist, as malware does that computes its meeting points.',
    fooledBy:
      'Browsers probe three random names at start; a wrong search suffix makes many failures under one domain, which count once.',
    attack: ['T1568.002'],
    isScan: false,
    thresholds: {
      names: threshold(
        10,
        'distinct domains that do not exist',
        'misses short lists',
        'takes typing errors for malware',
        'Slips: ten NXDOMAIN',
      ),
      failedShare: threshold(
        0.5,
        'share of its questions',
        'misses infected hosts that also work',
        'takes mail servers for malware',
        'random walk: more failures than successes',
      ),
    },
  },
  'reverse-dns-sweep': {
    version: 1,
    title: 'Names asked for of a whole block of addresses',
    sees: 'One client asks the DNS for the names of nearly all addresses of a block (Nmap -sL, dnsrecon): a look for hosts that sends them no packet.',
    fooledBy:
      'Whoever resolves what it logs asks for scattered addresses. An inventory of one’s own network looks alike. Blocks smaller than the threshold, and reverse zones of IPv6, go unseen.',
    attack: ['T1590.002', 'T1018'],
    isScan: false,
    thresholds: {
      addresses: threshold(
        100,
        'addresses in a row, nine of ten asked for',
        'misses small blocks',
        'takes programs that resolve their own network for sweeps',
        'as unusedHosts of horizontal-scan: Elastic and Bro 1.x count 100 hosts where nothing tells whether they answer',
      ),
    },
  },
  'ftp-bounce': {
    version: 1,
    title: 'FTP server used to reach other hosts',
    sees: 'A client names, for its data, ports below 1024 of other hosts than itself: the server tries them in its place (Nmap -b).',
    fooledBy:
      'Clients behind address translation name their inner address, but never a port below 1024. Bounces to higher ports, and over encrypted control connections, go unseen; what the server then sends is judged as the server’s.',
    attack: ['T1046', 'T1090'],
    isScan: false,
    thresholds: {
      ports: threshold(
        3,
        'ports below 1024',
        'misses the first probes',
        'one odd client raises an alarm',
        'RFC 2577 section 3 asks servers to refuse every one of them; three rule out a mistake',
      ),
    },
  },
} as const satisfies Record<string, RuleDefinition>
