// One worker of the pool: loads the page's own glue and its compiled module, handed over by the page, so that nothing is
// downloaded or compiled twice and the worker cannot be of another build than the page.
self.onmessage = async ({ data: { glue, module } }) => {
  self.onmessage = null;
  try {
    const { default: init } = await import(glue);
    await init({ module_or_path: module });
  } catch {
    // A word of the protocol (`work::Report`): the page decides what becomes of it.
    self.postMessage('NotLoaded');
  }
};
