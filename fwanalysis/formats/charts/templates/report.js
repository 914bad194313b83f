// Start: every change of the view goes through update().
function update(change) {
  Object.assign(view, change);
  drawControls();
  show();
  const address = toAddress();
  if (address !== location.hash && (address || location.hash.startsWith('#?'))) {
    history.replaceState(null, '', address || location.pathname + location.search);
  }
}

function preparePrint() {
  const box = byId('print-evidence');
  const choose = () => document.body.classList.toggle('with-evidence', box.checked);
  box.addEventListener('change', choose);
  choose();
  let closed = [];
  window.addEventListener('beforeprint', () => {
    if (box.checked) sources.forEach(fill);
    closed = box.checked ? all('#evidence details:not([open])') : [];
    closed.push(...all('#figures details:not([open])'));
    closed.forEach((details) => { details.open = true; });
  });
  window.addEventListener('afterprint', () => closed.forEach((details) => { details.open = false; }));
}

// Fill the sources while the browser has nothing else to do, so that its own search finds the evidence.
function fillInTime(list) {
  if (!list.length || !window.requestIdleCallback) return;
  requestIdleCallback(() => {
    fill(list[0]);
    fillInTime(list.slice(1));
  });
}

function prepareEvidence() {
  for (const source of sources) source.addEventListener('toggle', () => fill(source));
  fillInTime(sources);
}

function goTo(hash) {
  const [, kind, number] = /^#(c-|p)(.*)$/.exec(hash) ?? [];
  if (kind === 'c-' && cellOfId(hash.slice(1))) openCell(cellOfId(hash.slice(1)));
  if (kind === 'p' && sourceOf.has(Number(number))) {
    sourceOf.get(Number(number)).open = true;
    passageItem(Number(number)).scrollIntoView();
  }
}

document.documentElement.classList.add('js');
prepareHeads();
charts.forEach(prepareGrid);
measureHeads();
prepareControls();
preparePanel();
prepareReading();
preparePrint();
prepareEvidence();
update(fromAddress(location.hash));
window.addEventListener('hashchange', () => {
  if (location.hash.startsWith('#?')) update(fromAddress(location.hash));
  else goTo(location.hash);
});
goTo(location.hash);
