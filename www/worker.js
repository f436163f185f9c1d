// One worker of the pool: loads the page's own glue and its compiled module, handed over by the page, so that nothing is
// downloaded or compiled twice and the worker cannot be of another build than the page.
self.onmessage = async ({ data: { glue, module } }) => {
  self.onmessage = null;
  const { default: init } = await import(glue);
  await init({ module_or_path: module });
};
