/** Conversations we name otherwise than tshark, looked at one by one: the bytes say what we say. */

export interface ReviewedConfusion {
  readonly ours: string
  readonly theirs: string
  /** Captures it was seen in. */
  readonly files: RegExp
  readonly reason: string
}

export const reviewedConfusions: readonly ReviewedConfusion[] = [
  {
    ours: 'smb',
    theirs: 'nbss',
    files: /week1_baseline|week5_shadow_device_arp_spoof/,
    reason:
      'The session message is cut behind its SMB signature; tshark waits for the rest, which never comes.',
  },
  {
    ours: 'mongo',
    theirs: 'tls',
    files: /mongo/,
    reason: 'Port 27017 is in tshark’s list of TLS ports; the messages are MongoDB’s in clear.',
  },
  {
    ours: 'ssdp',
    theirs: 'tftp',
    files: /nmap_udp/,
    reason: 'A scanner sends every probe from one port; tshark follows a TFTP request of that port.',
  },
  {
    ours: 'snmp',
    theirs: 'tftp',
    files: /nmap_udp/,
    reason: 'A scanner sends every probe from one port; tshark follows a TFTP request of that port.',
  },
  {
    ours: 'http',
    theirs: 'ssh',
    files: /get-to-ssh-server|http-single-conn-22|ssh/,
    reason: 'A client sends GET to port 22; tshark goes by the port, or by the SSH server that answers.',
  },
  {
    ours: 'ssh',
    theirs: 'smtp',
    files: /nmap_connect/,
    reason: 'An SSH server on port 25 says so in its banner.',
  },
  { ours: 'ssh', theirs: 'tls', files: /sslh/, reason: 'sslh: SSH on port 443, as its banner says.' },
  { ours: 'mysql', theirs: 'pgsql', files: /mysql-on-port-5432/, reason: 'As the capture is called.' },
  { ours: 'http2', theirs: 'tls', files: /http2/, reason: 'The preface of HTTP/2 in clear on port 443.' },
  { ours: 'http', theirs: 'socks', files: /1080/, reason: 'HTTP whose client happens to use port 1080.' },
  {
    ours: 'http',
    theirs: 'telnet',
    files: /week5_shadow_device_arp_spoof/,
    reason: 'HTTP/1.1 200 OK on port 23.',
  },
  {
    ours: 'nfs',
    theirs: 'tls',
    files: /nfs-write-verf-cookie/,
    reason: 'A call of program 100003 from port 993, which tshark takes for TLS.',
  },
  {
    ours: 'nfs',
    theirs: 'rpc',
    files: /nfs/,
    reason: 'A call of program 100003; tshark stops at RPC where the procedure is malformed or unanswered.',
  },
  {
    ours: 'mount',
    theirs: 'rpc',
    files: /nfs|mount/,
    reason: 'A call of program 100005; tshark stops at RPC for the null procedure.',
  },
  {
    ours: 'portmap',
    theirs: 'rpc',
    files: /portmap/,
    reason: 'A call of program 100000; tshark stops at RPC for the null procedure.',
  },
]
