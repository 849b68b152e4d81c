/** The escaping tag: text never becomes markup, in an element or in an attribute. */

import { describe, expect, it } from 'vitest'
import { html, verbatim } from './html.ts'

describe('the html tag', () => {
  it('escapes the five characters with a meaning in HTML', () => {
    expect(html`<b title="${`"&'`}">${'<i>&amp;'}</b>`.markup).toBe(
      '<b title="&quot;&amp;&#39;">&lt;i&gt;&amp;amp;</b>',
    )
  })

  it('writes out what cannot be seen or turns text around', () => {
    expect(html`${'a\u202eb\u0000c\nd\ud800'}`.markup).toBe('a\\u{202e}b\\u{0}c\\u{a}d\\u{d800}')
  })

  it('keeps markup, joins lists, and prints nothing for nothing', () => {
    const item = html`<i>${1}</i>`
    expect(html`${[item, '&', [item]]}${null}${undefined}${false}${0}`.markup).toBe('<i>1</i>&amp;<i>1</i>0')
  })

  it('does not escape twice', () => {
    expect(html`${html`${'<'}`}`.markup).toBe('&lt;')
  })

  it('takes the indent off its own lines and none off values', () => {
    const value = verbatim('a\n   b')
    expect(
      html`<ul>
        <li>${value}</li>
      </ul>`.markup,
    ).toBe('<ul>\n<li>a\n   b</li>\n</ul>')
  })
})
