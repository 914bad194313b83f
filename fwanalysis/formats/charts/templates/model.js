// The chart as the page holds it: its rows, columns, cells and passages. The page is the only data.
const byId = (id) => document.getElementById(id);
const all = (selector, root = document) => [...root.querySelectorAll(selector)];

function make(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made && !key.startsWith('aria')) made[key] = value;
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const plural = (number, noun) => `${number} ${noun}${number === 1 ? '' : 's'}`;
const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

const charts = all('table.chart').map((table) => ({ table, section: table.closest('.theme-chart'), lines: [] }));

const attributes = charts.length
  ? all('thead th.attribute', charts[0].table).map((head, number) => ({
      number,
      name: head.textContent.trim(),
      numeric: 'numeric' in head.dataset,
    }))
  : [];

const columns = [];
for (const chart of charts) {
  chart.columns = all('thead th.code', chart.table).map((head) => {
    const number = Number(head.dataset.column);
    const label = byId('controls').querySelector(`.code-columns input[value="${number}"]`);
    columns[number] = { number, head, chart, definition: head.querySelector('a').hash.slice(1), label: label.parentElement.textContent.trim() };
    return columns[number];
  });
}

const rows = [];
const cells = [];
for (const chart of charts) {
  for (const line of all('tr.row', chart.table)) {
    const number = Number(line.dataset.row);
    rows[number] ??= {
      number,
      label: line.querySelector('th .label').textContent,
      values: all('td.attribute', line).map((cell) => ('unknown' in cell.dataset ? null : cell.textContent)),
      bands: JSON.parse(line.dataset.bands ?? '[]'),
    };
    chart.lines[number] = line;
    cells[number] ??= [];
    for (const td of all('td.cell', line)) {
      const column = Number(td.id.split('-')[2]);
      const evidence = (td.dataset.evidence ?? '').split(' ').filter(Boolean).map((entry) => entry.split(':'));
      cells[number][column] = {
        row: number,
        column,
        td,
        passages: evidence.map(([passage]) => Number(passage)),
        codings: new Set(evidence.flatMap(([, codings]) => codings.split(','))),
      };
    }
  }
}

// The passages of a source are text inside <noscript> until they are needed, so that a large page opens at once.
const sources = all('details.source');
const sourceOf = new Map();
for (const source of sources) {
  for (const number of source.dataset.passages.split(' ')) sourceOf.set(Number(number), source);
}

function fill(source) {
  const text = source.querySelector('noscript');
  if (!text) return;
  const holder = document.createElement('template');
  holder.innerHTML = text.textContent;
  text.replaceWith(holder.content);
}

function passageItem(number) {
  fill(sourceOf.get(number));
  return byId(`p${number}`);
}

const cellName = (cell) => `${rows[cell.row].label} · ${columns[cell.column].label}`;
const cellOfId = (id) => {
  const [, row, column] = id.split('-').map(Number);
  return cells[row]?.[column];
};

function statesOf(cell) {
  const states = [cell.td.dataset.state];
  if ('stale' in cell.td.dataset) states.push('out-of-date');
  if ('disagrees' in cell.td.dataset) states.push('disagreement');
  return states;
}

// What is chosen. Everything that the page shows follows from it.
const view = {
  query: '',
  sort: null, // {by: 'case' or the number of an attribute, descending}
  group: charts.length && rows.some((row) => row.bands.length) ? 'bands' : '',
  values: attributes.map(() => new Set()), // '' is unknown, '=Birch' is Birch
  bounds: attributes.map(() => ({ from: '', to: '' })),
  states: new Set(),
  hiddenColumns: new Set(),
  hiddenAttributes: new Set(),
  reading: null, // {row} or {column}
};
const firstGroup = view.group;
