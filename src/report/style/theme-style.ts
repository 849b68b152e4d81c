/**
 * Colours of the report, light and dark. Series follow the palette of Okabe and Ito, which people with any kind of
 * colour vision can tell apart; text keeps 4.5:1 and marks 3:1 against their ground (WCAG 2.2, 1.4.3 and 1.4.11).
 */

const light = `
  color-scheme: light;
  --ground: #ffffff; --panel: #f5f7f9; --line: #d5dbe2; --ink: #18202a; --quiet: #54606e; --link: #075da8;
  --mark: #e3edf7;
  --critical: #9b0d2f; --high: #a83e00; --medium: #785600; --low: #075da8; --clear: #006b4d;
  --critical-ground: #fcebef; --high-ground: #fdefe6; --medium-ground: #fbf3dc; --low-ground: #e8f1fa;
  --clear-ground: #e5f5ef;
  --s1: #0072b2; --s2: #d55e00; --s3: #009e73; --s4: #b4608f; --s5: #b98300; --s6: #3d96cc; --s0: #76828f;
  --open: #b3003c; --refused: #0072b2; --filtered: #b26a00; --silent: #55606e; --unknown: #75808c;
  --heat: 0, 86, 150;`

const dark = `
  color-scheme: dark;
  --ground: #12171e; --panel: #1a212b; --line: #343e4b; --ink: #e7ebf0; --quiet: #a6b1be; --link: #7cbcf5;
  --mark: #22364c;
  --critical: #ff8fa8; --high: #ffa873; --medium: #e6c15c; --low: #8cc4f7; --clear: #5fd3a9;
  --critical-ground: #3a1720; --high-ground: #38220f; --medium-ground: #332a10; --low-ground: #15293d;
  --clear-ground: #0f2f26;
  --s1: #4ba6e0; --s2: #ef8a4a; --s3: #2fc398; --s4: #dd94bd; --s5: #e8b23d; --s6: #93d2f7; --s0: #98a4b1;
  --open: #ff7a9c; --refused: #5fb2ea; --filtered: #f0b04e; --silent: #a6b1be; --unknown: #8894a2;
  --heat: 124, 188, 245;`

/** Paper is white whatever the screen is. */
export const themeStyle = `
:root { ${light}
}
@media screen and (prefers-color-scheme: dark) {
  :root:not([data-theme='light']) { ${dark}
  }
}
@media screen {
  :root[data-theme='dark'] { ${dark}
  }
}
`
