import { openSite, settled, drawn } from './support.mjs';
import { writeFile } from 'node:fs/promises';
const site = await openSite();
const shot = async (name, opts, act) => {
  const o = await site.openPage(opts);
  await o.page.waitForTimeout(500);
  if (act) await act(o.page);
  await settled(o.page); 
  await o.screenshot(`try-${name}`, { fullPage: false });
  if (o.problems.length) console.log(name, o.problems);
  await o.close();
};
const L = { query: 'lecture', hash: 'coupling=1e-7' };
for (const [width, height] of [[1920,1080],[1280,720]]) await shot(`lecture-${width}`, { ...L, viewport: { width, height } });
await shot('lecture-tour', { ...L, viewport: { width: 1280, height: 720 } }, async (p) => { for (let i=0;i<5;i++) { await p.keyboard.press('PageDown'); await p.waitForTimeout(400);} });
await shot('lecture-coherent', { query:'lecture', hash:'experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data', viewport: { width: 1920, height: 1080 } }, async (p) => { await p.click('text=More'); });
await shot('lecture-1024', { ...L, viewport: { width: 1024, height: 768 } });
for (const [name, q, width, height, act] of [['e800','embed',800,500],['e800c','embed',800,500,(p)=>p.click('text=Controls')],['e400','embed',400,300],['e400p','embed=spectrum',400,300],['e400c','embed',400,300,(p)=>p.click('text=Controls')],['e800s','embed=plane',800,560]]) await shot(name, { query: q, viewport: { width, height } }, act);
for (const [n, hash] of [['a','theme=dark&coupling=1e-7'],['b','experiment=coherent-csi&flavor=mu&mass=20&coupling=1e-6&view=data']]) {
  const o = await site.openPage({ hash });
  await settled(o.page);
  await writeFile(`target/screenshots/print-${n}.pdf`, await o.page.pdf({ format: 'A4' }));
  await writeFile(`target/screenshots/print-${n}-l.pdf`, await o.page.pdf({ format: 'A4', landscape: true }));
  await o.close();
}
await site.close();
