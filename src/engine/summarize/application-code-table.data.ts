/** Names of the codes that application messages carry: IANA registries and the protocols' own specifications. */

/** Rows of [code, name]. Codes without a row are shown as numbers. */
export type CodeNames = readonly (readonly [number, string])[]

/** IANA, Domain Name System (DNS) Parameters: resource record types. */
// prettier-ignore
export const DNS_TYPES: CodeNames = [
  [1, 'A'], [2, 'NS'], [5, 'CNAME'], [6, 'SOA'], [7, 'MB'], [8, 'MG'], [9, 'MR'], [10, 'NULL'], [11, 'WKS'], [12, 'PTR'],
  [13, 'HINFO'], [14, 'MINFO'], [15, 'MX'], [16, 'TXT'], [17, 'RP'], [18, 'AFSDB'], [24, 'SIG'], [25, 'KEY'],
  [28, 'AAAA'], [29, 'LOC'], [33, 'SRV'], [35, 'NAPTR'], [36, 'KX'], [37, 'CERT'], [39, 'DNAME'], [41, 'OPT'], [43, 'DS'],
  [44, 'SSHFP'], [45, 'IPSECKEY'], [46, 'RRSIG'], [47, 'NSEC'], [48, 'DNSKEY'], [49, 'DHCID'], [50, 'NSEC3'],
  [51, 'NSEC3PARAM'], [52, 'TLSA'], [53, 'SMIMEA'], [55, 'HIP'], [59, 'CDS'], [60, 'CDNSKEY'], [61, 'OPENPGPKEY'],
  [62, 'CSYNC'], [63, 'ZONEMD'], [64, 'SVCB'], [65, 'HTTPS'], [99, 'SPF'], [108, 'EUI48'], [109, 'EUI64'], [249, 'TKEY'],
  [250, 'TSIG'], [251, 'IXFR'], [252, 'AXFR'], [255, 'ANY'], [256, 'URI'], [257, 'CAA'],
]

/** RFC 1002 section 4.2: the two types of the NetBIOS name service. */
// prettier-ignore
export const NBNS_TYPES: CodeNames = [[32, 'NB'], [33, 'NBSTAT']]

/** IANA, DNS RCODEs. */
// prettier-ignore
export const DNS_RESPONSE_CODES: CodeNames = [
  [0, 'NOERROR'], [1, 'FORMERR'], [2, 'SERVFAIL'], [3, 'NXDOMAIN'], [4, 'NOTIMP'], [5, 'REFUSED'], [6, 'YXDOMAIN'],
  [7, 'YXRRSET'], [8, 'NXRRSET'], [9, 'NOTAUTH'], [10, 'NOTZONE'],
]

/** IANA, DNS OpCodes; 5 to 9 of NBNS by RFC 1002 section 4.2.1.1. */
// prettier-ignore
export const DNS_OPCODES: CodeNames = [
  [0, 'query'], [1, 'inverse query'], [2, 'status'], [4, 'notify'], [5, 'update'], [6, 'stateful operations'],
]
// prettier-ignore
export const NBNS_OPCODES: CodeNames = [
  [0, 'query'], [5, 'registration'], [6, 'release'], [7, 'wait'], [8, 'refresh'], [9, 'refresh'], [15, 'multi-homed registration'],
]

/** RFC 8446 section 4.1.2 and before; RFC 9147 for DTLS. */
// prettier-ignore
export const TLS_VERSIONS: CodeNames = [
  [0x0002, 'SSL 2.0'], [0x0300, 'SSL 3.0'], [0x0301, 'TLS 1.0'], [0x0302, 'TLS 1.1'], [0x0303, 'TLS 1.2'], [0x0304, 'TLS 1.3'],
  [0x0100, 'DTLS 1.0 (OpenSSL)'], [0xfeff, 'DTLS 1.0'], [0xfefd, 'DTLS 1.2'], [0xfefc, 'DTLS 1.3'],
]

/** IANA, TLS Alerts. */
// prettier-ignore
export const TLS_ALERTS: CodeNames = [
  [0, 'close_notify'], [10, 'unexpected_message'], [20, 'bad_record_mac'], [21, 'decryption_failed'], [22, 'record_overflow'],
  [30, 'decompression_failure'], [40, 'handshake_failure'], [41, 'no_certificate'], [42, 'bad_certificate'],
  [43, 'unsupported_certificate'], [44, 'certificate_revoked'], [45, 'certificate_expired'], [46, 'certificate_unknown'],
  [47, 'illegal_parameter'], [48, 'unknown_ca'], [49, 'access_denied'], [50, 'decode_error'], [51, 'decrypt_error'],
  [60, 'export_restriction'], [70, 'protocol_version'], [71, 'insufficient_security'], [80, 'internal_error'],
  [86, 'inappropriate_fallback'], [90, 'user_canceled'], [100, 'no_renegotiation'], [109, 'missing_extension'],
  [110, 'unsupported_extension'], [112, 'unrecognized_name'], [113, 'bad_certificate_status_response'],
  [115, 'unknown_psk_identity'], [116, 'certificate_required'], [120, 'no_application_protocol'],
]

/** IANA, TLS Cipher Suites: those that servers still choose or that are worth a warning. */
// prettier-ignore
export const TLS_CIPHER_SUITES: CodeNames = [
  [0x0000, 'TLS_NULL_WITH_NULL_NULL'], [0x0001, 'TLS_RSA_WITH_NULL_MD5'], [0x0002, 'TLS_RSA_WITH_NULL_SHA'],
  [0x0003, 'TLS_RSA_EXPORT_WITH_RC4_40_MD5'], [0x0004, 'TLS_RSA_WITH_RC4_128_MD5'], [0x0005, 'TLS_RSA_WITH_RC4_128_SHA'],
  [0x0009, 'TLS_RSA_WITH_DES_CBC_SHA'], [0x000a, 'TLS_RSA_WITH_3DES_EDE_CBC_SHA'],
  [0x0016, 'TLS_DHE_RSA_WITH_3DES_EDE_CBC_SHA'], [0x002f, 'TLS_RSA_WITH_AES_128_CBC_SHA'],
  [0x0033, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA'], [0x0034, 'TLS_DH_anon_WITH_AES_128_CBC_SHA'],
  [0x0035, 'TLS_RSA_WITH_AES_256_CBC_SHA'], [0x0039, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA'],
  [0x003a, 'TLS_DH_anon_WITH_AES_256_CBC_SHA'], [0x003b, 'TLS_RSA_WITH_NULL_SHA256'],
  [0x003c, 'TLS_RSA_WITH_AES_128_CBC_SHA256'], [0x003d, 'TLS_RSA_WITH_AES_256_CBC_SHA256'],
  [0x0041, 'TLS_RSA_WITH_CAMELLIA_128_CBC_SHA'], [0x0067, 'TLS_DHE_RSA_WITH_AES_128_CBC_SHA256'],
  [0x006b, 'TLS_DHE_RSA_WITH_AES_256_CBC_SHA256'], [0x0084, 'TLS_RSA_WITH_CAMELLIA_256_CBC_SHA'],
  [0x0088, 'TLS_DHE_RSA_WITH_CAMELLIA_256_CBC_SHA'], [0x009c, 'TLS_RSA_WITH_AES_128_GCM_SHA256'],
  [0x009d, 'TLS_RSA_WITH_AES_256_GCM_SHA384'], [0x009e, 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256'],
  [0x009f, 'TLS_DHE_RSA_WITH_AES_256_GCM_SHA384'], [0x1301, 'TLS_AES_128_GCM_SHA256'],
  [0x1302, 'TLS_AES_256_GCM_SHA384'], [0x1303, 'TLS_CHACHA20_POLY1305_SHA256'], [0x1304, 'TLS_AES_128_CCM_SHA256'],
  [0x1305, 'TLS_AES_128_CCM_8_SHA256'], [0xc007, 'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA'],
  [0xc009, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA'], [0xc00a, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA'],
  [0xc011, 'TLS_ECDHE_RSA_WITH_RC4_128_SHA'], [0xc012, 'TLS_ECDHE_RSA_WITH_3DES_EDE_CBC_SHA'],
  [0xc013, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA'], [0xc014, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA'],
  [0xc023, 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'], [0xc024, 'TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA384'],
  [0xc027, 'TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256'], [0xc028, 'TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384'],
  [0xc02b, 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'], [0xc02c, 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
  [0xc02f, 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'], [0xc030, 'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384'],
  [0xc0ac, 'TLS_ECDHE_ECDSA_WITH_AES_128_CCM'], [0xcca8, 'TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
  [0xcca9, 'TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256'], [0xccaa, 'TLS_DHE_RSA_WITH_CHACHA20_POLY1305_SHA256'],
]

/** RFC 9000, RFC 9369. */
// prettier-ignore
export const QUIC_VERSIONS: CodeNames = [[0, 'negotiation'], [1, 'QUIC 1'], [0x6b3343cf, 'QUIC 2'], [0x709a50c4, 'QUIC 2 (draft)']]

/** RFC 2132 section 9.6; RFC 8415 section 7.3 for DHCPv6. */
// prettier-ignore
export const DHCP_TYPES: CodeNames = [
  [0, 'BOOTP'], [1, 'DISCOVER'], [2, 'OFFER'], [3, 'REQUEST'], [4, 'DECLINE'], [5, 'ACK'], [6, 'NAK'], [7, 'RELEASE'], [8, 'INFORM'],
  [9, 'FORCERENEW'], [10, 'LEASEQUERY'], [11, 'LEASEUNASSIGNED'], [12, 'LEASEUNKNOWN'], [13, 'LEASEACTIVE'],
]
// prettier-ignore
export const DHCPV6_TYPES: CodeNames = [
  [1, 'SOLICIT'], [2, 'ADVERTISE'], [3, 'REQUEST'], [4, 'CONFIRM'], [5, 'RENEW'], [6, 'REBIND'], [7, 'REPLY'], [8, 'RELEASE'],
  [9, 'DECLINE'], [10, 'RECONFIGURE'], [11, 'INFORMATION-REQUEST'], [12, 'RELAY-FORW'], [13, 'RELAY-REPL'], [14, 'LEASEQUERY'],
  [15, 'LEASEQUERY-REPLY'],
]

/** RFC 5905 section 7.3. */
// prettier-ignore
export const NTP_MODES: CodeNames = [
  [1, 'symmetric active'], [2, 'symmetric passive'], [3, 'client'], [4, 'server'], [5, 'broadcast'], [6, 'control'], [7, 'private'],
]

/** RFC 1157, RFC 3411 section 4; RFC 3416 section 3 for the PDUs. */
// prettier-ignore
export const SNMP_VERSIONS: CodeNames = [[0, 'SNMPv1'], [1, 'SNMPv2c'], [3, 'SNMPv3']]
// prettier-ignore
export const SNMP_PDUS: CodeNames = [
  [0, 'get-request'], [1, 'get-next-request'], [2, 'get-response'], [3, 'set-request'], [4, 'trap'], [5, 'get-bulk-request'],
  [6, 'inform-request'], [7, 'snmpV2-trap'], [8, 'report'],
]

/** [MS-SMB2] 2.2.1 and 2.2.4; [MS-CIFS] 2.2.2.1. */
// prettier-ignore
export const SMB2_COMMANDS: CodeNames = [
  [0, 'NEGOTIATE'], [1, 'SESSION_SETUP'], [2, 'LOGOFF'], [3, 'TREE_CONNECT'], [4, 'TREE_DISCONNECT'], [5, 'CREATE'], [6, 'CLOSE'],
  [7, 'FLUSH'], [8, 'READ'], [9, 'WRITE'], [10, 'LOCK'], [11, 'IOCTL'], [12, 'CANCEL'], [13, 'ECHO'], [14, 'QUERY_DIRECTORY'],
  [15, 'CHANGE_NOTIFY'], [16, 'QUERY_INFO'], [17, 'SET_INFO'], [18, 'OPLOCK_BREAK'],
]
// prettier-ignore
export const SMB_COMMANDS: CodeNames = [
  [0x00, 'CREATE_DIRECTORY'], [0x01, 'DELETE_DIRECTORY'], [0x04, 'CLOSE'], [0x05, 'FLUSH'], [0x06, 'DELETE'], [0x07, 'RENAME'],
  [0x08, 'QUERY_INFORMATION'], [0x10, 'CHECK_DIRECTORY'], [0x24, 'LOCKING_ANDX'], [0x25, 'TRANSACTION'], [0x2b, 'ECHO'],
  [0x2d, 'OPEN_ANDX'], [0x2e, 'READ_ANDX'], [0x2f, 'WRITE_ANDX'], [0x32, 'TRANSACTION2'], [0x34, 'FIND_CLOSE2'],
  [0x71, 'TREE_DISCONNECT'], [0x72, 'NEGOTIATE'], [0x73, 'SESSION_SETUP_ANDX'], [0x74, 'LOGOFF_ANDX'], [0x75, 'TREE_CONNECT_ANDX'],
  [0xa0, 'NT_TRANSACT'], [0xa2, 'NT_CREATE_ANDX'], [0xa4, 'NT_CANCEL'],
]
// prettier-ignore
export const SMB2_DIALECTS: CodeNames = [
  [0x0202, 'SMB 2.0.2'], [0x0210, 'SMB 2.1'], [0x0300, 'SMB 3.0'], [0x0302, 'SMB 3.0.2'], [0x0311, 'SMB 3.1.1'], [0x02ff, 'SMB 2 wildcard'],
]

/** [MS-ERREF] 2.3.1, the commonest. Codes are signed 32-bit words here. */
// prettier-ignore
export const NT_STATUSES: CodeNames = [
  [0x00000103, 'STATUS_PENDING'], [0x80000005 | 0, 'STATUS_BUFFER_OVERFLOW'], [0x80000006 | 0, 'STATUS_NO_MORE_FILES'],
  [0xc0000016 | 0, 'STATUS_MORE_PROCESSING_REQUIRED'], [0xc0000022 | 0, 'STATUS_ACCESS_DENIED'],
  [0xc0000034 | 0, 'STATUS_OBJECT_NAME_NOT_FOUND'], [0xc000003a | 0, 'STATUS_OBJECT_PATH_NOT_FOUND'],
  [0xc0000064 | 0, 'STATUS_NO_SUCH_USER'], [0xc000006a | 0, 'STATUS_WRONG_PASSWORD'], [0xc000006d | 0, 'STATUS_LOGON_FAILURE'],
  [0xc0000071 | 0, 'STATUS_PASSWORD_EXPIRED'], [0xc0000072 | 0, 'STATUS_ACCOUNT_DISABLED'],
  [0xc00000ac | 0, 'STATUS_PIPE_NOT_AVAILABLE'], [0xc00000bb | 0, 'STATUS_NOT_SUPPORTED'],
  [0xc00000cc | 0, 'STATUS_BAD_NETWORK_NAME'], [0xc0000225 | 0, 'STATUS_NOT_FOUND'], [0xc0000234 | 0, 'STATUS_ACCOUNT_LOCKED_OUT'],
]

/** OASIS MQTT 5.0 section 2.1.2. */
// prettier-ignore
export const MQTT_TYPES: CodeNames = [
  [1, 'CONNECT'], [2, 'CONNACK'], [3, 'PUBLISH'], [4, 'PUBACK'], [5, 'PUBREC'], [6, 'PUBREL'], [7, 'PUBCOMP'], [8, 'SUBSCRIBE'],
  [9, 'SUBACK'], [10, 'UNSUBSCRIBE'], [11, 'UNSUBACK'], [12, 'PINGREQ'], [13, 'PINGRESP'], [14, 'DISCONNECT'], [15, 'AUTH'],
]

/** Modbus Application Protocol 1.1b3 section 6; the top bit marks an exception. */
// prettier-ignore
export const MODBUS_FUNCTIONS: CodeNames = [
  [1, 'Read Coils'], [2, 'Read Discrete Inputs'], [3, 'Read Holding Registers'], [4, 'Read Input Registers'],
  [5, 'Write Single Coil'], [6, 'Write Single Register'], [7, 'Read Exception Status'], [8, 'Diagnostics'],
  [11, 'Get Comm Event Counter'], [12, 'Get Comm Event Log'], [15, 'Write Multiple Coils'], [16, 'Write Multiple Registers'],
  [17, 'Report Server ID'], [20, 'Read File Record'], [21, 'Write File Record'], [22, 'Mask Write Register'],
  [23, 'Read/Write Multiple Registers'], [24, 'Read FIFO Queue'], [43, 'Encapsulated Interface Transport'],
]

/** RFC 4120 sections 7.5.7 and 7.5.9. */
// prettier-ignore
export const KERBEROS_TYPES: CodeNames = [
  [10, 'AS-REQ'], [11, 'AS-REP'], [12, 'TGS-REQ'], [13, 'TGS-REP'], [14, 'AP-REQ'], [15, 'AP-REP'], [20, 'KRB-SAFE'], [21, 'KRB-PRIV'],
  [22, 'KRB-CRED'], [30, 'KRB-ERROR'],
]
// prettier-ignore
export const KERBEROS_ERRORS: CodeNames = [
  [6, 'KDC_ERR_C_PRINCIPAL_UNKNOWN'], [7, 'KDC_ERR_S_PRINCIPAL_UNKNOWN'], [12, 'KDC_ERR_POLICY'], [13, 'KDC_ERR_BADOPTION'],
  [14, 'KDC_ERR_ETYPE_NOSUPP'], [18, 'KDC_ERR_CLIENT_REVOKED'], [23, 'KDC_ERR_KEY_EXPIRED'], [24, 'KDC_ERR_PREAUTH_FAILED'],
  [25, 'KDC_ERR_PREAUTH_REQUIRED'], [31, 'KRB_AP_ERR_BAD_INTEGRITY'], [32, 'KRB_AP_ERR_TKT_EXPIRED'], [34, 'KRB_AP_ERR_REPEAT'],
  [37, 'KRB_AP_ERR_SKEW'], [41, 'KRB_AP_ERR_MODIFIED'], [52, 'KRB_ERR_RESPONSE_TOO_BIG'], [60, 'KRB_ERR_GENERIC'],
  [68, 'KDC_ERR_WRONG_REALM'],
]

/** RFC 4511 section 4.2 and after, and section 4.1.9. */
// prettier-ignore
export const LDAP_OPERATIONS: CodeNames = [
  [0, 'bindRequest'], [1, 'bindResponse'], [2, 'unbindRequest'], [3, 'searchRequest'], [4, 'searchResEntry'], [5, 'searchResDone'],
  [6, 'modifyRequest'], [7, 'modifyResponse'], [8, 'addRequest'], [9, 'addResponse'], [10, 'delRequest'], [11, 'delResponse'],
  [12, 'modDNRequest'], [13, 'modDNResponse'], [14, 'compareRequest'], [15, 'compareResponse'], [16, 'abandonRequest'],
  [19, 'searchResRef'], [23, 'extendedReq'], [24, 'extendedResp'], [25, 'intermediateResponse'],
]
// prettier-ignore
export const LDAP_RESULTS: CodeNames = [
  [0, 'success'], [1, 'operationsError'], [2, 'protocolError'], [3, 'timeLimitExceeded'], [4, 'sizeLimitExceeded'],
  [7, 'authMethodNotSupported'], [8, 'strongerAuthRequired'], [10, 'referral'], [14, 'saslBindInProgress'], [32, 'noSuchObject'],
  [34, 'invalidDNSyntax'], [49, 'invalidCredentials'], [50, 'insufficientAccessRights'], [53, 'unwillingToPerform'],
]

/** RFC 3551 section 6; IANA RTCP packet types. */
// prettier-ignore
export const RTP_TYPES: CodeNames = [
  [0, 'PCMU'], [3, 'GSM'], [4, 'G723'], [8, 'PCMA'], [9, 'G722'], [18, 'G729'],
]
// prettier-ignore
export const RTCP_TYPES: CodeNames = [
  [200, 'SR'], [201, 'RR'], [202, 'SDES'], [203, 'BYE'], [204, 'APP'], [205, 'RTPFB'], [206, 'PSFB'], [207, 'XR'],
]

/** RFC 2865 section 3, RFC 2866, RFC 5176. */
// prettier-ignore
export const RADIUS_CODES: CodeNames = [
  [1, 'Access-Request'], [2, 'Access-Accept'], [3, 'Access-Reject'], [4, 'Accounting-Request'], [5, 'Accounting-Response'],
  [11, 'Access-Challenge'], [12, 'Status-Server'], [13, 'Status-Client'], [40, 'Disconnect-Request'], [41, 'Disconnect-ACK'],
  [42, 'Disconnect-NAK'], [43, 'CoA-Request'], [44, 'CoA-ACK'], [45, 'CoA-NAK'],
]

/** RFC 4271 section 4.1, RFC 2918. */
// prettier-ignore
export const BGP_TYPES: CodeNames = [[1, 'OPEN'], [2, 'UPDATE'], [3, 'NOTIFICATION'], [4, 'KEEPALIVE'], [5, 'ROUTE-REFRESH']]

/** IANA, IKE exchange types. */
// prettier-ignore
export const ISAKMP_EXCHANGES: CodeNames = [
  [1, 'Base'], [2, 'Identity Protection (Main Mode)'], [3, 'Authentication Only'], [4, 'Aggressive'], [5, 'Informational'],
  [32, 'Quick Mode'], [33, 'New Group Mode'], [34, 'IKE_SA_INIT'], [35, 'IKE_AUTH'], [36, 'CREATE_CHILD_SA'], [37, 'INFORMATIONAL'],
  [43, 'IKE_INTERMEDIATE'],
]

/** IANA, STUN methods and classes: RFC 8489 section 18, RFC 8656. */
// prettier-ignore
export const STUN_TYPES: CodeNames = [
  [0x0001, 'Binding request'], [0x0011, 'Binding indication'], [0x0101, 'Binding success'], [0x0111, 'Binding error'],
  [0x0003, 'Allocate request'], [0x0103, 'Allocate success'], [0x0113, 'Allocate error'], [0x0004, 'Refresh request'],
  [0x0104, 'Refresh success'], [0x0016, 'Send indication'], [0x0017, 'Data indication'], [0x0008, 'CreatePermission request'],
  [0x0108, 'CreatePermission success'], [0x0009, 'ChannelBind request'], [0x0109, 'ChannelBind success'],
]

/** IEEE 1815 annex, application functions. */
// prettier-ignore
export const DNP3_FUNCTIONS: CodeNames = [
  [0, 'Confirm'], [1, 'Read'], [2, 'Write'], [3, 'Select'], [4, 'Operate'], [5, 'Direct Operate'], [6, 'Direct Operate No Ack'],
  [13, 'Cold Restart'], [14, 'Warm Restart'], [20, 'Enable Unsolicited'], [21, 'Disable Unsolicited'], [129, 'Response'],
  [130, 'Unsolicited Response'],
]

/** ODVA encapsulation commands; S7comm ROSCTR as Wireshark names them. */
// prettier-ignore
export const ENIP_COMMANDS: CodeNames = [
  [0x00, 'NOP'], [0x04, 'List Services'], [0x63, 'List Identity'], [0x64, 'List Interfaces'], [0x65, 'Register Session'],
  [0x66, 'Unregister Session'], [0x6f, 'Send RR Data'], [0x70, 'Send Unit Data'],
]
// prettier-ignore
export const S7_TYPES: CodeNames = [[1, 'Job'], [2, 'Ack'], [3, 'Ack-Data'], [7, 'Userdata']]

/** RFC 1350, RFC 2347. */
// prettier-ignore
export const TFTP_OPCODES: CodeNames = [
  [1, 'read request'], [2, 'write request'], [3, 'data'], [4, 'acknowledgment'], [5, 'error'], [6, 'option acknowledgment'],
]

/** As countMessageWords numbers the answers of POP3 and of IMAP. */
// prettier-ignore
export const POP_REPLIES: CodeNames = [[0, '+OK'], [1, '-ERR']]
// prettier-ignore
export const IMAP_REPLIES: CodeNames = [[0, 'OK'], [1, 'NO'], [2, 'BAD']]
