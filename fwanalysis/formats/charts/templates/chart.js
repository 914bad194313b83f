// The tables: order, groups, hidden columns, and moving in them with the keyboard as in an ARIA grid.
let shown = []; // the visible rows in their order

const compare = (one, other, numeric) => {
  if (numeric) {
    const [first, second] = [Number.parseFloat(one), Number.parseFloat(other)];
    if (!Number.isNaN(first) && !Number.isNaN(second)) return first - second;
  }
  return collator.compare(one, other);
};

function sorted(list) {
  if (!view.sort) return list;
  const { by, descending } = view.sort;
  const value = by === 'case' ? (row) => row.label : (row) => row.values[by];
  const numeric = by !== 'case' && attributes[by].numeric;
  return [...list].sort((one, other) => {
    const [first, second] = [value(one), value(other)];
    if (first === null || second === null) return (first === null) - (second === null);
    return (descending ? -1 : 1) * compare(first, second, numeric) || one.number - other.number;
  });
}

// Return the rows as groups with their headings; the outermost first.
function grouped(list) {
  if (view.group === '') return [{ headings: [], rows: list }];
  if (view.group !== 'bands') {
    const attribute = attributes[view.group];
    const groups = new Map();
    for (const row of list) {
      const value = row.values[attribute.number];
      groups.set(value, [...(groups.get(value) ?? []), row]);
    }
    const order = [...groups.keys()].sort((one, other) =>
      one === null || other === null ? (one === null) - (other === null) : compare(one, other, attribute.numeric),
    );
    return order.map((value) => ({
      headings: [[0, `${attribute.name}: ${value ?? 'unknown'} (${plural(groups.get(value).length, 'case')})`]],
      rows: groups.get(value),
    }));
  }
  const groups = new Map();
  for (const row of rows) groups.set(JSON.stringify(row.bands), []);
  for (const row of list) groups.get(JSON.stringify(row.bands)).push(row);
  let before = [];
  const sections = [];
  for (const [key, members] of groups) {
    if (!members.length) continue;
    const bands = JSON.parse(key);
    let same = 0;
    while (same < bands.length && bands[same] === before[same]) same += 1;
    sections.push({ headings: bands.slice(same).map((name, at) => [same + at, name]), rows: members });
    before = bands;
  }
  return sections;
}

let drawn = '';
function drawRows(visible) {
  const sections = grouped(sorted(visible));
  shown = sections.flatMap((section) => section.rows);
  const signature = JSON.stringify(sections.map((section) => [section.headings, section.rows.map((row) => row.number)]));
  if (signature === drawn) return;
  drawn = signature;
  for (const chart of charts) {
    all('tbody', chart.table).forEach((body) => body.remove());
    for (const section of sections) {
      const body = make('tbody');
      for (const [level, name] of section.headings) {
        const colSpan = 1 + attributes.length + chart.columns.length;
        const head = make('th', { scope: 'rowgroup', colSpan, tabIndex: -1 }, make('span', { dir: 'auto' }, name));
        body.append(make('tr', { className: `band level-${level}` }, head));
      }
      body.append(...section.rows.map((row) => chart.lines[row.number]));
      chart.table.append(body);
    }
  }
}

// The name of a case stays in view below the headings while its row is scrolled.
function measureHeads() {
  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) target.parentElement.style.setProperty('--head', `${target.offsetHeight}px`);
  });
  for (const chart of charts) observer.observe(chart.table.tHead);
}

let columnsDrawn = '';
function drawColumns() {
  const signature = JSON.stringify([[...view.hiddenColumns], [...view.hiddenAttributes]]);
  if (signature === columnsDrawn) return;
  columnsDrawn = signature;
  for (const column of columns) {
    const hidden = view.hiddenColumns.has(column.number);
    if (column.head.hidden === hidden) continue;
    column.head.hidden = hidden;
    all('col.code', column.chart.table)[column.chart.columns.indexOf(column)].hidden = hidden;
    for (const row of rows) cells[row.number][column.number].td.hidden = hidden;
  }
  for (const attribute of attributes) {
    const hidden = view.hiddenAttributes.has(attribute.number);
    document.documentElement.style.setProperty(`--w${attribute.number}`, hidden ? '0rem' : '');
    if (!hidden) document.documentElement.style.removeProperty(`--w${attribute.number}`);
    for (const chart of charts) {
      all('col.attribute', chart.table)[attribute.number].hidden = hidden;
      all(`thead th.attribute.a${attribute.number}`, chart.table)[0].hidden = hidden;
      for (const line of chart.lines) line.cells[attribute.number + 1].hidden = hidden;
    }
  }
  for (const chart of charts) {
    const visible = chart.columns.filter((column) => !view.hiddenColumns.has(column.number));
    chart.section.hidden = visible.length === 0;
    document.documentElement.style.setProperty(`--columns-${charts.indexOf(chart)}`, visible.length);
    let at = 0;
    for (const head of all('thead th.theme', chart.table)) {
      head.dataset.span ??= head.colSpan;
      const below = chart.columns.slice(at, at + Number(head.dataset.span));
      at += Number(head.dataset.span);
      const span = below.filter((column) => visible.includes(column)).length;
      head.hidden = span === 0;
      head.colSpan = Math.max(span, 1);
    }
  }
}

function drawSort() {
  for (const head of all('thead th[data-sort]')) {
    const sorts = view.sort && String(view.sort.by) === head.dataset.sort;
    if (sorts) head.setAttribute('aria-sort', view.sort.descending ? 'descending' : 'ascending');
    else head.removeAttribute('aria-sort');
    const shape = sorts ? (view.sort.descending ? '▼' : '▲') : '↕';
    head.querySelector('.direction').textContent = shape;
  }
}

function nextSort(by) {
  const same = view.sort && view.sort.by === by;
  if (!same) return { by, descending: false };
  return view.sort.descending ? null : { by, descending: true };
}

// Chromium leaves buttons out where it repeats the head of a table on the next page: print the text beside them.
const printed = (text) => make('span', { className: 'print-only' }, text);

function prepareHeads() {
  for (const head of all('thead th[data-sort]')) {
    const by = head.dataset.sort === 'case' ? 'case' : Number(head.dataset.sort);
    const direction = make('span', { className: 'direction', 'aria-hidden': 'true' });
    const button = make('button', { type: 'button', title: 'Sort' }, head.textContent.trim(), ' ', direction);
    button.addEventListener('click', () => update({ sort: nextSort(by) }));
    head.replaceChildren(button, printed(head.textContent.trim()));
  }
  for (const column of columns) {
    const title = 'Read this column: all cases';
    const button = make('button', { type: 'button', title, dir: 'auto' }, column.head.textContent.trim());
    button.addEventListener('click', () => update({ reading: { column: column.number } }));
    column.head.replaceChildren(button, printed(column.head.textContent.trim()));
  }
  for (const chart of charts) {
    for (const row of rows) {
      const label = chart.lines[row.number].querySelector('th .label');
      const title = 'Read this case: all codes';
      const button = make('button', { type: 'button', className: 'label', title, dir: 'auto' }, row.label);
      button.addEventListener('click', () => update({ reading: { row: row.number } }));
      label.replaceWith(button);
    }
  }
  for (const row of cells) {
    for (const cell of row) {
      if (!cell.passages.length) continue;
      cell.button = make('button', { type: 'button', className: 'open', 'aria-haspopup': 'dialog' });
      cell.button.dataset.text = plural(cell.passages.length, 'segment');
      cell.button.textContent = cell.button.dataset.text;
      cell.button.addEventListener('click', () => openCell(cell));
      cell.td.querySelector('.body').after(cell.button);
    }
  }
}

// Keyboard: one stop for the tab key in each chart; the arrow keys move between cells.
const widgetOf = (cell) => (cell.matches('td.cell, td.attribute, tr.band th') ? cell : cell.querySelector('button'));
const gridCellOf = (node) => node.closest('td, thead th, tr.row th, tr.band th');

function gridLines(chart) {
  const heads = all('thead th:not(.theme)', chart.table).filter((head) => !head.hidden);
  const lines = all('tbody tr', chart.table).map((line) => [...line.cells].filter((cell) => !cell.hidden));
  return [heads, ...lines];
}

function prepareGrid(chart) {
  const { table } = chart;
  table.setAttribute('role', 'grid');
  table.setAttribute('aria-readonly', 'true');
  table.setAttribute('aria-describedby', 'grid-help');
  table.parentElement.removeAttribute('tabindex');
  for (const widget of all('td, thead button, tr.row th button, td.cell a, td.cell button', table)) widget.tabIndex = -1;
  chart.current = table.querySelector('td.cell');
  if (chart.current) chart.current.tabIndex = 0;
  table.addEventListener('keydown', (event) => moveInGrid(chart, event));
  table.addEventListener('focusin', (event) => {
    const cell = gridCellOf(event.target);
    if (cell && event.target === widgetOf(cell)) setCurrent(chart, cell);
  });
  table.addEventListener('mousedown', (event) => {
    const cell = event.target.closest('td.cell');
    if (cell && !event.target.closest('a, button')) setCurrent(chart, cell);
  });
}

function setCurrent(chart, cell) {
  if (chart.current?.isConnected) widgetOf(chart.current).tabIndex = -1;
  chart.current = cell;
  widgetOf(cell).tabIndex = 0;
}

function keepCurrent() {
  for (const chart of charts) {
    if (chart.current?.isConnected && !chart.current.hidden) continue;
    const [heads, ...lines] = gridLines(chart);
    const first = lines.flat().find((cell) => cell.matches('td.cell')) ?? heads[0];
    if (first) setCurrent(chart, first);
  }
}

function focusCell(cell) {
  setCurrent(columns[cell.column].chart, cell.td);
  cell.td.focus();
  cell.td.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

const MOVES = {
  ArrowUp: (row, at) => [row - 1, at],
  ArrowDown: (row, at) => [row + 1, at],
  ArrowLeft: (row, at) => [row, at - 1],
  ArrowRight: (row, at) => [row, at + 1],
  PageUp: (row, at) => [row - 5, at],
  PageDown: (row, at) => [row + 5, at],
  Home: (row, at, event) => [event.ctrlKey ? 0 : row, 0],
  End: (row, at, event) => [event.ctrlKey ? Infinity : row, Infinity],
};

function moveInGrid(chart, event) {
  const cell = gridCellOf(event.target);
  const inside = cell && event.target !== widgetOf(cell);
  if (!cell || event.altKey || event.metaKey) return;
  if (inside) {
    if (event.key === 'Escape' || event.key === 'F2') stopInside(cell, event);
    else if (event.key.startsWith('Arrow')) moveInside(cell, event);
    return;
  }
  if (cell.matches('td.cell') && (event.key === 'Enter' || event.key === ' ')) {
    event.preventDefault();
    openCell(cellOfId(cell.id));
  } else if (cell.matches('td.cell') && event.key === 'F2') {
    event.preventDefault();
    all('.summary a, button.open', cell)[0]?.focus();
  } else if (event.key in MOVES) {
    event.preventDefault();
    moveTo(chart, cell, event);
  }
}

function moveTo(chart, cell, event) {
  const lines = gridLines(chart);
  const row = lines.findIndex((line) => line.includes(cell));
  const at = lines[row].length === 1 ? (chart.wanted ?? 0) : lines[row].indexOf(cell);
  const limit = (number, length) => Math.max(0, Math.min(number, length - 1));
  const [toRow, toColumn] = MOVES[event.key](row, at, event);
  const line = lines[limit(toRow, lines.length)];
  chart.wanted = toColumn === Infinity ? lines[0].length - 1 : Math.max(0, toColumn);
  const target = line[limit(toColumn, line.length)];
  widgetOf(target).focus();
  target.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}

function stopInside(cell, event) {
  event.preventDefault();
  cell.focus();
}

function moveInside(cell, event) {
  event.preventDefault();
  const widgets = all('.summary a, button.open', cell);
  const step = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : -1;
  widgets[(widgets.indexOf(event.target) + step + widgets.length) % widgets.length].focus();
}
