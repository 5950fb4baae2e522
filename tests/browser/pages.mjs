// Opens pages in Chromium and holds them to what readers need.
//
// usage: node pages.mjs MODULES FILE...
//
// MODULES is the folder above node_modules that holds playwright-core and
// axe-core. For each page: axe-core finds nothing in light, dark, 320 pixels
// and in print; nothing is wider than a narrow screen or the paper, where captions stay in
// sight while their table scrolls, as names of rows do; the letters of figures are never too small to read,
// on a telephone, a tablet or a desk, and no part of a figure is out of reach; no key number is broken over two lines nor goes
// out of its frame, on a small telephone, be letters twice as large; every sign is explained under its table in
// words that need no pointer; the keyboard reaches every link and shows where it is; without JavaScript the page says the same;
// the page asks nothing of anybody.
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, ...files] = process.argv.slice(2);
const need = createRequire(path.resolve(modules, 'x.js'));
const { chromium } = need('playwright-core');
const axeSource = fs.readFileSync(need.resolve('axe-core/axe.min.js'), 'utf8');

const LOOKS = [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['320 px', { viewport: { width: 320, height: 640 } }],
];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa',
  'best-practice'];
const WIDTHS = [375, 768, 1440];
const LEGIBLE = 8.95; // pixels of the smallest letters of a figure
const PAPER = 718; // pixels between the margins of a printed page of A4
const REACHABLE = 'a[href], button, input, select, summary, [tabindex="0"]';

let failed = 0;

function say(good, words, details = []) {
  console.log(`${good ? 'ok' : 'not ok'} browser: ${words}`);
  if (good) return;
  failed += 1;
  for (const line of details.slice(0, 6)) console.log(`    ${line}`);
}

// A page in a context of its own; `asked` gathers every request.
async function open(browser, url, options) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const asked = [], errors = [];
  context.on('request', (request) => asked.push(request.url()));
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (line) => {
    if (line.type() === 'error') errors.push(line.text());
  });
  await page.goto(url, { waitUntil: 'load' });
  return { context, page, asked, errors };
}

// axe sees only what is shown: every <details> is opened first.
async function violations(page) {
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.open = true;
  });
  await page.evaluate(axeSource);
  const result = await page.evaluate((tags) => window.axe.run(document, {
    runOnly: { type: 'tag', values: tags },
    resultTypes: ['violations'],
  }), TAGS);
  return result.violations.map((one) => `${one.id} (${one.impact}), ` +
    `${one.nodes.length} times: ${one.help}; ` +
    `${one.nodes[0].target.join(' ')} ${one.nodes[0].html.slice(0, 100)}`);
}

async function checkLook(browser, url, name, [look, options]) {
  const { context, page, asked, errors } = await open(browser, url, options);
  const wider = await page.evaluate(() =>
    document.documentElement.scrollWidth - window.innerWidth);
  say(wider <= 0, `${name}, ${look}: nothing is wider than the window`,
    [`${wider} pixels`]);
  const found = await violations(page);
  say(found.length === 0, `${name}, ${look}: axe finds nothing`, found);
  const foreign = asked.filter((one) => one !== url &&
    !one.startsWith('data:'));
  say(foreign.length === 0, `${name}, ${look}: nothing else is asked for`,
    foreign);
  say(errors.length === 0, `${name}, ${look}: no error`, errors);
  await context.close();
}

// Key numbers over two lines, or wider than what frames them.
function brokenNumbers() {
  return [...document.querySelectorAll('.keys b')].filter((one) => {
    const words = document.createRange();
    words.selectNodeContents(one);
    return words.getClientRects().length > 1 ||
      one.scrollWidth > one.clientWidth;
  }).map((one) => one.textContent);
}

async function checkNumbers(browser, url, name) {
  for (const size of ['100%', '200%']) {
    const { context, page } = await open(browser, url,
      { viewport: { width: 320, height: 640 } });
    await page.addStyleTag({ content: `html { font-size: ${size} }` });
    const broken = await page.evaluate(brokenNumbers);
    say(broken.length === 0, `${name}, 320 px, letters of ${size}: ` +
      'key numbers are whole', broken);
    await context.close();
  }
}

// Captions that leave the sight when their table is scrolled to its end.
function lostCaptions() {
  const lost = [];
  for (const one of document.querySelectorAll('details')) one.open = true;
  for (const caption of document.querySelectorAll('.scroll caption')) {
    const box = caption.closest('.scroll');
    box.scrollLeft = box.scrollWidth;
    const { left, right } = caption.getBoundingClientRect();
    const seen = box.getBoundingClientRect();
    if (left < seen.left - 1 || right > seen.right + 1)
      lost.push(`${caption.textContent.slice(0, 60)}: ${left} to ${right}`);
  }
  return lost;
}

// Names of rows that leave the sight when their table is scrolled to its end.
function lostLabels() {
  const lost = [];
  for (const one of document.querySelectorAll('.scroll tbody')) {
    const box = one.closest('.scroll');
    const label = one.querySelector('th:nth-last-of-type(1)');
    if (!label) continue;
    box.scrollLeft = box.scrollWidth;
    const { left } = label.getBoundingClientRect();
    if (left < box.getBoundingClientRect().left - 1)
      lost.push(`${label.textContent.slice(0, 60)}: ${left}`);
  }
  return lost;
}

// Signs of a table, as "c", that the line under it does not explain.
function unexplainedSigns() {
  const missing = [];
  for (const table of document.querySelectorAll('.scroll table')) {
    const line = table.closest('.scroll').nextElementSibling;
    const words = line?.matches('.signs') ? line.textContent : '';
    for (const sign of table.querySelectorAll('abbr')) {
      if (!words.includes(sign.title))
        missing.push(`${sign.textContent}: ${sign.title}`);
    }
  }
  return missing;
}

// Letters of figures that are too small, and figures that are cut off.
function hardToRead(legible) {
  const hard = [];
  for (const one of document.querySelectorAll('figure svg')) {
    const name = one.closest('figure').querySelector('figcaption').textContent;
    const sizes = [...one.querySelectorAll('text, tspan')].map((text) => {
      const { a, b, c, d } = text.getScreenCTM();
      return parseFloat(getComputedStyle(text).fontSize) *
        Math.sqrt(Math.abs(a * d - b * c));
    });
    const least = Math.min(...sizes);
    if (least < legible) hard.push(`${name.slice(0, 60)}: ${least} pixels`);
    const box = one.closest('.scroll') ?? document.documentElement;
    const { right } = one.getBoundingClientRect();
    if (right > box.getBoundingClientRect().left + box.scrollWidth + 1)
      hard.push(`${name.slice(0, 60)}: goes to ${right}`);
  }
  return hard;
}

async function checkFigures(browser, url, name) {
  for (const width of WIDTHS) {
    const { context, page } = await open(browser, url,
      { viewport: { width, height: 800 } });
    const hard = await page.evaluate(hardToRead, LEGIBLE);
    say(hard.length === 0,
      `${name}, ${width} px: the letters of figures can be read`, hard);
    await context.close();
  }
}

async function checkTables(browser, url, name) {
  const { context, page } = await open(browser, url,
    { viewport: { width: 375, height: 800 } });
  const lost = await page.evaluate(lostCaptions);
  say(lost.length === 0, `${name}: captions stay beside a scrolled table`,
    lost);
  const labels = await page.evaluate(lostLabels);
  say(labels.length === 0, `${name}: so do the names of rows`, labels);
  const missing = await page.evaluate(unexplainedSigns);
  say(missing.length === 0, `${name}: signs are explained under their table`,
    missing);
  await context.close();
}

// What the keyboard can reach, numbered in page order.
function numberReachable(selector) {
  const shown = [...document.querySelectorAll(selector)]
    .filter((one) => one.checkVisibility() && one.tabIndex >= 0);
  shown.forEach((one, place) => { one.dataset.place = String(place); });
  return shown.map((one) => one.outerHTML.slice(0, 80));
}

// Where the focus is, and whether an outline shows it.
function focusNow() {
  const now = document.activeElement;
  const style = getComputedStyle(now);
  return {
    place: now.dataset.place,
    shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0,
  };
}

async function checkKeyboard(browser, url, name) {
  const { context, page } = await open(browser, url, {});
  const all = await page.evaluate(numberReachable, REACHABLE);
  const order = [], unmarked = [];
  for (let press = 0; press < all.length; press += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(focusNow);
    order.push(now.place);
    if (!now.shown) unmarked.push(all[Number(now.place)] ?? 'nothing');
  }
  const missed = all.filter((_, place) => !order.includes(String(place)));
  say(all.length > 0 && missed.length === 0,
    `${name}: the keyboard reaches all ${all.length} links`, missed);
  say(order.every((place, at) => place === String(at)),
    `${name}: it reaches them in page order`, [order.join(' ').slice(0, 200)]);
  say(unmarked.length === 0, `${name}: the focus is always seen`, unmarked);
  await context.close();
  await checkDetails(browser, url, name);
}

async function checkDetails(browser, url, name) {
  const { context, page } = await open(browser, url, {});
  const summary = page.locator('summary').first();
  if (await summary.count() > 0) {
    await summary.focus();
    await page.keyboard.press('Enter');
    say(await page.evaluate(() => document.querySelector('details').open),
      `${name}: the keyboard opens the data of a figure`);
  }
  await context.close();
}

async function checkWithoutScript(browser, url, name) {
  const words = [];
  for (const javaScriptEnabled of [true, false]) {
    const { context, page } = await open(browser, url, { javaScriptEnabled });
    const shown = await page.locator('body').innerText();
    words.push([shown, await page.locator('tbody tr').count()].join('\n'));
    await context.close();
  }
  say(words[0] === words[1] && words[0].length > 200,
    `${name}: says the same without JavaScript`);
}

// Tables that go over the edge of the paper.
function overTheEdge() {
  const most = document.documentElement.clientWidth;
  return [...document.querySelectorAll('table')]
    .filter((one) => one.getBoundingClientRect().right > most + 1)
    .map((one) => `${one.caption?.textContent.slice(0, 60)}: ` +
      `${Math.round(one.getBoundingClientRect().right)} of ${most} pixels`);
}

async function checkPrint(browser, url, name) {
  const { context, page } = await open(browser, url,
    { viewport: { width: PAPER, height: 1000 } });
  await page.emulateMedia({ media: 'print' });
  const over = await page.evaluate(overTheEdge);
  say(over.length === 0, `${name}: no table is wider than the paper`, over);
  const cut = await page.evaluate(() => [...document.querySelectorAll('table')]
    .filter((one) => !one.checkVisibility())
    .map((one) => one.caption?.textContent ?? 'a table without caption'));
  const printed = await page.pdf({ format: 'A4', tagged: true });
  say(cut.length === 0 && printed.length > 5000,
    `${name}: every table is printed`, cut);
  await context.close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu',
    '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'],
});
for (const file of files) {
  const url = pathToFileURL(path.resolve(file)).href;
  const name = path.basename(file);
  for (const look of LOOKS) await checkLook(browser, url, name, look);
  await checkNumbers(browser, url, name);
  await checkTables(browser, url, name);
  await checkFigures(browser, url, name);
  await checkKeyboard(browser, url, name);
  await checkWithoutScript(browser, url, name);
  await checkPrint(browser, url, name);
}
await browser.close();
if (files.length === 0) say(false, 'no page to open');
process.exit(failed > 0 ? 1 : 0);
