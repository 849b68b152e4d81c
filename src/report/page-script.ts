/**
 * The script inside the report, as the text the page carries: it adds sorting, filtering, copying and the theme to a
 * page that is complete without it. `page-script.test.ts` checks it as strictly as any other source.
 *
 * It touches the page through textContent, attributes and moved nodes only, so no text can become markup.
 */

export const pageScript = `'use strict'
;(function () {
  /** @param {string} label @param {() => void} act @returns {HTMLButtonElement} */
  function button(label, act) {
    const made = document.createElement('button')
    made.type = 'button'
    made.textContent = label
    made.addEventListener('click', act)
    return made
  }

  const themes = ['system', 'light', 'dark']
  function addThemeButton() {
    let at = 0
    const toggle = button('Theme: system', function () {
      at = (at + 1) % themes.length
      const theme = themes[at] || 'system'
      if (theme === 'system') document.documentElement.removeAttribute('data-theme')
      else document.documentElement.setAttribute('data-theme', theme)
      toggle.textContent = 'Theme: ' + theme
    })
    toggle.className = 'theme'
    const header = document.querySelector('.masthead')
    if (header) header.append(toggle)
  }

  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
  const severities = ['low', 'medium', 'high', 'critical']

  /** @param {HTMLTableRowElement} row @param {number} column @returns {string} */
  function cellText(row, column) {
    const cell = row.cells[column]
    return cell && cell.textContent ? cell.textContent.trim() : ''
  }

  /** A number with its grouping and unit taken off; what is none sorts last. @param {string} text @returns {number} */
  function numberOf(text) {
    const parsed = parseFloat(text.replace(/[,<>]/g, ''))
    return Number.isNaN(parsed) ? -Infinity : parsed
  }

  /** @param {string} kind @param {string} a @param {string} b @returns {number} */
  function compare(kind, a, b) {
    if (kind === 'number') return numberOf(a) - numberOf(b)
    const severity = severities.indexOf(a) - severities.indexOf(b)
    if (severities.includes(a) && severities.includes(b)) return severity
    return collator.compare(a, b)
  }

  /** @param {HTMLTableElement} table @returns {string} */
  function nameOf(table) {
    const name = table.caption && table.caption.querySelector('b')
    return name && name.textContent ? name.textContent : ''
  }

  /** @param {HTMLTableElement} table */
  function makeSortable(table) {
    const body = table.tBodies[0]
    const head = table.tHead && table.tHead.rows[0]
    if (!body || !head || body.rows.length < 2) return
    const heads = Array.from(head.cells)
    heads.forEach(function (cell, column) {
      const kind = cell.getAttribute('data-kind') || 'text'
      const sorter = button('', function () {
        // Numbers are wanted largest first, names from A on.
        const wasAscending = cell.getAttribute('aria-sort') === 'ascending'
        const wasSorted = cell.hasAttribute('aria-sort')
        const ascending = wasSorted ? !wasAscending : kind !== 'number'
        heads.forEach(function (other) { other.removeAttribute('aria-sort') })
        cell.setAttribute('aria-sort', ascending ? 'ascending' : 'descending')
        const keyed = Array.from(body.rows).map(function (row) {
          return { row: row, key: cellText(row, column) }
        })
        keyed.sort(function (a, b) { return compare(kind, a.key, b.key) * (ascending ? 1 : -1) })
        body.append.apply(body, keyed.map(function (one) { return one.row }))
      })
      sorter.className = 'sorter'
      sorter.setAttribute('aria-label', 'Sort by ' + cell.textContent)
      cell.append(sorter)
      cell.addEventListener('click', function (event) { if (event.target === cell) sorter.click() })
    })
  }

  /** A shorter table is read at a glance. */
  const filteredRowCountMin = 15

  /** @param {HTMLTableElement} table */
  function makeFilterable(table) {
    const body = table.tBodies[0]
    const block = table.closest('.table')
    if (!body || !block || body.rows.length < filteredRowCountMin) return
    const rows = Array.from(body.rows)
    const texts = rows.map(function (row) { return (row.textContent || '').toLowerCase() })
    const field = document.createElement('input')
    field.type = 'search'
    field.placeholder = 'Filter rows'
    field.setAttribute('aria-label', 'Filter rows of: ' + (nameOf(table)))
    const found = document.createElement('span')
    found.className = 'found'
    found.setAttribute('role', 'status')
    field.addEventListener('input', function () {
      const words = field.value.toLowerCase().split(/\\s+/).filter(Boolean)
      let matches = 0
      rows.forEach(function (row, index) {
        const text = texts[index] || ''
        const matched = words.every(function (word) { return text.includes(word) })
        row.hidden = !matched
        if (matched) matches += 1
      })
      found.textContent = words.length === 0 ? '' : matches + ' of ' + rows.length + ' rows match'
    })
    const line = document.createElement('div')
    line.className = 'filter'
    line.append(field, found)
    block.prepend(line)
  }

  /** @param {Element} box */
  function makeCopyable(box) {
    const code = box.querySelector('code')
    if (!code) return
    const copy = button('Copy', function () {
      /** @param {string} said */
      function say(said) {
        copy.textContent = said
        setTimeout(function () { copy.textContent = 'Copy' }, 1500)
      }
      function select() {
        const selection = getSelection()
        if (code && selection) selection.selectAllChildren(code)
        say('Selected')
      }
      if (!navigator.clipboard) { select(); return }
      navigator.clipboard.writeText(code.textContent || '').then(function () { say('Copied') }, select)
    })
    copy.className = 'copy'
    const name = box.querySelector('.code-name')
    copy.setAttribute('aria-label', 'Copy ' + (name ? name.textContent : ''))
    box.append(copy)
  }

  addThemeButton()
  document.querySelectorAll('table.data[id]').forEach(function (table) {
    if (!(table instanceof HTMLTableElement)) return
    makeSortable(table)
    makeFilterable(table)
  })
  document.querySelectorAll('.code').forEach(makeCopyable)
})()
`
