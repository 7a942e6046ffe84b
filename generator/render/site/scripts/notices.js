/* What a page says of the edition that is kept on the device. */

/**
 * @typedef {{version: string, date: string, build: string}} Build
 */
/**
 * A build that is kept: which parts of it are on the device, how large they are in MB, and whether a wish failed.
 * @typedef {Build & {kept: {read: boolean, print: boolean}, sizes: {read: number, print: number}, failed: boolean}} KeptBuild
 */
const Notices = (() => {
  /** @param {Build} build */
  function named(build) {
    return Words.say("version {version}, {date}", { version: build.version, date: Words.date(build.date) });
  }

  /**
   * What is to be said above the page, and whether a newer build may be loaded.
   * @param {KeptBuild | null} shown the build that the page comes from, where it is a kept one
   * @param {Build | null} published what the host publishes now, or null where it does not answer
   * @param {boolean} isAsked whether the host was asked
   * @param {boolean} isWaiting whether a newer build is on the device and may take over
   */
  function say(shown, published, isAsked, isWaiting) {
    const lines = [];
    if (shown && isAsked && !published) {
      lines.push(Words.say("The site cannot be reached: you read the copy kept on this device: {edition}.", { edition: named(shown) }));
    }
    const isNewer = shown !== null && shown.kept.read && published !== null && published.build !== shown.build;
    if (isNewer) lines.push(Words.say("A newer version is available: {edition}.", { edition: named(published) }));
    if (isNewer && !isWaiting) lines.push(Words.say("It is not on this device yet; until then you read {edition}.", { edition: named(shown) }));
    return { text: lines.join(" "), canLoad: isNewer && isWaiting };
  }

  /**
   * What is kept, and what the reader may wish to be kept too; a wish that fails can be repeated.
   * @param {KeptBuild} shown
   */
  function sayKept({ kept, sizes, failed }) {
    const read = { words: Words.say("Keep the site"), size: sizes.read, wish: "keep to read" };
    const print = { words: Words.say("Keep handbook and ward sheets too"), size: sizes.print, wish: "keep to print" };
    const site = Words.say("Kept on this device, to read and search without a network: the site, {size} MB", { size: Words.decimals(sizes.read) });
    const all = kept.print ? `${site}, ${Words.say("with handbook and ward sheets, {size} MB", { size: Words.decimals(sizes.print) })}.` : `${site}.`;
    const text = kept.read ? all : Words.say("This browser saves data: of the site only what you visit is kept on this device.");
    const offer = kept.read ? (kept.print ? null : print) : read;
    return { text: failed ? `${text} ${Words.say("Not all could be kept.")}` : text, offer };
  }

  return { say, sayKept };
})();
