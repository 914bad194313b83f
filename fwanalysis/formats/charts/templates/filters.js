// Which rows and cells are shown, in words and in the address of the page.
const stateName = (key) => key.replaceAll('-', ' ');
const valueName = (value) => (value === '' ? 'unknown' : value.slice(1));

function passes(row) {
  return attributes.every(({ number, numeric }) => {
    const value = row.values[number];
    if (numeric) {
      const { from, to } = view.bounds[number];
      if (from === '' && to === '') return true;
      const amount = Number.parseFloat(value);
      return !Number.isNaN(amount) && (from === '' || amount >= Number(from)) && (to === '' || amount <= Number(to));
    }
    const chosen = view.values[number];
    return !chosen.size || chosen.has(value === null ? '' : `=${value}`);
  });
}

function show() {
  const pattern = queryPattern();
  const hitsOf = pattern && findHits(pattern);
  const found = { cells: 0, inSummaries: 0, passages: new Map() };
  matchingCells = [];
  const visible = rows.filter((row) => {
    if (!passes(row)) return false;
    const open = cells[row.number].filter((cell) => !view.hiddenColumns.has(cell.column));
    let matching = 0;
    for (const cell of open) {
      const hasState = !view.states.size || statesOf(cell).some((state) => view.states.has(state));
      cell.td.classList.toggle('other', !hasState);
      const hits = hasState && pattern ? hitsOf(cell) : null;
      const isHit = hits && (hits.inSummary || hits.passages.size);
      markHits(cell, hits);
      if (isHit) {
        found.cells += 1;
        found.inSummaries += hits.inSummary;
        hits.passages.forEach((number, passage) => found.passages.set(passage, number));
      }
      if (hasState && (!pattern || isHit)) {
        matching += 1;
        matchingCells.push(cell);
      }
    }
    return matching > 0 || (!view.states.size && !pattern);
  });
  drawColumns();
  drawRows(visible);
  drawSort();
  keepCurrent();
  drawApplied();
  byId('tables').classList.toggle('away', view.reading !== null);
  drawReading();
  highlight();
  byId('status').textContent = statusText(visible.length, pattern && found);
}

function markHits(cell, hits) {
  if (!cell.button) return;
  const number = hits?.passages.size ?? 0;
  const text = cell.button.dataset.text + (number ? `, ${number} with hits` : '');
  if (cell.button.textContent !== text) cell.button.textContent = text;
}

function statusText(number, found) {
  const cases = `Showing ${number} of ${plural(rows.length, 'case')}.`;
  if (!found) return cases;
  const inEvidence = [...found.passages.values()].reduce((sum, hits) => sum + hits, 0);
  const hits = plural(found.inSummaries + inEvidence, 'hit');
  return `${cases} ${hits} in ${plural(found.cells, 'cell')}: ${found.inSummaries} in summaries, ${inEvidence} in evidence.`;
}

// Return what is chosen as a list of words with what each is without.
function applied() {
  const list = [];
  if (view.query.trim().length >= SHORTEST_QUERY) {
    list.push({ words: `text contains “${view.query.trim()}”`, clear: () => ({ query: '' }) });
  }
  for (const { number, name } of attributes) {
    if (view.values[number].size) {
      const words = `${name}: ${[...view.values[number]].map(valueName).join(' or ')}`;
      list.push({ words, clear: () => ({ values: view.values.with(number, new Set()) }) });
    }
    const { from, to } = view.bounds[number];
    if (from !== '' || to !== '') {
      const words = `${name}${from === '' ? '' : ` from ${from}`}${to === '' ? '' : ` to ${to}`}`;
      list.push({ words, clear: () => ({ bounds: view.bounds.with(number, { from: '', to: '' }) }) });
    }
  }
  if (view.states.size) {
    const words = `only cells that are ${[...view.states].map(stateName).join(' or ')}`;
    list.push({ words, clear: () => ({ states: new Set() }) });
  }
  const hidden = [
    ...[...view.hiddenAttributes].map((number) => attributes[number].name),
    ...[...view.hiddenColumns].map((number) => columns[number].label),
  ];
  if (hidden.length) {
    const clear = () => ({ hiddenColumns: new Set(), hiddenAttributes: new Set() });
    list.push({ words: `hidden columns: ${hidden.join(', ')}`, clear });
  }
  return list;
}

function drawApplied() {
  const list = applied();
  const place = byId('applied');
  place.hidden = list.length === 0;
  const items = list.map(({ words, clear }) => {
    const button = make('button', { type: 'button', 'aria-label': `Remove: ${words}` }, 'Remove');
    button.addEventListener('click', () => clearAndFocus(clear()));
    return make('li', {}, make('span', { dir: 'auto' }, words), ' ', button);
  });
  const clearAll = make('button', { type: 'button', id: 'clear' }, 'Clear all');
  clearAll.addEventListener('click', () => clearAndFocus(Object.assign({}, ...list.map(({ clear }) => clear()), {
    values: attributes.map(() => new Set()),
    bounds: attributes.map(() => ({ from: '', to: '' })),
  })));
  place.replaceChildren(make('h3', {}, 'Shown with'), make('ul', {}, ...items), clearAll);
}

function clearAndFocus(change) {
  update(change);
  byId('search').focus();
}

// The controls show what is chosen, and change it.
function drawControls() {
  if (byId('search').value !== view.query) byId('search').value = view.query;
  byId('group').value = String(view.group);
  for (const set of all('fieldset[data-attribute]')) {
    const number = Number(set.dataset.attribute);
    for (const box of all('input[data-value]', set)) box.checked = view.values[number].has(box.dataset.value);
    for (const bound of all('input[data-bound]', set)) {
      if (document.activeElement !== bound) bound.value = view.bounds[number][bound.dataset.bound];
    }
  }
  for (const box of all('#states input')) box.checked = view.states.has(box.value);
  for (const box of all('.code-columns input')) box.checked = !view.hiddenColumns.has(Number(box.value));
  for (const box of all('#attribute-columns input')) box.checked = !view.hiddenAttributes.has(Number(box.value));
}

const toggled = (set, member, isIn) => {
  const copy = new Set(set);
  if (isIn) copy.add(member);
  else copy.delete(member);
  return copy;
};

function prepareControls() {
  let waiting;
  byId('controls').addEventListener('submit', (event) => event.preventDefault());
  byId('search').addEventListener('input', (event) => {
    clearTimeout(waiting);
    waiting = setTimeout(() => update({ query: event.target.value }), 150);
  });
  byId('group').addEventListener('change', ({ target }) => {
    update({ group: ['', 'bands'].includes(target.value) ? target.value : Number(target.value) });
  });
  for (const set of all('fieldset[data-attribute]')) {
    const number = Number(set.dataset.attribute);
    set.addEventListener('input', ({ target }) => {
      if (target.dataset.bound) {
        update({ bounds: view.bounds.with(number, { ...view.bounds[number], [target.dataset.bound]: target.value }) });
      } else {
        update({ values: view.values.with(number, toggled(view.values[number], target.dataset.value, target.checked)) });
      }
    });
  }
  byId('states').addEventListener('input', ({ target }) => {
    update({ states: toggled(view.states, target.value, target.checked) });
  });
  for (const set of all('.code-columns')) {
    set.addEventListener('input', ({ target }) => {
      update({ hiddenColumns: toggled(view.hiddenColumns, Number(target.value), !target.checked) });
    });
  }
  byId('attribute-columns')?.addEventListener('input', ({ target }) => {
    update({ hiddenAttributes: toggled(view.hiddenAttributes, Number(target.value), !target.checked) });
  });
}

// The address: names and not numbers, so that it fits a later report of the same project.
function toAddress() {
  const words = new URLSearchParams();
  const add = (key, value) => value !== '' && words.append(key, value);
  add('q', view.query.trim());
  if (view.group !== firstGroup) words.append('group', typeof view.group === 'number' ? `=${attributes[view.group].name}` : view.group);
  if (view.sort) {
    add('sort', view.sort.by === 'case' ? 'case' : `=${attributes[view.sort.by].name}`);
    if (view.sort.descending) add('descending', 'yes');
  }
  for (const { number, name } of attributes) {
    for (const value of view.values[number]) words.append(`is ${name}`, value);
    add(`from ${name}`, view.bounds[number].from);
    add(`to ${name}`, view.bounds[number].to);
  }
  for (const state of view.states) add('state', state);
  for (const number of view.hiddenAttributes) add('without', `=${attributes[number].name}`);
  for (const number of view.hiddenColumns) add('hide', columns[number].label);
  if (view.reading) {
    if ('row' in view.reading) add('case', rows[view.reading.row].label);
    else add('code', columns[view.reading.column].label);
  }
  const text = words.toString();
  return text ? `#?${text}` : '';
}

function fromAddress(hash) {
  const words = new URLSearchParams(hash.startsWith('#?') ? hash.slice(2) : '');
  const attribute = (name) => attributes.find((one) => `=${one.name}` === name);
  const numbers = (list) => new Set(list.filter(Boolean).map(({ number }) => number));
  const group = words.get('group');
  const sort = words.get('sort');
  const by = sort === 'case' ? 'case' : attribute(sort)?.number;
  const row = rows.find(({ label }) => label === words.get('case'));
  const column = columns.find(({ label }) => label === words.get('code'));
  const known = new Set(all('#states input').map((box) => box.value));
  return {
    query: words.get('q') ?? '',
    group: group === null ? firstGroup : (attribute(group)?.number ?? (group === 'bands' ? firstGroup : '')),
    sort: by === undefined ? null : { by, descending: words.get('descending') === 'yes' },
    values: attributes.map(({ name }) => new Set(words.getAll(`is ${name}`))),
    bounds: attributes.map(({ name }) => ({ from: words.get(`from ${name}`) ?? '', to: words.get(`to ${name}`) ?? '' })),
    states: new Set(words.getAll('state').filter((state) => known.has(state))),
    hiddenAttributes: numbers(words.getAll('without').map(attribute)),
    hiddenColumns: numbers(words.getAll('hide').map((label) => columns.find((one) => one.label === label))),
    reading: row ? { row: row.number } : column ? { column: column.number } : null,
  };
}
