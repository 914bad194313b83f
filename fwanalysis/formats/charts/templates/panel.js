// The panel: a cell with its evidence in context.
const panel = byId('panel');
let openedCell = null;
let openedFrom = null;

function passageForCell(number, cell) {
  const copy = passageItem(number).cloneNode(true);
  copy.removeAttribute('id');
  copy.dataset.passage = number;
  copy.tabIndex = -1;
  const list = copy.querySelector('.codings');
  const own = all('li', list).filter((item) => cell.codings.has(item.dataset.coding));
  const others = all('li', list).filter((item) => !cell.codings.has(item.dataset.coding));
  list.replaceChildren(...own);
  if (others.length) {
    list.after(make('p', { className: 'also' }, 'Also coded:'), make('ul', { className: 'codings other-codings' }, ...others));
  }
  all(`.uses a[href="#${cell.td.id}"]`, copy).forEach((link) => link.setAttribute('aria-current', 'true'));
  return copy;
}

function openCell(cell, passage = null) {
  if (!panel.open) openedFrom = { cell, element: document.activeElement };
  openedCell = cell;
  byId('panel-heading').textContent = cellName(cell);
  const content = byId('panel-content');
  content.dataset.cell = cell.td.id;
  const body = cell.td.querySelector('.body').cloneNode(true);
  all('a', body).forEach((link) => link.removeAttribute('tabindex'));
  const items = cell.passages.map((number) => passageForCell(number, cell));
  const evidence = items.length
    ? make('ul', { className: 'passages' }, ...items)
    : make('p', {}, 'No segment is coded for this cell.');
  content.replaceChildren(body, make('h3', {}, `Evidence: ${plural(items.length, 'segment')}`), evidence);
  if (passage !== null && !cell.passages.includes(passage)) {
    const heading = make('h3', {}, 'Referred to, but not evidence for this cell');
    content.append(heading, make('ul', { className: 'passages' }, passageForCell(passage, cell)));
  }
  drawSteps();
  if (!panel.open) panel.showModal();
  highlight();
  if (passage === null) {
    panel.scrollTop = 0;
    byId('panel-heading').focus();
  } else {
    focusPassage(passage);
  }
}

function focusPassage(number) {
  const item = byId('panel-content').querySelector(`[data-passage="${number}"]`);
  all('.is-target', panel).forEach((other) => other.classList.remove('is-target'));
  item.classList.add('is-target');
  item.focus();
  item.scrollIntoView({ block: 'start' });
}

function stepTo(button) {
  const [down, across] = button.dataset.step.split(' ').map(Number);
  const order = columns.filter((column) => !view.hiddenColumns.has(column.number)).map((column) => column.number);
  const row = shown[shown.indexOf(rows[openedCell.row]) + down];
  const column = order[order.indexOf(openedCell.column) + across];
  const isShown = shown.includes(rows[openedCell.row]) && order.includes(openedCell.column);
  return isShown && row && column !== undefined ? cells[row.number][column] : null;
}

function drawSteps() {
  for (const button of all('[data-step]', panel)) {
    const cell = stepTo(button);
    button.disabled = !cell;
    button.title = cell ? cellName(cell) : '';
  }
}

function preparePanel() {
  byId('panel-close').addEventListener('click', () => panel.close());
  panel.addEventListener('click', (event) => event.target === panel && panel.close());
  panel.addEventListener('close', () => {
    const moved = openedCell !== openedFrom.cell;
    if (moved && view.reading === null && openedCell.td.isConnected && !openedCell.td.hidden) focusCell(openedCell);
    else openedFrom.element?.focus();
    byId('panel-content').replaceChildren();
  });
  for (const button of all('[data-step]', panel)) {
    button.addEventListener('click', () => {
      openCell(stepTo(button));
      if (!button.disabled) button.focus();
    });
  }
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#p"], a[href^="#c-"]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const target = link.getAttribute('href').slice(1);
    if (target.startsWith('c-')) followToCell(event, link, cellOfId(target));
    else followToPassage(event, link, Number(target.slice(1)));
  });
}

function followToCell(event, link, cell) {
  event.preventDefault();
  const item = link.closest('.passage');
  openCell(cell, Number(item.dataset.passage ?? item.id.slice(1)));
}

function followToPassage(event, link, passage) {
  const place = link.closest('td.cell, [data-cell]');
  if (!place) return;
  event.preventDefault();
  openCell(cellOfId(place.dataset.cell ?? place.id), passage);
}
