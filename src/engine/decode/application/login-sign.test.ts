import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROTOCOL_NAMES, Protocol, type ProtocolName } from '../protocol-table.ts'
import { HttpHead, readHttpHead } from './http-message.ts'
import { readHttpLogin } from './http-login.ts'
import { LoginKind, LoginSign } from './login-sign.ts'
import { readBinaryLogin } from './login-of-binary.ts'
import { readLineLogin } from './login-of-line.ts'

const text = (line: string) => Buffer.from(line, 'latin1')
const hex = (...parts: string[]) => Buffer.from(parts.join('').replaceAll(' ', ''), 'hex')
const sign = new LoginSign()
const kinds = Object.entries(LoginKind)

/** Kind and user, as in `secret alice`. */
function read(protocol: ProtocolName, bytes: Uint8Array, isOverTcp = true): string {
  sign.reset()
  const application = Protocol[protocol]
  const isSign =
    readLineLogin(application, bytes, 0, bytes.length, sign) ||
    readBinaryLogin(application, bytes, 0, bytes.length, isOverTcp, sign)
  if (!isSign) return 'none'
  const user = Buffer.from(sign.user.subarray(0, sign.userLength)).toString('latin1')
  return `${kinds.find(([, kind]) => kind === sign.kind)![0]}${user === '' ? '' : ` ${user}`}`
}

function readHttp(message: string): string {
  const bytes = text(message)
  const head = new HttpHead()
  readHttpHead(bytes, 0, bytes.length, head)
  sign.reset()
  if (!readHttpLogin(bytes, head, sign)) return 'none'
  const user = Buffer.from(sign.user.subarray(0, sign.userLength)).toString('latin1')
  return `${kinds.find(([, kind]) => kind === sign.kind)![0]}${user === '' ? '' : ` ${user}`}`
}

const plain = (user: string) => text(`\0${user}\0hunter2`).toString('base64')

describe('logins of line protocols', () => {
  it.each<[ProtocolName, string, string]>([
    ['ftp', 'USER alice\r\n', 'user alice'],
    ['ftp', 'pass hunter2\r\n', 'secret'],
    ['ftp', '230 Login successful.\r\n', 'success'],
    ['ftp', '530 Login incorrect.\r\n', 'failure'],
    ['ftp', '331 Please specify the password.\r\n', 'none'],
    ['ftp', 'RETR user\r\n', 'none'],
    ['pop', 'USER alice\r\n', 'user alice'],
    ['pop', 'PASS hunter2\r\n', 'secret'],
    ['pop', 'APOP alice c4c9334bac560ecc979e58001b3e22fb\r\n', 'attempt'],
    ['pop', '+OK Logged in.\r\n', 'success'],
    ['pop', "+OK alice's maildrop has 2 messages\r\n", 'success'],
    ['pop', '+OK 2 320\r\n', 'none'],
    ['pop', '-ERR [AUTH] Authentication failed.\r\n', 'failure'],
    ['pop', '-ERR no such message\r\n', 'none'],
    ['imap', 'a1 LOGIN alice hunter2\r\n', 'secret alice'],
    ['imap', 'a1 login "al ice" "hunter2"\r\n', 'secret al ice'],
    ['imap', `a1 AUTHENTICATE PLAIN ${plain('alice')}\r\n`, 'secret alice'],
    ['imap', 'a1 AUTHENTICATE CRAM-MD5\r\n', 'attempt'],
    ['imap', 'a1 OK [CAPABILITY IMAP4rev1] Logged in\r\n', 'success'],
    ['imap', 'a1 OK Pre-login capabilities listed, post-login capabilities have more.\r\n', 'none'],
    ['imap', 'a1 NO [AUTHENTICATIONFAILED] Authentication failed.\r\n', 'failure'],
    ['imap', 'a1 NO mailbox does not exist\r\n', 'none'],
    ['imap', '* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] Dovecot ready.\r\n', 'none'],
    ['smtp', `AUTH PLAIN ${plain('alice')}\r\n`, 'secret alice'],
    ['smtp', `AUTH LOGIN ${text('alice').toString('base64')}\r\n`, 'user alice'],
    ['smtp', 'AUTH CRAM-MD5\r\n', 'attempt'],
    ['smtp', '235 2.7.0 Authentication successful\r\n', 'success'],
    ['smtp', '535 5.7.8 Error: authentication failed\r\n', 'failure'],
    ['smtp', '250 OK\r\n', 'none'],
    ['irc', 'PASS hunter2\r\n', 'secret'],
    ['irc', 'OPER alice hunter2\r\n', 'secret alice'],
    ['telnet', '\r\nLogin incorrect\r\nlogin: ', 'failure'],
    ['telnet', 'Last login: Mon Jan  1 00:00:00 on tty1\r\n', 'success'],
    ['telnet', 'Password: ', 'none'],
    ['ssh', 'SSH-2.0-x\r\n', 'none'],
  ])('%s %j says %s', (protocol, line, said) => {
    expect(read(protocol, text(line))).toBe(said)
  })

  it('cuts a long user name', () => {
    expect(read('ftp', text(`USER ${'a'.repeat(600)}\r\n`))).toBe(`user ${'a'.repeat(128)}`)
  })
})

describe('logins of binary protocols', () => {
  const smb2 = (command: string, flags: string, status: string) =>
    hex('00000040 fe534d42 4000 0000', status, command, '0100', flags, '00'.repeat(44))

  it.each<[string, ProtocolName, Uint8Array, string]>([
    ['a session set up', 'smb2', smb2('0100', '01000000', '00000000'), 'success'],
    ['a wrong password', 'smb2', smb2('0100', '01000000', '6d0000c0'), 'failure'],
    ['a second step asked for', 'smb2', smb2('0100', '01000000', '160000c0'), 'none'],
    ['a request', 'smb2', smb2('0100', '00000000', '00000000'), 'none'],
    ['another command', 'smb2', smb2('0500', '01000000', '6d0000c0'), 'none'],
    ['a wrong password', 'smb', hex('00000020 ff534d42 73 6d0000c0 88', '00'.repeat(22)), 'failure'],
    [
      'a simple bind',
      'ldap',
      hex('3017 020101 6012 020103 0405 636e3d61 62 8006 73656372 6574'),
      'secret cn=ab',
    ],
    ['an anonymous bind', 'ldap', hex('300c 020101 6007 020103 0400 8000'), 'none'],
    ['a SASL bind', 'ldap', hex('3013 020101 600e 020103 0400 a307 0405 4e544c4d53'), 'attempt'],
    ['a bind accepted', 'ldap', hex('300c 020101 6107 0a0100 0400 0400'), 'success'],
    ['invalid credentials', 'ldap', hex('300c 020101 6107 0a0131 0400 0400'), 'failure'],
    ['access denied', 'mysql', hex('17000002 ff 1504 23 3238303030', '41'.repeat(14)), 'failure'],
    ['another error', 'mysql', hex('17000002 ff 1604 23 3238303030', '41'.repeat(14)), 'none'],
    ['an OK that ends the connection phase', 'mysql', hex('07000002 00 0000 0200 0000'), 'success'],
    ['an OK to a query', 'mysql', hex('07000001 00 0000 0200 0000'), 'none'],
    [
      'a wrong password',
      'pgsql',
      Buffer.concat([hex('45 0000001f'), text('SFATAL\0C28P01\0Mno\0\0')]),
      'failure',
    ],
    ['authentication over', 'pgsql', hex('52 00000008 00000000'), 'success'],
    ['a password asked for', 'pgsql', hex('52 00000008 00000003'), 'none'],
    ['a password', 'pgsql', Buffer.concat([hex('70 0000000c'), text('hunter2\0')]), 'secret'],
    [
      'a hashed password',
      'pgsql',
      Buffer.concat([hex('70 00000028'), text(`md5${'0'.repeat(32)}\0`)]),
      'attempt',
    ],
    ['a login', 'tds', hex('10 01 0010 0000 01 00', '00'.repeat(8)), 'attempt'],
    ['a refusal', 'tds', hex('04 01 0020 0000 01 00 aa 1000 18480000 01 0e', '00'.repeat(8)), 'failure'],
    [
      'a name and a password',
      'mqtt',
      hex('10 1c 0004 4d515454 04 c2 003c 0001 63 0005 616c696365 0007 68756e74657232'),
      'secret alice',
    ],
    [
      'a name behind a will',
      'mqtt',
      hex('10 1a 0004 4d515454 04 c6 003c 0001 63 0001 74 0001 6d 0002 616c 0001 70'),
      'secret al',
    ],
    ['no name', 'mqtt', hex('10 0c 0004 4d515454 04 02 003c 0000'), 'none'],
    ['a refusal', 'mqtt', hex('20 02 00 05'), 'failure'],
    ['a welcome', 'mqtt', hex('20 02 00 00'), 'success'],
    ['a password', 'resp', text('*2\r\n$4\r\nAUTH\r\n$7\r\nhunter2\r\n'), 'secret'],
    [
      'a name and a password',
      'resp',
      text('*3\r\n$4\r\nAUTH\r\n$5\r\nalice\r\n$7\r\nhunter2\r\n'),
      'secret alice',
    ],
    ['a refusal', 'resp', text('-WRONGPASS invalid username-password pair\r\n'), 'failure'],
    ['another command', 'resp', text('*2\r\n$3\r\nGET\r\n$4\r\nauth\r\n'), 'none'],
    [
      'a cookie',
      'rdp',
      Buffer.concat([
        hex('0300002c 27 e0 0000 0000 00'),
        text('Cookie: mstshash=alice\r\n'),
        hex('01 00 0800 00000000'),
      ]),
      'user alice',
    ],
  ])('%s of %s', (_what, protocol, bytes, said) => {
    expect(read(protocol, bytes)).toBe(said)
  })

  it('tells a refused Kerberos client from one that is asked for its proof', () => {
    const error = (code: string) =>
      hex(
        '7e 2d 30 2b a0 03 020105 a1 03 02011e a4 11 18 0f 32303236303130313030303030305a a5 05 020300ffff a6 03 0201',
        code,
        'a9 02 1b00',
      )
    expect(read('kerberos', error('18'), false)).toBe('failure')
    expect(read('kerberos', error('19'), false)).toBe('none')
    expect(read('kerberos', Buffer.concat([hex('0000002f'), error('18')]))).toBe('failure')
  })
})

describe('logins over HTTP', () => {
  it('reads the user name of Basic, and of it alone', () => {
    const basic = text('alice:hunter2').toString('base64')
    expect(readHttp(`GET / HTTP/1.1\r\nAuthorization: Basic ${basic}\r\n\r\n`)).toBe('secret alice')
    expect(readHttp('GET / HTTP/1.1\r\nAuthorization: Bearer abc.def\r\n\r\n')).toBe('attempt')
    expect(readHttp('GET / HTTP/1.1\r\nAuthorization: Basic ???\r\n\r\n')).toBe('secret')
    expect(readHttp('GET / HTTP/1.1\r\n\r\n')).toBe('none')
    expect(readHttp('HTTP/1.1 401 Unauthorized\r\n\r\n')).toBe('failure')
    expect(readHttp('HTTP/1.1 200 OK\r\n\r\n')).toBe('none')
  })
})

describe('every reader of logins', () => {
  const protocols = PROTOCOL_NAMES.filter((name) => name !== 'none')

  it('never keeps a password', () => {
    const secret = 'hunter2'
    for (const message of [
      text(`PASS ${secret}\r\n`),
      text(`a1 LOGIN alice ${secret}\r\n`),
      text(`AUTH PLAIN ${plain('alice')}\r\n`),
      text(`OPER alice ${secret}\r\n`),
      text(`*3\r\n$4\r\nAUTH\r\n$5\r\nalice\r\n$7\r\n${secret}\r\n`),
      hex('10 1c 0004 4d515454 04 c2 003c 0001 63 0005 616c696365 0007 68756e74657232'),
      hex('3017 020101 6012 020103 0405 636e3d61 62 8006', text('hunter').toString('hex')),
    ]) {
      for (const protocol of protocols) {
        sign.user.fill(0)
        read(protocol, message)
        expect(Buffer.from(sign.user).toString('latin1')).not.toContain('hunter')
      }
    }
  })

  it('never throws, and reads nothing beyond the payload', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 80 }),
        fc.constantFrom(...protocols),
        fc.boolean(),
        (bytes, protocol, isOverTcp) => {
          const alone = read(protocol, bytes, isOverTcp)
          const application = Protocol[protocol]
          const around = new Uint8Array(bytes.length + 300).fill(0x31)
          around.set(bytes)
          const other = new LoginSign()
          const isSign =
            readLineLogin(application, around, 0, bytes.length, other) ||
            readBinaryLogin(application, around, 0, bytes.length, isOverTcp, other)
          expect(isSign).toBe(alone !== 'none')
          if (isSign) expect([other.kind, other.userLength]).toEqual([sign.kind, sign.userLength])
        },
      ),
      { numRuns: 5000 },
    )
  })
})
