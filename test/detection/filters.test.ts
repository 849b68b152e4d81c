/** The filters of findings select exactly the frames of their evidence, as tshark and tcpdump see them. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { detectFile } from '../accuracy/analyze-file.ts'
import { capturesFolder } from '../accuracy/ground-truth.ts'

const isInstalled = (tool: string): boolean => spawnSync(tool, ['--version']).status === 0
const canCheck = existsSync(capturesFolder) && isInstalled('tshark') && isInstalled('tcpdump')

/** Probes by the ground truths' own counts of flags, requests and packets; variants hold their base's. */
const PROBES: readonly (readonly [string, string, number])[] = [
  ['self/pcap/nmap_syn_top1000.pcap', 'vertical-scan', 1000],
  ['self/pcap/nmap_connect_top1000.pcap', 'vertical-scan', 1000],
  ['self/pcap/nmap_ack_top300.pcap', 'vertical-scan', 300],
  ['self/pcap/nmap_fin_top300.pcap', 'vertical-scan', 308],
  ['self/pcap/nmap_xmas_top300.pcap', 'vertical-scan', 308],
  ['self/pcap/nmap_syn_slow_1s.pcap', 'vertical-scan', 80],
  ['self/pcap/nmap_ipv6_syn_top500.pcap', 'vertical-scan', 500],
  ['self/pcap/nmap_horizontal_22_24.pcap', 'horizontal-scan', 461],
  ['self/pcap/nmap_ping_sweep_icmp_24.pcap', 'host-sweep', 461],
  ['self/pcap/nmap_arp_sweep_24.pcap', 'host-sweep', 504],
  ['self/pcap/arp_spoof_gateway.pcap', 'arp-spoofing', 40],
  ['self/variants/e_vlan42.pcap', 'vertical-scan', 100],
  ['self/variants/e_qinq_88a8_100_42.pcap', 'vertical-scan', 100],
  ['self/variants/e_pppoe.pcap', 'vertical-scan', 100],
  ['self/variants/e_mpls_2labels.pcap', 'vertical-scan', 100],
  ['self/variants/e_vxlan.pcap', 'vertical-scan', 100],
  ['self/variants/e_6in4.pcap', 'vertical-scan', 500],
  ['self/variants/l_sll2_276.pcap', 'vertical-scan', 100],
  ['self/variants/l_radiotap_127.pcap', 'vertical-scan', 100],
]

function framesOf(path: string, filter: string): Set<number> {
  const run = spawnSync('tshark', ['-r', path, '-Y', filter, '-T', 'fields', '-e', 'frame.number'], {
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (run.status !== 0) throw new Error(run.stderr)
  return new Set(run.stdout.split('\n').filter(Boolean).map(Number))
}

function countBpf(path: string, filter: string): number {
  const run = spawnSync('tcpdump', ['-nr', path, filter], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (run.status !== 0) throw new Error(run.stderr)
  return run.stdout.split('\n').filter((line) => /^\d\d:/.test(line)).length
}

describe.skipIf(!canCheck)('the filters of a finding (needs the captures, tshark and tcpdump)', () => {
  it.each(PROBES)(
    'select all of %s %s: %d frames, and no other',
    { timeout: 60_000 },
    (file, rule, count) => {
      const path = `${capturesFolder}/files/${file}`
      const finding = detectFile(path).detection.findings.find((each) => each.rule === rule)!
      const frames = framesOf(path, finding.filters.wireshark)
      expect(frames.size).toBe(count)
      for (const [, , , , frame] of finding.evidence?.probes ?? []) expect(frames.has(frame)).toBe(true)
      expect(frames.has(finding.firstFrame!)).toBe(true)
      expect(frames.has(finding.firedFrame!)).toBe(true)
      // libpcap cannot look into tunnels, nor count labels.
      if (/e_(vxlan|6in4|mpls)/.test(file)) expect(finding.filters.bpf).toBeNull()
      else expect(countBpf(path, finding.filters.bpf!)).toBe(count)
    },
  )
})
