/** The rules of floods and of their echoes, with their thresholds. */

import { threshold, type RuleDefinition } from './rule-definition.ts'

export const FLOOD_RULES = {
  'syn-flood': {
    version: 2,
    title: 'SYN flood',
    sees: 'Far more handshakes are begun with one port of one host than are completed, or with many of its ports by sources that hardly come twice.',
    fooledBy: 'A service that dies under honest load looks alike: its clients’ SYNs stay unanswered too.',
    attack: ['T1499.001', 'T1498.001'],
    isScan: false,
    thresholds: {
      halfOpen: threshold(
        256,
        'half-open connections or unanswered SYNs',
        'misses short floods',
        'takes a dead service for a victim',
        'ntopng SYN flood: more than 256',
      ),
      perSecond: threshold(
        40,
        '1/s, over the flood',
        'misses slow floods',
        'takes retries for floods',
        'net_exploit_detector: 40 half-open a second',
      ),
      completedShareMax: threshold(
        0.2,
        'share completed',
        'takes busy servers for victims',
        'misses floods hidden in use',
        'rwscan FLOOD class: hardly any completes',
      ),
      spoofedSources: threshold(
        100,
        'sources with at most two SYNs each',
        'calls forged sources real',
        'calls real sources forged',
        'one source in a hundred SYNs is real use',
      ),
    },
  },
  'udp-flood': {
    version: 1,
    title: 'UDP flood',
    sees: 'One host receives a mass of UDP from many sources or ports that it never answers.',
    fooledBy:
      'One-way streams on one flow are left out, and with them a flood on one flow that draws no ICMP error.',
    attack: ['T1498.001'],
    isScan: false,
    thresholds: {
      packets: threshold(
        2000,
        'unanswered packets',
        'misses short floods',
        'takes bursts for floods',
        'ntopng: 256 flows a second for some seconds',
      ),
      perSecond: threshold(
        256,
        '1/s',
        'misses slow floods',
        'takes chatter for floods',
        'ntopng flow flood: more than 256/s',
      ),
      flows: threshold(
        100,
        'flows',
        'misses floods with few ports',
        'takes streams for floods',
        'streams have one flow each',
      ),
    },
  },
  'tcp-flood': {
    version: 1,
    title: 'TCP flood without handshakes',
    sees: 'One port of one host, or many of its ports from sources that hardly come twice, receives a mass of segments that begin no connection and belong to none: bare ACKs, resets, FINs, or no flag at all.',
    fooledBy:
      'A flood on one flow that is not reset looks like one direction of a connection under way. Connections that a restarted server has forgotten draw resets too, though seldom so many.',
    attack: ['T1499.001', 'T1498.001'],
    isScan: false,
    thresholds: {
      packets: threshold(
        2000,
        'segments outside any connection',
        'misses short floods',
        'takes the end of many connections for a flood',
        'as udp-flood',
      ),
      perSecond: threshold(
        256,
        '1/s',
        'misses slow floods',
        'takes a restarted server’s clients for a flood',
        'ntopng flow flood: more than 256/s',
      ),
      flows: threshold(
        100,
        'flows',
        'misses floods from few ports',
        'takes connections under way for floods',
        'as udp-flood',
      ),
    },
  },
  'icmp-flood': {
    version: 1,
    title: 'ICMP flood',
    sees: 'One host receives echo requests faster than any tool for people sends them.',
    fooledBy: 'Performance tests that ping as fast as they can look alike.',
    attack: ['T1498.001'],
    isScan: false,
    thresholds: {
      packets: threshold(
        1000,
        'echo requests',
        'misses short floods',
        'takes fast pings for floods',
        'four seconds at ntopng’s rate',
      ),
      perSecond: threshold(
        250,
        '1/s',
        'misses slow floods',
        'takes fast pings for floods',
        'ntopng ICMP flood: more than 250/s',
      ),
    },
  },
  'reflection-amplification': {
    version: 2,
    title: 'Reflected and amplified traffic',
    sees: 'Answers of services known for large replies (DNS, NTP, SSDP, CLDAP, memcached, CharGen, SNMP …) reach a host that never asked, or far outweigh forged questions. Or SYN+ACKs of many servers reach one that resets them or lets them be repeated: it never sent the SYNs.',
    fooledBy:
      'A capture that shows only one direction makes ordinary answers look unasked; the rule then asks for many reflectors. SYN+ACKs to ports below 512 that nobody resets are not counted, and decoys of a fast scan draw the same as a reflection.',
    attack: ['T1498.002'],
    isScan: false,
    thresholds: {
      reflectors: threshold(
        10,
        'services that answer unasked',
        'misses small attacks',
        'takes one-way captures for attacks',
        'scan-NG: ten peers for backscatter',
      ),
      bytes: threshold(
        100000,
        'bytes',
        'misses short attacks',
        'takes late answers for attacks',
        'some 100 replies of 1,000 bytes',
      ),
      ratio: threshold(
        10,
        'answer bytes for one asked',
        'misses weak amplifiers',
        'takes ordinary downloads for attacks',
        'US-CERT TA14-017A: amplification factors begin near ten',
      ),
      handshakes: threshold(
        256,
        'SYN+ACKs that were not asked for',
        'misses short attacks',
        'takes a forged scan’s answers for an attack',
        'as halfOpen of syn-flood: ntopng counts more than 256',
      ),
      handshakesPerSecond: threshold(
        40,
        '1/s, over the attack',
        'misses slow attacks',
        'takes what forged scans draw over hours for an attack',
        'as perSecond of syn-flood',
      ),
    },
  },
  backscatter: {
    version: 2,
    title: 'Backscatter of a flood with forged sources',
    sees: 'A host answers (SYN+ACK, RST, ICMP errors) from one or two ports, late resets of other conversations aside, to many hosts that never asked: it is the victim of a flood elsewhere.',
    fooledBy: 'One-way captures of a busy server: there the other direction’s acknowledgments show.',
    attack: ['T1498.001'],
    isScan: false,
    thresholds: {
      peers: threshold(
        10,
        'hosts answered unasked',
        'misses small floods',
        'takes captures begun mid-stream for floods',
        'scan-NG: at least ten peers',
      ),
      portsMax: threshold(
        2,
        'source ports',
        'takes answers to scans for backscatter',
        'misses floods at several ports',
        'scan-NG: at most two source ports',
      ),
    },
  },
} as const satisfies Record<string, RuleDefinition>
