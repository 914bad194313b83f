// Reading: one case across all codes, or one code down all cases.
let readingDrawn = '';

function readingCells() {
  const { row, column } = view.reading;
  if (row !== undefined) {
    return columns.filter((one) => !view.hiddenColumns.has(one.number)).map((one) => cells[row][one.number]);
  }
  return shown.map((one) => cells[one.number][column]);
}

function facts(row) {
  const known = attributes.filter(({ number }) => row.values[number] !== null && !view.hiddenAttributes.has(number));
  return known.map(({ number, name }) => `${name}: ${row.values[number]}`).join('; ');
}

function article(cell) {
  const byCase = view.reading.row === undefined;
  const body = cell.td.querySelector('.body').cloneNode(true);
  all('a', body).forEach((link) => link.removeAttribute('tabindex'));
  const made = make('article', {}, make('h3', { dir: 'auto' }, byCase ? rows[cell.row].label : columns[cell.column].label));
  made.dataset.cell = cell.td.id;
  if (byCase && facts(rows[cell.row])) made.append(make('p', { className: 'facts', dir: 'auto' }, facts(rows[cell.row])));
  made.append(body);
  if (cell.passages.length) {
    const button = make('button', { type: 'button', className: 'open', 'aria-haspopup': 'dialog' }, plural(cell.passages.length, 'segment'));
    button.addEventListener('click', () => openCell(cell));
    made.append(button);
  }
  return made;
}

function step(by) {
  if (view.reading.row !== undefined) {
    const row = shown[shown.indexOf(rows[view.reading.row]) + by];
    return row && shown.includes(rows[view.reading.row]) ? { row: row.number } : null;
  }
  const order = columns.filter((column) => !view.hiddenColumns.has(column.number));
  const column = order[order.indexOf(columns[view.reading.column]) + by];
  return column && order.includes(columns[view.reading.column]) ? { column: column.number } : null;
}

function readingBar() {
  const noun = view.reading.row === undefined ? 'code' : 'case';
  const button = (text, reading) => {
    const made = make('button', { type: 'button', disabled: !reading }, text);
    made.addEventListener('click', () => update({ reading }));
    return made;
  };
  const back = make('button', { type: 'button', id: 'reading-back' }, 'Back to the charts');
  back.addEventListener('click', leaveReading);
  return make('p', { className: 'reading-bar' }, back, ' ', button(`Previous ${noun}`, step(-1)), ' ', button(`Next ${noun}`, step(1)));
}

function drawReading() {
  const place = byId('reading');
  place.hidden = view.reading === null;
  if (view.reading === null) {
    place.replaceChildren();
    readingDrawn = '';
    return;
  }
  const read = readingCells();
  const signature = JSON.stringify([view.reading, read.map((cell) => cell.td.id), [...view.hiddenAttributes]]);
  if (signature === readingDrawn) return;
  const isNew = !readingDrawn.startsWith(JSON.stringify([view.reading]).slice(0, -1));
  readingDrawn = signature;
  const { row, column } = view.reading;
  const heading = make('h3', { id: 'reading-heading', tabIndex: -1, dir: 'auto' }, row === undefined ? columns[column].label : rows[row].label);
  place.replaceChildren(readingBar(), heading);
  if (row !== undefined && facts(rows[row])) place.append(make('p', { className: 'facts', dir: 'auto' }, facts(rows[row])));
  if (column !== undefined) place.append(byId(columns[column].definition).querySelector('dl').cloneNode(true));
  place.append(make('div', { className: 'articles' }, ...read.map(article)));
  if (isNew) heading.focus();
}

function leaveReading() {
  const { row, column } = view.reading;
  update({ reading: null });
  const button = row === undefined
    ? columns[column].head.querySelector('button')
    : charts.map((chart) => chart.lines[row].querySelector('th button')).find((one) => one.isConnected);
  if (button && button.offsetParent) button.focus();
  else byId('search').focus();
}

function prepareReading() {
  byId('reading').addEventListener('keydown', (event) => {
    if (event.key === 'Escape') leaveReading();
  });
}
