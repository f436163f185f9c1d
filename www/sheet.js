// A style sheet that comes with something on demand. Each of them ends with a property that says `whole`: what has arrived in part is not taken for
// the whole, and what has not come can be asked for again.

export function style(address, property) {
  const sheet = document.createElement('link');
  sheet.rel = 'stylesheet';
  sheet.href = address;
  const styled = new Promise((done, failed) => {
    const lost = () => {
      sheet.remove();
      failed(new Error(`${address} has not come, or in part`));
    };
    sheet.onload = () => (getComputedStyle(document.documentElement).getPropertyValue(property).trim() === 'whole' ? done(sheet) : lost());
    sheet.onerror = lost;
  });
  // It may fail before anything waits for it.
  styled.catch(() => {});
  document.head.append(sheet);
  return styled;
}
