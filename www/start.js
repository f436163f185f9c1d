// Starts the page: loads the glue script and the module that trunk put into the head with their hashed names. As a file of its
// own, rather than trunk's inline script, it needs no exception in the content-security policy.
const glue = document.querySelector('link[rel="modulepreload"]').href;
const wasm = document.querySelector('link[rel="preload"][type="application/wasm"]').href;
try {
  const { default: init } = await import(glue);
  await init({ module_or_path: wasm });
} catch (error) {
  // Without the program nothing else can say what is wrong.
  const problem = document.createElement('li');
  problem.textContent = `The program of this page could not be loaded (${error.message}). Reloading may help; the browser must know WebAssembly.`;
  const problems = document.querySelector('[data-problems]');
  problems.append(problem);
  problems.hidden = false;
  throw error;
}
