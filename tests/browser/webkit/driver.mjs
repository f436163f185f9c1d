// WebKitGTK by remote control: MiniBrowser on a screen of its own, driven through WebKitWebDriver by plain W3C WebDriver.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

const SCREEN = '1600x1100x24';
const START_TIMEOUT_MS = 30_000;

// The key under which an element comes and goes, by the standard.
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';

// Keys without a letter, by the standard.
const KEYS = {
  Enter: '\uE007', Tab: '\uE004', Escape: '\uE00C', Shift: '\uE008', Control: '\uE009', End: '\uE010', Home: '\uE011',
  ArrowLeft: '\uE012', ArrowUp: '\uE013', ArrowRight: '\uE014', ArrowDown: '\uE015',
};

// Starts screen, driver and browser. What it downloads goes to the folder `home`. Resolves to a `Browser`, to be closed.
export async function start(home) {
  const screen = spawn(process.env.XVFB ?? 'Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
  const [display] = await answerOf(screen, once(createInterface({ input: screen.stdio[3] }), 'line'));
  const port = await freePort();
  const driver = spawn(process.env.WEBKIT_DRIVER ?? 'WebKitWebDriver', [`--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      HOME: home,
      XDG_CONFIG_HOME: home,
      XDG_DATA_HOME: home,
      XDG_CACHE_HOME: home,
      // Without a graphics card a frame takes 150 ms otherwise.
      WEBKIT_DISABLE_DMABUF_RENDERER: '1',
    },
  });
  const stop = () => { driver.kill(); screen.kill(); };
  try {
    const url = `http://127.0.0.1:${port}`;
    const { sessionId } = await answerOf(driver, session(url));
    return new Browser(`${url}/session/${sessionId}`, stop);
  } catch (error) {
    stop();
    throw error;
  }
}

// What is waited for, or the reason why the program that should bring it does not run.
function answerOf(program, waiting) {
  return new Promise((resolve, reject) => {
    program.once('error', reject);
    program.once('exit', (status) => reject(new Error(`${program.spawnfile} has ended with status ${status}`)));
    waiting.then(resolve, reject);
  });
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// A new session, as soon as the driver listens.
async function session(url) {
  for (const begin = Date.now(); ;) {
    try {
      return await command('POST', `${url}/session`, { capabilities: {} });
    } catch (error) {
      if (!(error instanceof TypeError) || Date.now() - begin > START_TIMEOUT_MS) throw error;
    }
    await pause(100);
  }
}

async function command(method, url, body) {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body) });
  const { value } = await answer.json();
  if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
  return value;
}

// One window of WebKit. Elements are named by CSS selectors of the document, or of the frame that was entered.
class Browser {
  #session;
  #stop;

  constructor(session, stop) {
    this.#session = session;
    this.#stop = stop;
  }

  async close() {
    try {
      await command('DELETE', this.#session);
    } finally {
      this.#stop();
    }
  }

  #post(path, body = {}) {
    return command('POST', this.#session + path, body);
  }

  async resize(width, height) {
    await this.#post('/window/rect', { width, height });
  }

  async open(url) {
    await this.#post('/url', { url });
  }

  async reload() {
    await this.#post('/refresh');
  }

  async back() {
    await this.#post('/back');
  }

  // Goes on within the frame, or in the whole document again.
  async enter(selector) {
    await this.#post('/frame', { id: selector === undefined ? null : await this.#find(selector) });
  }

  // The value of a function that runs in the page; it may be a promise. It sees nothing but its arguments.
  async run(work, ...values) {
    const script = `const [values, done] = arguments;
      Promise.resolve().then(() => (${work})(...values)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await this.#post('/execute/async', { script, args: [values] });
    if (error) throw new Error(error);
    return value;
  }

  #find(selector) {
    return this.#post('/element', { using: 'css selector', value: selector });
  }

  // Clicks in the middle of what is seen of it, as a mouse does.
  async click(selector) {
    const { [ELEMENT]: id } = await this.#find(selector);
    await this.#post(`/element/${id}/click`);
  }

  // Where it is within the window, once it is in view.
  async box(selector) {
    return this.run((of) => {
      const element = document.querySelector(of);
      element.scrollIntoView({ block: 'nearest' });
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    }, selector);
  }

  // Presses the mouse at the first point, moves it through the others, and lets go.
  async drag(points) {
    const move = ({ x, y }) => ({ type: 'pointerMove', duration: 20, origin: 'viewport', x: Math.round(x), y: Math.round(y) });
    const [first, ...others] = points;
    const actions = [move(first), { type: 'pointerDown', button: 0 }, ...others.map(move), { type: 'pointerUp', button: 0 }];
    await this.#post('/actions', { actions: [{ type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions }] });
  }

  // Presses keys one after the other, by their names or letters, into what has the focus.
  async keys(...names) {
    const actions = names.flatMap((name) => ['keyDown', 'keyUp'].map((type) => ({ type, value: KEYS[name] ?? name })));
    await this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  // Types over what is in a text box.
  async type(selector, text) {
    await this.run((of) => { const box = document.querySelector(of); box.focus(); box.select(); }, selector);
    await this.keys(...text);
  }
}
