// A style sheet that comes with something on demand. Each of them ends with a property that says `whole`: what has arrived in part is not taken for
// the whole, and what has not come can be asked for again.

async function added(address, property) {
  const text = await globalThis.read(address, `${property}: whole`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  return sheet;
}

export function style(address, property) {
  const styled = added(address, property);
  // It may fail before anything waits for it.
  styled.catch(() => {});
  return styled;
}
