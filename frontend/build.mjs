/* Builds ../static from scss/, js/ and the fonts: `npm run build`. With `--check` it builds elsewhere and compares. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

import { build as bundle, transform } from 'esbuild'
import { compile } from 'sass'

import { errorPages } from './error-pages.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const root = dirname(here)
const targets = ['chrome107', 'firefox104', 'safari16']
const licences = {
  'OFL-AtkinsonHyperlegibleNext.txt': '@fontsource-variable/atkinson-hyperlegible-next/LICENSE',
  'OFL-BricolageGrotesque.txt': '@fontsource/bricolage-grotesque/LICENSE'
}
const webFonts = [
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-ext-wght-normal.woff2',
  '@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-700-normal.woff2',
  '@fontsource/bricolage-grotesque/files/bricolage-grotesque-latin-ext-700-normal.woff2'
]

const tokens = JSON.parse(readFileSync(join(here, 'tokens.json'), 'utf8'))
const names = Object.keys(tokens)
/* nhsuk-frontend does sums with its colours, so Sass gets a stand-in colour for each of ours, never a var(). */
const sentinelOf = (name) => `#0a00${(names.indexOf(name) + 1).toString(16).padStart(2, '0')}`

const sentinels = {
  canonicalize: (url) => (url === 'lw:sentinels' ? new URL(url) : null),
  load: () => ({ contents: names.map((name) => `$${name}: ${sentinelOf(name)};`).join('\n'), syntax: 'scss' })
}

/* nhsuk-frontend darkens the error colour for a link under the mouse, and makes some colours a little see-through. */
const channel = (number) => Math.round(number).toString(16).padStart(2, '0')
const derived = { [`#${channel(10 * 0.7)}00${channel((names.indexOf('error') + 1) * 0.7)}`]: 'var(--lw-ink)' }

function themed (css) {
  const plain = names.reduce((text, name) => text.replaceAll(sentinelOf(name), `var(--lw-${name})`), css)
  const seen = plain
    .replaceAll('rgba(0, 0, 0, 0)', 'transparent')
    .replace(/rgba\(10, 0, (\d+), [\d.]+\)/g, (_, number) => `var(--lw-${names[number - 1]})`)
  return Object.entries(derived).reduce((text, [from, to]) => text.replaceAll(from, to), seen)
}

const declarations = (scheme) => names.map((name) => `--lw-${name}:${tokens[name][scheme]};`).join('')

function themes () {
  const dark = `color-scheme:dark;${declarations('dark')}`
  return `:root{color-scheme:light;${declarations('light')}}
@media screen{
:root[data-colours=dark]{${dark}}
:root[data-colours=contrast]{color-scheme:dark;${declarations('contrast')}}}
@media screen and (prefers-color-scheme:dark){:root:not([data-colours=light],[data-colours=contrast]){${dark}}}`
}

/** Colours that are left after the stand-ins were replaced would stay the same in the dark: refuse them. */
function refuseLiterals (css) {
  const left = css.match(/#[0-9a-f]{3,8}\b(?=[\s;,)}!])|rgba?\([^)]*\)|hsla?\([^)]*\)|(?<=[:\s])(?:black|white|red|yellow)(?=[;\s!}])/gi) ?? []
  if (left.length) throw new Error(`Colours that no theme knows: ${[...new Set(left)].join(', ')}`)
}

function stylesheet (name) {
  const raw = compile(join(here, 'scss', name), {
    importers: [sentinels],
    loadPaths: [modules],
    quietDeps: true
  }).css
  const ready = themed(raw)
  refuseLiterals(ready)
  return ready
}

async function css (out) {
  const whole = themes() + stylesheet('livingwell.scss')
  await minified(whole, join(out, 'livingwell.css'))
  await minified(themes() + stylesheet('operators.scss'), join(out, 'operators.css'))
  await minified(readFileSync(join(here, 'scss/fonts.css'), 'utf8'), join(out, 'fonts.css'))
}

async function minified (text, path) {
  const { code } = await transform(text, { loader: 'css', minify: true, target: targets })
  writeFileSync(path, code)
}

async function scripts (out) {
  await bundle({
    entryPoints: readdirSync(join(here, 'js')).filter((name) => name.endsWith('.js')).map((name) => join(here, 'js', name)),
    outdir: out,
    bundle: true,
    format: 'iife',
    minify: true,
    legalComments: 'none',
    target: targets,
    logLevel: 'warning'
  })
}

function files (out) {
  mkdirSync(join(out, 'fonts'), { recursive: true })
  webFonts.forEach((path) => cpSync(join(modules, path), join(out, 'fonts', basename(path))))
  Object.entries(licences).forEach(([name, path]) => cpSync(join(modules, path), join(out, 'fonts', name)))
  cpSync(join(here, 'img'), join(out, 'img'), { recursive: true })
  cpSync(join(here, 'robots.txt'), join(out, 'robots.txt'))
  mkdirSync(join(out, 'errors'), { recursive: true })
  Object.entries(errorPages).forEach(([name, html]) => writeFileSync(join(out, 'errors', name), html))
}

async function make (out) {
  mkdirSync(out, { recursive: true })
  await Promise.all([css(out), scripts(out)])
  files(out)
}

const digest = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

function differences (fresh, committed) {
  const paths = readdirSync(fresh, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(fresh.length + 1))
  return paths.filter((path) => {
    const old = join(committed, path)
    return !existsSync(old) || digest(old) !== digest(join(fresh, path))
  })
}

async function check () {
  const fresh = mkdtempSync(join(tmpdir(), 'livingwell-'))
  try {
    await make(fresh)
    const changed = differences(fresh, join(root, 'static'))
    if (changed.length) {
      console.error(`static/ is not what frontend/ builds: ${changed.join(', ')}. Run "npm run build" and commit.`)
      process.exitCode = 1
    }
  } finally {
    rmSync(fresh, { recursive: true })
  }
}

function tell (out) {
  for (const name of ['livingwell.css', 'fonts.css', 'livingwell.js']) {
    const bytes = readFileSync(join(out, name))
    console.log(`${name}: ${bytes.length} bytes, ${brotliCompressSync(bytes).length} with brotli`)
  }
}

if (process.argv.includes('--check')) {
  await check()
} else {
  await make(join(root, 'static'))
  tell(join(root, 'static'))
}
