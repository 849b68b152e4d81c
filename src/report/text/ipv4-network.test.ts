import { describe, expect, it } from 'vitest'
import { ipv4Network } from './ipv4-network.ts'

describe('the network of some addresses', () => {
  it.each([
    [['10.99.1.0', '10.99.1.255'], '10.99.1.0/24'],
    [['10.99.1.10', '10.99.1.59', '10.99.1.12'], '10.99.1.0/26'],
    [['192.168.0.1', '192.168.255.1'], '192.168.0.0/16'],
    [['255.255.255.254', '255.255.255.255'], '255.255.255.254/31'],
  ])('is the smallest that holds %j', (addresses, network) => {
    expect(ipv4Network(addresses)).toBe(network)
  })

  it.each([
    [[]],
    [['10.0.0.1']],
    [['10.0.0.1', '10.1.0.1']],
    [['10.0.0.1', '::1']],
    [['10.0.0.1', '10.0.0.256']],
  ])('is not named for %j', (addresses) => {
    expect(ipv4Network(addresses)).toBeNull()
  })
})
