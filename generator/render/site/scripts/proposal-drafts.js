/* What is kept of a form in the browser: one draft of each kind of proposal, and which kind was written last. */
const ProposalDrafts = (() => {
  const VERSION = 2;

  /**
   * A store of drafts, which a browser may refuse.
   * @param {string} key
   */
  function under(key) {
    /** @param {(storage: Storage) => void} use */
    function isDone(use) {
      try {
        use(window.localStorage);
        return true;
      } catch {
        return false;
      }
    }
    const letGo = () => isDone((storage) => storage.removeItem(key));
    /** @returns {{ what: string, drafts: Record<string, { on: string, values: any }> }} */
    function read() {
      /** @type {any} */
      let kept = null;
      isDone((storage) => { kept = JSON.parse(storage.getItem(key) ?? "null"); });
      return kept?.version === VERSION && kept.drafts ? kept : { what: "", drafts: {} };
    }
    return {
      letGo,
      read,
      keep: (/** @type {string} */ what, /** @type {any} */ draft) =>
        isDone((storage) => storage.setItem(key, JSON.stringify({ version: VERSION, what, drafts: { ...read().drafts, [what]: draft } }))),
      letGoOf: (/** @type {string} */ what) => {
        const { [what]: _, ...drafts } = read().drafts;
        if (!Object.keys(drafts).length) return letGo();
        return isDone((storage) => storage.setItem(key, JSON.stringify({ version: VERSION, what, drafts })));
      },
    };
  }

  return { under };
})();
