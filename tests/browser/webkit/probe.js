// Records what goes wrong on the page, since WebDriver has no record of the console: it stands before everything else in the
// document that is served to WebKit.

globalThis.problems = [];
// This engine has no message in the stack.
const note = (kind) => (...what) => globalThis.problems.push(`${kind}: ${what.map((thing) => [thing?.message, thing?.stack].filter(Boolean).join('\n') || String(thing)).join(' ')}`);

for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'assert']) console[level] = note(`console ${level}`);
// What does not load is heard on its way down only.
addEventListener('error', ({ message, error, target }) => note('uncaught')(error ?? message ?? `${target.tagName} ${target.src || target.href} not loaded`), true);
addEventListener('unhandledrejection', ({ reason }) => note('unhandled')(reason));
addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => note('forbidden')(violatedDirective, blockedURI));

// A test is of what comes from the server, as in the other browsers.
delete Navigator.prototype.serviceWorker;
