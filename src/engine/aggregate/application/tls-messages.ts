/** From a payload of TLS or DTLS records to the tallies. */

import { readU16 } from '../../decode/bytes.ts'
import { JA4_LENGTH, writeJa4 } from '../../decode/application/ja4.ts'
import { HandshakeMessage } from '../../decode/application/handshake-message.ts'
import { TLS_RECORD_HEADER_LENGTH, TlsContent } from '../../decode/application/tls.ts'
import { HelloKind, TlsHello, readTlsHello } from '../../decode/application/tls-hello.ts'
import type { DecodeIssueCounts } from '../../decode/decode-issue.ts'
import { Protocol } from '../../decode/protocol-table.ts'
import type { ApplicationTally } from './application-tally.ts'
import { HELLO_LENGTH_MAX } from './hello-store.ts'
import type { MessageView } from './message-view.ts'
import { CodeTable, NameTableId } from './tally-table.ts'

const DTLS_RECORD_HEADER_LENGTH = 13
const TLS_HANDSHAKE_HEADER_LENGTH = 4
const DTLS_HANDSHAKE_HEADER_LENGTH = 12

export class TlsMessages {
  readonly #hello = new TlsHello()
  readonly #message = new HandshakeMessage(HELLO_LENGTH_MAX)
  readonly #fingerprint = new Uint8Array(JA4_LENGTH)

  /** Reads the first record, and further ones where a hello goes on in them: hellos and alerts in clear stand there. */
  observe(view: MessageView, tally: ApplicationTally, issues: DecodeIssueCounts): void {
    const { application, bytes, offset, length } = view
    const isDatagram = application === Protocol.dtls
    const header = isDatagram ? DTLS_RECORD_HEADER_LENGTH : TLS_RECORD_HEADER_LENGTH
    if (length < header + 2) return
    const recordLength = readU16(bytes, offset + header - 2)
    const bodyLength = Math.min(recordLength, length - header)
    const type = bytes[offset]!
    if (type === TlsContent.alert && recordLength === 2) {
      tally.addCode(application, CodeTable.alerts, bytes[offset + header + 1]!)
    }
    if (type !== TlsContent.handshake) return
    const hello = this.#hello
    const message = this.#message
    if (isDatagram) {
      if (!readTlsHello(bytes, offset + header, bodyLength, DTLS_HANDSHAKE_HEADER_LENGTH, hello)) return
    } else {
      message.take(bytes, offset, length)
      if (!readTlsHello(message.bytes, message.offset, message.length, TLS_HANDSHAKE_HEADER_LENGTH, hello))
        return
    }
    if (hello.issue !== 0 && !view.isCut) issues.add(hello.issue, view.frameNumber)
    if (hello.kind === HelloKind.client) {
      this.#observeClient(application, isDatagram ? bytes : message.bytes, tally)
    } else observeServer(view, hello, tally)
  }

  /** A hello that is not whole has no fingerprint: half a list would be a false one. */
  #observeClient(application: number, bytes: Uint8Array, tally: ApplicationTally): void {
    const hello = this.#hello
    tally.addCode(application, CodeTable.clientVersions, hello.version)
    if (hello.serverNameOffset !== -1) {
      tally.addName(
        application,
        NameTableId.serverNames,
        bytes,
        hello.serverNameOffset,
        hello.serverNameLength,
      )
    }
    if (hello.alpnOffset !== -1) {
      tally.addName(application, NameTableId.protocols, bytes, hello.alpnOffset, hello.alpnLength)
    }
    if (hello.isComplete) {
      writeJa4(hello, application === Protocol.dtls ? 'd' : 't', bytes, this.#fingerprint)
      tally.addName(application, NameTableId.clientFingerprints, this.#fingerprint, 0, JA4_LENGTH)
    }
  }
}

function observeServer(view: MessageView, hello: TlsHello, tally: ApplicationTally): void {
  tally.addCode(view.application, CodeTable.versions, hello.version)
  if (hello.cipherCount > 0) tally.addCode(view.application, CodeTable.cipherSuites, hello.ciphers[0]!)
}
